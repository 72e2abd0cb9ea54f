using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats;

namespace Dragoman.Cli.Tests.Commands;

public sealed class PrepareCollectionCommandTests : IDisposable
{
    private const string Clirmatrix = """
        {"src_id": "2986", "src_query": "7月29日", "tgt_results": [["8962", 6], ["8940", 4]]}
        {"src_id": "1", "src_query": "数论", "tgt_results": [["11300", 3], ["8962", 0]]}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prepare_Clirmatrix_CountsCandidatesWithoutADocument()
    {
        _folder.With("kk.tsv", "11300\tбір\n8962\tекі\n").With("zh.kk.test1.base.jl.gz", Gzip(Clirmatrix));
        var result = await Prepare("--documents", _folder["kk.tsv"], "--queries", _folder["zh.kk.test1.base.jl.gz"], "--candidates");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain("2 passages, 2 queries; judgements: test1 4.");
        result.Errors.ShouldContain("warning: 1 of 4 judgements of test1 are of passages without a document; they stay, and count as not found.");
        var collection = Collection.Open(_folder["out"]);
        collection.ReadPassages().ShouldBe([new Passage("11300", "", "бір", "kk"), new Passage("8962", "", "екі", "kk")]);
        collection.ReadQueries().ShouldBe([new Query("2986", "7月29日", "zh"), new Query("1", "数论", "zh")]);
        collection.ReadQrels("test1").Judgements("2986").ShouldBe([new Judgement("8962", 6), new Judgement("8940", 4)]);
        RunFile.Read(_folder["out/candidates.run"]).Ranking("1").ShouldBe([new RankedPassage("8962", 0), new RankedPassage("11300", 0)]);
        var manifest = Manifest();
        manifest["judgementsWithoutDocument"]!["test1"]!.GetValue<int>().ShouldBe(1);
        manifest["inputs"]!["kk.tsv"]!.GetValue<string>().Length.ShouldBe(16);
        File.Exists(_folder["out/.complete"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Prepare_TopicsAndDocumentsInTwoLanguages_TakesWhatWasAsked()
    {
        _folder.With("zho.jsonl", """{"id": "z1", "cc_file": "f", "time": "t", "title": "题", "text": "文", "url": "u"}""")
            .With("rus.jsonl", """{"id": "r1", "cc_file": "f", "time": "t", "title": "т", "text": "с", "url": "u"}""")
            .With("topics.jsonl", """
                {"topic_id": "5", "topics": [{"lang": "eng", "source": "original", "topic_title": "title", "topic_description": "what?"}, {"lang": "fas", "source": "mt", "topic_title": "x"}]}
                {"topic_id": "6", "topics": [{"lang": "eng", "source": "original", "topic_title": "", "topic_description": null}]}
                """)
            .With("all.qrels", "5 zho z1 3\n5 rus r1 1\n");
        var result = await Prepare("--documents", "zho=" + _folder["zho.jsonl"], "ru=" + _folder["rus.jsonl"], "--queries", _folder["topics.jsonl"], "--query-language", "eng",
            "--topic-fields", "title,description", "--qrels", "dev=" + _folder["all.qrels"], "--iteration", "zho");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain("warning: 1 topic without such a text in that language left out: 6.");
        var collection = Collection.Open(_folder["out"]);
        collection.ReadPassages().Select(passage => (passage.Id, passage.Title, passage.Language)).ShouldBe([("z1", "题", "zh"), ("r1", "т", "ru")]);
        collection.ReadQueries().ShouldBe([new Query("5", "title what?", "en")]);
        collection.ReadQrels("dev").JudgementCount.ShouldBe(1);
        Manifest()["topicsLeftOut"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData(2, "format: 'treck' is not a format; known are", "--format", "treck")]
    [InlineData(2, "--language: \"english\" is not a language tag", "--language", "english")]
    [InlineData(2, "--topic-fields: 'titel' is no field of a topic", "--topic-fields", "titel")]
    [InlineData(1, "absent.tsv does not exist", "--qrels", "absent.tsv")]
    public async Task Prepare_WrongOption_IsOneSentenceAndLeavesNothing(int code, string message, string option, string value)
    {
        _folder.With("kk.tsv", "1\tбір\n");
        var result = await Prepare("--documents", _folder["kk.tsv"], option, value);
        result.ExitCode.ShouldBe(code);
        result.Errors.Trim().ShouldContain(message);
        result.Errors.Trim().ShouldNotContain("\n");
        Directory.GetFileSystemEntries(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Prepare_TwoFilesOfOneSplit_AsksForNames()
    {
        _folder.With("kk.tsv", "1\tбір\n").With("a.qrels", "1 0 1 1\n").With("b.qrels", "1 0 1 1\n");
        var result = await Prepare("--documents", _folder["kk.tsv"], "--qrels", _folder["a.qrels"], _folder["b.qrels"]);
        result.ExitCode.ShouldBe(2);
        result.Errors.Trim().ShouldBe($"--qrels: two files are of the split 'test'; name them, as in 'dev={_folder["b.qrels"]}'.");
    }

    [Fact]
    public async Task Evaluate_ClirmatrixJudgementsAndMsMarcoRun_JustWork()
    {
        _folder.With("zh.kk.dev.jl", Clirmatrix).With("run.tsv", "2986\t8962\t1\n2986\t8940\t2\n1\t11300\t1\n");
        var result = await DragomanProcess.RunAsync("evaluate", "--qrels", _folder["zh.kk.dev.jl"], "--run", _folder["run.tsv"], "--measures", "nDCG@10 RR", "--format", "tsv");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("1.0000");
        result.Output.ShouldNotContain("0.");
    }

    private Task<DragomanProcess.Outcome> Prepare(params string[] arguments) => DragomanProcess.RunAsync(["prepare", "collection", .. arguments, "--output", _folder["out"]]);

    private JsonNode Manifest() => JsonNode.Parse(File.ReadAllText(_folder["out/manifest.json"]))!;

    private static byte[] Gzip(string content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return buffer.ToArray();
    }
}
