using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>An index that holds PSQ-HMM weights, as a user makes, changes and searches it.</summary>
public sealed class PsqWeightsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PsqWeightsCommandTests()
    {
        string[] things = ["tea\tшай", "salt\tтұз", "horse\tжылқы", "river\tөзен", "bread\tнан"];
        string[] states = ["old\tескі", "new\tжаңа", "far\tалыс", "good\tжақсы"];
        var rows = things.SelectMany(thing => states.Select(state => (Thing: thing.Split('\t'), State: state.Split('\t')))).Select(row => $"{row.State[0]} {row.Thing[0]}\t{row.State[1]} {row.Thing[1]}");
        _folder.Write("rows.tsv", "en\tkk\n" + string.Join('\n', rows) + "\n");
        _folder.Write("tables.yaml", "task: translation-table\npairs: [\"en > kk\"]\nsources:\n  - {path: rows.tsv}\n");
        _folder.Write("c/corpus.jsonl", """
            {"_id": "k1", "text": "ескі өзен 2026", "lang": "kk"}
            {"_id": "k2", "text": "жаңа нан", "lang": "kk"}
            {"_id": "k3", "text": "алыс жылқы", "lang": "kk"}
            """);
        _folder.Write("more/corpus.jsonl", """{"_id": "k4", "text": "жақсы өзен", "lang": "kk"}""" + "\n");
        _folder.Write("q.jsonl", """{"_id": "q1", "text": "old river 2026", "lang": "en"}""" + "\n");
    }

    [Fact]
    public async Task IndexRetrieve_WithWeights_ScoresAsAtQueryTime()
    {
        await Train();
        var built = await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--psq-weights", "en", "--output", _folder["idx"]);
        built.ExitCode.ShouldBe(0, built.Errors);
        built.Output.ShouldContain("PSQ weights for queries in en");

        (await Retrieve("index.run", "--psq-scoring", "index")).ExitCode.ShouldBe(0);
        (await Retrieve("query.run", "--psq-scoring", "query")).ExitCode.ShouldBe(0);
        (await Retrieve("auto.run")).Errors.ShouldNotContain("at query time");

        var (stored, computed) = (Scores("index.run"), Scores("query.run"));
        stored.Keys.ShouldBe(computed.Keys);
        foreach (var (id, score) in stored) score.ShouldBe(computed[id], 1e-5 * score);
        File.ReadAllText(_folder["auto.run"]).ShouldBe(File.ReadAllText(_folder["index.run"]));
        ((string)JsonNode.Parse(File.ReadAllText(_folder["auto.run.manifest.json"]))!["options"]!["psq"]!["weights_from"]!["en"]!).ShouldBe("index");
        var info = JsonNode.Parse((await Run("index", "info", "--index", _folder["idx"], "--verify")).Output)!["weights"]!;
        ((string)info["settings"]!["queryLanguages"]![0]!).ShouldBe("en");
        ((double)info["settings"]!["background"]!).ShouldBe(0.3);
    }

    [Fact]
    public async Task Psq_IndexThatIsThere_GetsWeightsAndLosesThem()
    {
        await Train();
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var made = await Run("index", "psq", "--index", _folder["idx"], "--translation-table", _folder["tables"], "--psq-weights", "en", "--psq-background", "0.2", "--psq-min-probability", "0.001", "--psq-max-translations", "16", "--psq-cumulative", "0.99");

        made.ExitCode.ShouldBe(0, made.Errors);
        made.Output.ShouldContain("PSQ weights for queries in en");
        // The tables and the options of the weights need not be named again.
        (await Retrieve("own.run", "--psq-scoring", "index")).ExitCode.ShouldBe(0);
        var psq = JsonNode.Parse(File.ReadAllText(_folder["own.run.manifest.json"]))!["options"]!["psq"]!;
        ((double)psq["background"]!, (int)psq["max_translations"]!, (double)psq["cumulative"]!).ShouldBe((0.2, 16, 0.99));
        // Other options are answered at query time, and said to be.
        (await Retrieve("other.run", "--psq-background", "0.4")).Errors.ShouldContain("the background is 0.2 in them, not 0.4");
        (await Retrieve("refused.run", "--psq-background", "0.4", "--psq-scoring", "index")).ExitCode.ShouldBe(2);
        (await Run("index", "psq", "--index", _folder["idx"], "--remove")).Output.ShouldContain("no PSQ weights");
        (await Retrieve("gone.run", "--translation-table", _folder["tables"], "--psq-scoring", "index")).Errors.ShouldContain("the index holds none");
    }

    [Fact]
    public async Task Add_IndexWithWeights_WeighsNewPassagesOrSaysWhatIsMissing()
    {
        await Train();
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--psq-weights", "en", "--output", _folder["idx"])).ExitCode.ShouldBe(0);
        Directory.Move(_folder["tables"], _folder["moved"]);

        var refused = await Run("index", "add", "--index", _folder["idx"], "--collection", _folder["more"]);
        var added = await Run("index", "add", "--index", _folder["idx"], "--collection", _folder["more"], "--translation-table", _folder["moved"]);
        var deleted = await Run("index", "delete", "--index", _folder["idx"], "k1");

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("--translation-table");
        added.ExitCode.ShouldBe(0, added.Errors);
        deleted.ExitCode.ShouldBe(0, deleted.Errors);
        (await Retrieve("idx.run", "--psq-scoring", "index", "--translation-table", _folder["moved"])).ExitCode.ShouldBe(0);
        Scores("idx.run").Keys.ShouldBe(["k4"]);
    }

    [Fact]
    public async Task Search_WeightsDoNotServe_SaysWhy()
    {
        await Train();
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--psq-weights", "en", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var served = await Run("search", "--index", _folder["idx"], "--method", "psq", "--from", "en", "--format", "json", "old river");
        var otherwise = await Run("search", "--index", _folder["idx"], "--method", "psq", "--from", "kk", "--format", "json", "өзен");

        served.Errors.ShouldNotContain("at query time");
        JsonNode.Parse(served.Output)!["whyAtQueryTime"].ShouldBeNull();
        otherwise.Errors.ShouldContain("The query was weighed at query time, not by the weights of the index: they are for queries in en, not in kk.");
        ((string)JsonNode.Parse(otherwise.Output)!["whyAtQueryTime"]!).ShouldBe("they are for queries in en, not in kk");
    }

    [Fact]
    public async Task Search_TablesMoved_SaysWhereTheyWereAndTakesAnotherFolder()
    {
        await Train();
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--psq-weights", "en", "--output", _folder["idx"])).ExitCode.ShouldBe(0);
        Directory.Move(_folder["tables"], _folder["moved"]);

        var refused = await Run("search", "--index", _folder["idx"], "--method", "psq", "--from", "en", "old river");
        var named = await Run("search", "--index", _folder["idx"], "--method", "psq", "--from", "en", "--translation-table", _folder["moved"], "old river");

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain($"are not at {_folder["tables"]} any more; name their folder with --translation-table DIR.");
        named.ExitCode.ShouldBe(0, named.Errors);
        named.Errors.ShouldNotContain("at query time");
        named.Output.ShouldContain("өзен");
    }

    [Fact]
    public async Task Retrieve_ScoringByTheIndexAlone_IsRefusedInOneSentence()
    {
        await Train();
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--psq-weights", "kk", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var refused = await Retrieve("refused.run", "--psq-scoring", "index");

        refused.ExitCode.ShouldBe(2);
        refused.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("do not serve for query q1 in en");
        (await Retrieve("rm3.run", "--rm3")).Errors.ShouldContain("--rm3: queries of psq are not expanded; use it with bm25, qld or qljm.");
    }

    [Theory]
    [InlineData("--translation-table", "name the languages", "index", "psq", "--index")]
    [InlineData("--psq-weights", "--translation-table DIR", "index", "psq", "--index", "en")]
    public async Task Psq_IncompleteCommand_SaysWhatToName(string option, string reason, params string[] command)
    {
        await Train();
        (await Run("index", "--collection", _folder["c"], "--model", "none", "--output", _folder["idx"])).ExitCode.ShouldBe(0);

        var outcome = await Run([.. command.Take(3), _folder["idx"], option, .. command.Skip(3).DefaultIfEmpty(_folder["tables"])]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain(reason);
    }

    [Fact]
    public async Task Index_WeightsForALanguageWithoutTable_IsRefusedAndLeavesNothing()
    {
        await Train();

        var outcome = await Run("index", "--collection", _folder["c"], "--model", "none", "--translation-table", _folder["tables"], "--psq-weights", "en,zh", "--output", _folder["idx"]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("leads to zh");
        Directory.Exists(_folder["idx"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Index_OptionsOfWeightsWithoutWeights_AreNotPassedOver()
    {
        var outcome = await Run("index", "--collection", _folder["c"], "--model", "none", "--psq-background", "0.2", "--output", _folder["idx"]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("--psq-weights LANGUAGES");
        Directory.Exists(_folder["idx"]).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private async Task Train() => (await Run("train", _folder["tables.yaml"], "--output", _folder["tables"])).ExitCode.ShouldBe(0);

    private Task<DragomanProcess.Outcome> Retrieve(string run, params string[] options) => Run(["retrieve", "--index", _folder["idx"], "--queries", _folder["q.jsonl"], "--method", "psq", "--output", _folder[run], .. options]);

    private Dictionary<string, double> Scores(string run) => File.ReadLines(_folder[run]).Select(line => line.Split(' '))
        .ToDictionary(fields => fields[2], fields => double.Parse(fields[4], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static Task<DragomanProcess.Outcome> Run(params string[] arguments) => DragomanProcess.RunAsync(arguments);
}
