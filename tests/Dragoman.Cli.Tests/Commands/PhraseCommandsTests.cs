using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

public sealed class PhraseCommandsTests(SearchFolder folder) : IClassFixture<SearchFolder>, IAsyncLifetime
{
    private const string Corpus = """
        {"_id": "a", "title": "Heat", "text": "A camel stands heat and cold. The cold night.", "lang": "en"}
        {"_id": "b", "title": "", "text": "Heat and then the camel and cold.", "lang": "en"}
        {"_id": "c", "title": "", "text": "丝绸之路上的骆驼", "lang": "zh"}
        {"_id": "d", "title": "", "text": "之路，丝绸", "lang": "zh"}
        """;

    public async ValueTask InitializeAsync()
    {
        if (folder.Exists("p")) return;
        folder.Write("phrases/corpus.jsonl", Corpus);
        var built = await folder.Run("index", "--collection", "phrases", "--output", "p", "--model", "none", "--positions");
        built.ExitCode.ShouldBe(0, built.Errors);
        built.Output.ShouldContain("terms by multilingual-v1 with positions, no vectors");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("\"heat and cold\"", "a")]
    [InlineData("night \"heat and\"", "a b")]
    [InlineData("“cold camel”~5", "a b")]
    [InlineData("\"cold camel\"~3", "b")]
    [InlineData("\"cold camel\"", "")]
    [InlineData("「丝绸之路」", "c")]
    [InlineData("「丝绸 之路」～9", "c d")]
    [InlineData("\"camel\" heat", "a b")]
    public async Task Search_Phrase_MustOccur(string query, string expected)
    {
        var run = await folder.Run("search", "--index", "p", query, "--format", "json");

        run.ExitCode.ShouldBe(0, run.Errors);
        string.Join(' ', JsonNode.Parse(run.Output)!["results"]!.AsArray().Select(result => (string)result!["id"]!).Order(StringComparer.Ordinal)).ShouldBe(expected);
    }

    [Fact]
    public async Task RetrieveAndSearch_PhraseAndTranslation_DoNotGoTogether()
    {
        folder.Write("words.tsv", "en\tzh\nsilk\t丝绸\n");
        folder.Write("quoted.tsv", "q1\t\"heat and\" cold\n");

        var refused = await folder.Run("retrieve", "--index", "p", "--queries", "quoted.tsv", "--from", "en", "--phrases", "--translate", "dictionary:words.tsv", "--output", "t.run");
        var warned = await folder.Run("search", "--index", "p", "--from", "en", "--translate", "dictionary:words.tsv", "\"silk heat\"");

        refused.ExitCode.ShouldBe(2);
        refused.Errors.Trim().ShouldBe("--translate: a phrase (--phrases) is looked for as it is written, and not in its translation; leave one of the two out.");
        warned.ExitCode.ShouldBe(0, warned.Errors);
        warned.Errors.ShouldContain("warning: the quotation marks of \"silk heat\" mean nothing in a query that is translated");
        warned.Output.ShouldContain("丝绸");
    }

    [Fact]
    public async Task Retrieve_WeightBehindAPhrase_WeighsItsWords()
    {
        folder.Write("weighted.tsv", "q1\t\"heat and\"^3 cold\n");
        folder.Write("words.tsv", "q1\theat^3 and^3 cold\n");

        (await folder.Run("retrieve", "--index", "p", "--queries", "weighted.tsv", "--phrases", "--weighted", "--output", "weighted.run")).ExitCode.ShouldBe(0);
        (await folder.Run("retrieve", "--index", "p", "--queries", "words.tsv", "--weighted", "--output", "words.run")).ExitCode.ShouldBe(0);

        folder.Read("weighted.run").ShouldBe(folder.Read("words.run"));
    }

    [Fact]
    public async Task Search_PhraseAndNoPositions_SaysWhatToDo()
    {
        var run = await folder.Run("search", "--index", "i", "\"heat and cold\"");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Errors.Trim().ShouldBe("Phrases: index i has no positions, which \"heat and cold\" needs; rebuild it with 'dragoman index --positions', or leave out the quotation marks.");
    }

    [Fact]
    public async Task Search_WindowTooNarrow_SaysWhatToDo()
    {
        var run = await folder.Run("search", "--index", "p", "\"heat and cold\"~2");

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("\"heat and cold\"~2 asks for 3 places within 2; use ~3 or more.");
    }

    [Fact]
    public async Task Retrieve_Phrases_AreFiltersOnlyWhereAskedFor()
    {
        folder.Write("quoted.tsv", "q1\t\"heat and cold\"\nq2\tnight\nq3\t\"cold camel\"~3\n");

        (await folder.Run("retrieve", "--index", "p", "--queries", "quoted.tsv", "--method", "bm25", "--output", "plain.run")).ExitCode.ShouldBe(0);
        var run = await folder.Run("retrieve", "--index", "p", "--queries", "quoted.tsv", "--method", "bm25", "--phrases", "--output", "phrases.run");

        run.ExitCode.ShouldBe(0, run.Errors);
        Found("plain.run").ShouldBe(["q1 a", "q1 b", "q2 a", "q3 a", "q3 b"]);
        Found("phrases.run").ShouldBe(["q1 a", "q2 a", "q3 b"]);
        folder.Read("plain.run").ShouldContain(folder.Read("phrases.run").Split('\n')[0]);
        ((bool)JsonNode.Parse(folder.Read("phrases.run.manifest.json"))!["options"]!["phrases"]!).ShouldBeTrue();

        var both = await folder.Run("retrieve", "--index", "p", "--queries", "quoted.tsv", "--phrases", "--pairs", "plain.run", "--output", "both.run");
        both.ExitCode.ShouldBe(2);
        both.Errors.ShouldContain("leave one out");
    }

    [Fact]
    public async Task Explain_Phrase_SaysWhereItOccurs()
    {
        var text = await folder.Run("explain", "--index", "p", "--passage", "a", "\"heat and cold\" \"cold camel\"");
        var json = await folder.Run("explain", "--index", "p", "--passage", "a", "--format", "json", "\"heat and cold\"");

        text.ExitCode.ShouldBe(0, text.Errors);
        text.Output.ShouldContain("\"heat and cold\": once, at place 4 (heat and cold)\n");
        text.Output.ShouldContain("\"cold camel\": does not occur, so that a search for it does not find the passage\n");
        ((int)JsonNode.Parse(json.Output)!["phrases"]![0]!["occurrences"]![0]!["position"]!).ShouldBe(4);
    }

    [Fact]
    public async Task AddDeleteMerge_IndexWithPositions_KeepsThem()
    {
        (await folder.Run("index", "--collection", "phrases", "--output", "changed", "--model", "none", "--positions")).ExitCode.ShouldBe(0);
        folder.Write("more/corpus.jsonl", """{"_id": "e", "text": "heat and cold again", "lang": "en"}""" + "\n" + """{"_id": "a", "text": "heat only", "lang": "en"}""" + "\n");

        (await folder.Run("index", "add", "--index", "changed", "--collection", "more", "--replace")).ExitCode.ShouldBe(0);
        (await Ids("changed", "\"heat and cold\"")).ShouldBe(["e"]);
        (await folder.Run("index", "merge", "--index", "changed")).ExitCode.ShouldBe(0);
        (await Ids("changed", "\"heat and cold\"")).ShouldBe(["e"]);

        ((bool)JsonNode.Parse((await folder.Run("index", "info", "--index", "changed", "--verify")).Output)!["positions"]!).ShouldBeTrue();
        ((bool)JsonNode.Parse((await folder.Run("index", "info", "--index", "i")).Output)!["positions"]!).ShouldBeFalse();
    }

    private async Task<List<string>> Ids(string index, string query) =>
        [.. JsonNode.Parse((await folder.Run("search", "--index", index, query, "--format", "json")).Output)!["results"]!.AsArray().Select(result => (string)result!["id"]!)];

    private IEnumerable<string> Found(string run) => folder.Read(run).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(fields => $"{fields[0]} {fields[2]}").Order(StringComparer.Ordinal);
}
