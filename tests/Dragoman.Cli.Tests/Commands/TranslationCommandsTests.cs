using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>From parallel text to a search through translation tables, as a user does it.</summary>
public sealed class TranslationCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TranslationCommandsTests()
    {
        string[] things = ["tea\tшай", "salt\tтұз", "horse\tжылқы", "river\tөзен", "bread\tнан"];
        string[] states = ["old\tескі", "new\tжаңа", "far\tалыс", "good\tжақсы"];
        var rows = things.SelectMany(thing => states.Select(state => (Thing: thing.Split('\t'), State: state.Split('\t')))).Select(row => $"{row.State[0]} {row.Thing[0]}\t{row.State[1]} {row.Thing[1]}");
        _folder.Write("rows.tsv", "en\tkk\n" + string.Join('\n', rows) + "\n");
        _folder.Write("tables.yaml", "task: translation-table\npairs: [\"en > kk\"]\nsources:\n  - {path: rows.tsv}\n");
        _folder.Write("c/corpus.jsonl", """
            {"_id": "k1", "text": "ескі өзен", "lang": "kk"}
            {"_id": "k2", "text": "жаңа нан", "lang": "kk"}
            {"_id": "k3", "text": "алыс жылқы", "lang": "kk"}
            """);
        _folder.Write("q.jsonl", """{"_id": "q1", "text": "river", "lang": "en"}""" + "\n");
    }

    [Fact]
    public async Task TrainIndexRetrieve_TablesOfParallelText_CrossTheLanguages()
    {
        (await Run("train", _folder["tables.yaml"], "--output", _folder["tables"])).ExitCode.ShouldBe(0);
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        (await Run("retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--method", "psq", "--output", _folder["psq.run"])).ExitCode.ShouldBe(0);
        (await Run("retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--method", "bm25", "--output", _folder["bm25.run"])).ExitCode.ShouldBe(0);

        File.ReadAllLines(_folder["psq.run"])[0].ShouldStartWith("q1 Q0 k1 1 ");
        File.ReadAllText(_folder["bm25.run"]).ShouldBeEmpty();
        File.ReadAllText(_folder["psq.run.manifest.json"]).ShouldContain("translation-table");
        (await Run("search", "--index", _folder["idx"], "--from", "en", "--method", "psq", "bread")).Output.ShouldContain("нан");
    }

    [Fact]
    public async Task Explain_Psq_SaysWhichPassageTermMetWhichQueryTerm()
    {
        (await Run("train", _folder["tables.yaml"], "--output", _folder["tables"])).ExitCode.ShouldBe(0);
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var text = await Run("explain", "--index", _folder["idx"], "--passage", "k1", "--method", "psq", "--from", "en", "old river");
        var json = await Run("explain", "--index", _folder["idx"], "--passage", "k1", "--method", "psq", "--from", "en", "--format", "json", "river");

        text.ExitCode.ShouldBe(0, text.Errors);
        text.Output.Split('\n').Single(line => line.StartsWith("river", StringComparison.Ordinal)).ShouldContain("өзен");
        var term = JsonNode.Parse(json.Output)!["terms"]![0]!;
        ((string)term["matches"]![0]!["passageTerm"]!).ShouldBe("өзен");
        ((double)term["score"]!).ShouldBeGreaterThan(0);
        ((double)JsonNode.Parse(json.Output)!["score"]!).ShouldBe((double)term["score"]!, 1e-12);
    }

    [Theory]
    [InlineData("--method bm25 --psq-back-off 0.2", "--psq-back-off: it is for psq, and the method is bm25")]
    [InlineData("--method bm25 --psq-model bm25", "--psq-model: it is for psq, and the method is bm25")]
    [InlineData("--method bm25 --translations 3", "--translations: it says how --translate translates, which is not there")]
    [InlineData("--method bm25 --translation-cache none", "--translation-cache: it says how --translate translates")]
    public async Task RetrieveAndExplain_OptionsThatNothingUses_AreRefused(string options, string problem)
    {
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var retrieved = await Run(["retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--output", _folder["x.run"], .. options.Split(' ')]);
        var explained = await Run(["explain", "--index", _folder["idx"], "--passage", "k1", .. options.Split(' '), "river"]);

        foreach (var refused in new[] { retrieved, explained })
        {
            refused.ExitCode.ShouldBe(2);
            refused.Errors.ShouldContain(problem);
        }
        File.Exists(_folder["x.run"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Explain_PassageInALanguageThatIsNotSearched_IsRefused()
    {
        _folder.Write("two/corpus.jsonl", """
            {"_id": "k1", "text": "ескі өзен", "lang": "kk"}
            {"_id": "e1", "text": "old river", "lang": "en"}
            """);
        (await Run("index", "--collection", _folder["two"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var outside = await Run("explain", "--index", _folder["idx"], "--in", "en", "--passage", "k1", "river");

        outside.ExitCode.ShouldBe(2);
        outside.Errors.ShouldContain("--in: passage k1 is in kk, which is not searched");
        (await Run("explain", "--index", _folder["idx"], "--in", "EN", "--passage", "e1", "--from", "en", "river")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Retrieve_QueriesTranslatedByTable_CrossTheLanguages()
    {
        (await Run("train", _folder["tables.yaml"], "--output", _folder["tables"])).ExitCode.ShouldBe(0);
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var outcome = await Run("retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--translate", "table:" + _folder["tables"], "--translations", "3", "--output", _folder["t.run"]);

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        File.ReadAllText(_folder["t.run"]).ShouldStartWith("q1 Q0 k1 1 ");
        File.ReadAllText(_folder["t.run.manifest.json"]).ShouldContain("\"identity\": \"table ");
        (await Run("explain", "--index", _folder["idx"], "--passage", "k1", "--translate", "table:" + _folder["tables"], "--from", "en", "old river")).Output.ShouldContain("river → өзен");
    }

    [Fact]
    public async Task PrepareTranslate_Table_IsIndexedAsTheTermsItGives()
    {
        (await Run("train", _folder["tables.yaml"], "--output", _folder["tables"])).ExitCode.ShouldBe(0);

        var outcome = await Run("prepare", "translate", "--collection", _folder["c"], "--to", "en", "--translator", "table:" + _folder["tables"], "--translation-cache", _folder["cache.db"], "--output", _folder["en"]);

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        File.ReadAllLines(_folder["en/corpus.jsonl"])[0].ShouldStartWith("""{"_id":"k1","title":"","text":"old river","lang":"en","metadata":""");
        (await Run("index", "--collection", _folder["en"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);
        (await Run("retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--output", _folder["d.run"])).ExitCode.ShouldBe(0);
        File.ReadAllText(_folder["d.run"]).ShouldStartWith("q1 Q0 k1 1 ");
        var another = await Run("index", "--collection", _folder["en"], "--model", "none", "--analyzer", "plain", "--output", _folder["other"]);
        another.ExitCode.ShouldBe(2);
        another.Errors.ShouldContain("are terms of analyzer multilingual-v1, made by a translation table, and the index's is plain-v1; use --analyzer multilingual.");
    }

    [Fact]
    public async Task Retrieve_PsqWithoutTables_SaysWhereToGetThem()
    {
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var outcome = await Run("retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--method", "psq", "--output", _folder["psq.run"]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("--translation-table");
        File.Exists(_folder["psq.run"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Index_TablesOfAnotherAnalyzer_IsRefusedAndLeavesNothing()
    {
        (await Run("train", _folder["tables.yaml"], "--output", _folder["tables"])).ExitCode.ShouldBe(0);

        var outcome = await Run("index", "--collection", _folder["c"], "--model", "none", "--analyzer", "plain", "--translation-table", _folder["tables"], "--output", _folder["idx"]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("plain-v1");
        Directory.Exists(_folder["idx"]).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private static Task<DragomanProcess.Outcome> Run(params string[] arguments) => DragomanProcess.RunAsync(arguments);
}
