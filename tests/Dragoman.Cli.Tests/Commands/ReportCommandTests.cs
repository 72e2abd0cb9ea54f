using System.Xml.Linq;

namespace Dragoman.Cli.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReportCommandTests() => _folder
        .With("qrels.txt", "q1 0 a 2\nq1 0 b 1\nq2 0 c 1\n")
        .With("first.run", "q1 Q0 x 1 2 one\nq1 Q0 a 2 1 one\nq2 Q0 x 1 1 one\n")
        .With("second.run", "q1 Q0 a 1 2 two\nq1 Q0 b 2 1 two\nq2 Q0 c 1 1 two\n")
        .With("collection/corpus.jsonl", """
            {"_id":"a","title":"عنوان","text":"text a","lang":"fa"}
            {"_id":"b","title":"","text":"text b","lang":"en"}
            {"_id":"c","title":"","text":"<script>alert(1)</script>","lang":"en"}
            {"_id":"x","title":"","text":"text x","lang":"en"}

            """)
        .With("collection/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"first?\",\"lang\":\"zh\"}\n{\"_id\":\"q2\",\"text\":\"second?\",\"lang\":\"kk\"}\n")
        .With("model.log.jsonl", "{\"event\":\"step\",\"step\":1,\"loss\":2,\"learning_rate\":0.1}\n{\"event\":\"epoch\",\"nDCG@10\":0.4}\n{\"event\":\"step\",\"step\":2,\"loss\":1,\"learning_rate\":0.05}\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_EverythingGiven_WritesPageMarkdownAndFolder()
    {
        var outcome = await Report("--run", "first.run", "better=second.run", "--collection", "collection", "--training", "model", "--output", "r.html", "r.md", "r", "--date", "2026-11-22T08:00Z");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Output.ShouldBe($"r.html\nr.md\n{Path.Combine("r", "report.html")}\n", StringCompareShould.IgnoreLineEndings);
        var page = File.ReadAllText(_folder["r.html"]);
        var body = XDocument.Parse(page).Root!;
        body.Descendants("section").Select(section => (string)section.Attribute("id")!).ShouldBe(["measures", "queries", "languages", "training", "examples", "origin"]);
        body.Descendants("section").Last().Value.ShouldContain("dragoman report --qrels qrels.txt --run first.run better=second.run");
        body.Descendants("section").Last().Value.ShouldContain("--date 2026-11-22T08:00Z");
        page.ShouldContain("2026-11-22 08:00 UTC");
        page.ShouldNotContain("<script");
        File.ReadAllText(_folder["r/report.html"]).ShouldBe(page);
        File.ReadAllText(_folder["r/report.md"]).ShouldContain("](figures/bars.svg)");
        File.ReadAllText(_folder["r.md"]).ShouldContain("| better |");
        XDocument.Parse(File.ReadAllText(_folder["r/figures/loss.svg"])).Root!.Name.LocalName.ShouldBe("svg");
        File.Exists(_folder["r/.complete"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Report_TopicsInTwoLanguages_ShowsTheTextAskedFor()
    {
        _folder.Write("topics.jsonl", """
            {"topic_id": "q1", "topics": [{"lang": "eng", "source": "original", "topic_title": "an English title", "topic_description": "an English description"}, {"lang": "zho", "source": "human translation", "topic_title": "中文题目"}]}
            {"topic_id": "q2", "topics": [{"lang": "eng", "source": "original", "topic_title": "another", "topic_description": "more"}, {"lang": "zho", "source": "human translation", "topic_title": "第二题"}]}
            """);

        (await Report("--run", "first.run", "second.run", "--queries", "topics.jsonl", "--from", "zho", "--collection", "collection", "--output", "zh.md")).ExitCode.ShouldBe(0);
        (await Report("--run", "first.run", "second.run", "--queries", "topics.jsonl", "--from", "en", "--topic-fields", "title,description", "--collection", "collection", "--output", "en.md")).ExitCode.ShouldBe(0);

        var (chinese, english) = (File.ReadAllText(_folder["zh.md"]), File.ReadAllText(_folder["en.md"]));
        chinese.ShouldContain("中文题目");
        chinese.ShouldNotContain("English title");
        english.ShouldContain("an English title an English description");
    }

    [Fact]
    public async Task Report_SourceDateEpoch_MakesTheSameBytes()
    {
        var surroundings = new DragomanProcess.Surroundings { Folder = _folder.Path, Environment = { ["SOURCE_DATE_EPOCH"] = "1795334400" } };
        string[] arguments = ["report", "--qrels", "qrels.txt", "--run", "first.run", "second.run", "--baseline", "two", "--output", "r.html"];

        (await DragomanProcess.RunAsync(surroundings, arguments)).ExitCode.ShouldBe(0);
        var first = File.ReadAllBytes(_folder["r.html"]);
        (await DragomanProcess.RunAsync(surroundings, arguments)).ExitCode.ShouldBe(0);

        File.ReadAllBytes(_folder["r.html"]).ShouldBe(first);
        var page = System.Text.Encoding.UTF8.GetString(first);
        page.ShouldContain("2026-11-22 08:00 UTC");
        page.ShouldContain("the baseline is two");
        page.ShouldContain("The languages of queries and passages are not known");
    }

    [Theory]
    [InlineData(2, "neither a page (.html), nor Markdown (.md), nor a folder", "--run", "first.run", "--output", "r.pdf")]
    [InlineData(2, "is named twice", "--run", "first.run", "--output", "r.html", "r.html")]
    [InlineData(2, "no date", "--run", "first.run", "--output", "r.html", "--date", "yesterday")]
    [InlineData(2, "two systems are called x", "--run", "x=first.run", "x=second.run", "--output", "r.html")]
    [InlineData(2, "alpha", "--run", "first.run", "--output", "r.html", "--alpha", "2")]
    [InlineData(2, "needs the passages' languages", "--run", "first.run", "--output", "r.html", "--measures", "PEER@10")]
    [InlineData(1, "neither a system's name (one) nor a file", "--run", "first.run", "--output", "r.html", "--baseline", "nothing")]
    [InlineData(1, "no training log is there", "--run", "first.run", "--output", "r.html", "--training", "collection")]
    [InlineData(1, "missing.run does not exist", "--run", "missing.run", "--output", "r.html")]
    [InlineData(1, "was not written by Dragoman", "--run", "first.run", "--output", "collection")]
    [InlineData(1, "is a file, not a folder", "--run", "first.run", "--output", "qrels.txt/r.html")]
    public async Task Report_BadInput_IsOneSentenceAndNoFile(int exitCode, string message, params string[] arguments)
    {
        var outcome = await Report(arguments);

        outcome.ExitCode.ShouldBe(exitCode, outcome.Errors);
        outcome.Errors.ShouldContain(message);
        outcome.Errors.ShouldNotContain("   at ");
        File.Exists(_folder["r.html"]).ShouldBeFalse();
        Directory.EnumerateFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private Task<DragomanProcess.Outcome> Report(params string[] arguments) =>
        DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, ["report", "--qrels", "qrels.txt", .. arguments]);
}
