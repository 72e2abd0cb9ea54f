namespace Dragoman.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private const string Qrels = "q1 0 a 2\nq1 0 b 1\nq2 0 a 1\n";
    private const string Run = "q1 Q0 b 1 2.0 first\nq1 Q0 a 2 1.0 first\nq9 Q0 a 1 1.0 first\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Table_TwoRuns_HasARowEachAndWarnings()
    {
        var run = File("one", Run);
        var result = await Evaluate("--qrels", File("qrels", Qrels), "--run", run, "--run", File("two", "q1 0 a 1 5 second\nq2 0 a 1 5 second\n"), "--measures", "nDCG@10 RR R@1 NumQ");

        result.Output.ReplaceLineEndings("\n").ShouldBe(
            "run           nDCG@10      RR     R@1  NumQ\n" +
            "first [1][2]   0.8597  1.0000  0.5000     1\n" +
            "second         0.8801  1.0000  0.7500     2\n" +
            "[1] first: 1 of 2 queries have no judgements and are left out.\n" +
            "[2] first: 1 judged queries are not in the run and are left out; '--complete' counts them as 0.\n");
        result.Errors.ShouldContain($"warning: {run}: 1 of 2 queries have no judgements and are left out.");
        result.Errors.ShouldContain($"warning: {run}: 1 judged queries are not in the run and are left out; '--complete' counts them as 0.");
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Tsv_ByQueryAndComplete_HasALineForEachValue()
    {
        var result = await Evaluate("--qrels", File("test.tsv", "query-id\tcorpus-id\tscore\nq1\ta\t2\nq1\tb\t1\nq2\ta\t1\n"), "--run", File("run", Run), "--measures", "RR", "R@1", "--by-query", "--complete", "--format", "tsv");

        result.Output.ReplaceLineEndings("\n").ShouldBe(
            "run\tquery\tmeasure\tvalue\nfirst\tq1\tRR\t1.0000\nfirst\tq1\tR@1\t0.5000\nfirst\tq2\tRR\t0.0000\nfirst\tq2\tR@1\t0.0000\nfirst\tall\tRR\t0.5000\nfirst\tall\tR@1\t0.2500\n");
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Json_LevelAndDepth_AreUsed()
    {
        var result = await Evaluate("--qrels", File("qrels", Qrels), "--run", File("run", Run), "--measures", "RR NumRet", "--relevance-level", "2", "--depth", "1", "--format", "json");

        var run = System.Text.Json.Nodes.JsonNode.Parse(result.Output)!["runs"]![0]!;
        ((double)run["measures"]!["RR"]!).ShouldBe(0);
        ((double)run["measures"]!["NumRet"]!).ShouldBe(1);
        ((int)run["queries_only_in_run"]!).ShouldBe(1);
    }

    [Fact]
    public async Task ConstantScores_AreWarnedAbout()
    {
        var run = File("run", "q1 Q0 b 1 1 t\nq1 Q0 a 2 1 t\n");

        (await Evaluate("--qrels", File("qrels", Qrels), "--run", run)).Errors
            .ShouldContain($"warning: {run}: in 1 of 1 queries every score is the same, so the order is by passage id alone.");
    }

    [Fact]
    public async Task Table_TieAcrossTheCutoff_MarksTheMeasureOnly()
    {
        var result = await Evaluate("--qrels", File("qrels", "q1 0 a 1\nq1 0 b 0\n"), "--run", File("run", "q1 Q0 a 1 1 t\nq1 Q0 b 2 1 t\nq1 Q0 c 3 0 t\n"), "--measures", "RR@1 Judged@2");

        result.Output.ReplaceLineEndings("\n").ShouldStartWith("run        RR@1  Judged@2\nt    0.0000 [1]    1.0000\n[1] RR@1: RR@1 is 0.0000 with ties broken by passage id, and anything from 0.0000 to 1.0000");
    }

    [Fact]
    public async Task Json_Warnings_StandBesideTheNumbers()
    {
        var result = await Evaluate("--qrels", File("qrels", Qrels), "--run", File("run", "q1 Q0 b 1 1 t\nq1 Q0 a 2 1 t\n"), "--measures", "nDCG@1 Accuracy(rel=3)", "--format", "json");

        var run = System.Text.Json.Nodes.JsonNode.Parse(result.Output)!["runs"]![0]!;
        run["warnings"]!.AsArray().Select(warning => (string)warning!["name"]!).ShouldBe(["missing-queries", "constant-scores", "decisive-ties"]);
        ((string)run["warnings"]![2]!["measures"]![0]!).ShouldBe("nDCG@1");
        run["measures"]!["Accuracy(rel=3)"].ShouldBeNull();
    }

    [Fact]
    public async Task ByLanguage_Collection_HasATableOfLanguagesAndCountsUnknownPassages()
    {
        File("c/corpus.jsonl", """
            {"_id": "a", "text": "x", "lang": "kk"}
            {"_id": "b", "text": "y", "lang": "ru"}
            """);
        File("c/queries.tsv", "q1\tx\nq2\ty\n");

        var result = await Evaluate("--qrels", File("qrels", Qrels), "--run", File("run", "q1 Q0 b 1 3 t\nq1 Q0 x 2 2 t\nq1 Q0 a 3 1 t\n"), "--measures", "RR PEER@5", "--by-language", "--collection", _folder["c"]);

        result.Errors.ShouldContain("1 ranked passages (of 3 entries) are in no collection given");
        result.Output.ReplaceLineEndings("\n").ShouldEndWith("\nrun  passages in  queries  share@10      RR\nt    kk                 1    0.3333  1.0000\nt    ru                 1    0.3333  1.0000\n");
    }

    [Theory]
    [InlineData("LPR@5", "evaluate: LPR@5 needs the passages' languages; name their collection with --collection DIR.")]
    [InlineData("ERR@5", "evaluation: ERR@5 takes grades up to 4 and the judgements go up to 5; write ERR(max_rel=5)@5.")]
    public async Task Measure_ThatCannotBeComputed_ExitsWithTwoAndSaysWhatToDo(string measure, string expected)
    {
        var result = await Evaluate("--qrels", File("qrels", "q1 0 a 5\n"), "--run", File("run", Run), "--measures", measure);

        result.ExitCode.ShouldBe(2);
        result.Errors.Trim().ShouldBe(expected);
    }

    [Fact]
    public async Task RunOfAModelSelectedOnTheseJudgements_IsWarnedAbout()
    {
        var (run, qrels) = (File("run", "q1 Q0 b 1 2.0 first\n"), File("qrels", "q1 0 b 1\n"));
        var judgements = Dragoman.Collections.Formats.QrelsFile.Read(qrels).Fingerprint();
        File("run.manifest.json", $$$"""
            {"stage": "rerank", "dragoman": "0.1.0", "options": {}, "queries": 1, "passages": 1, "fingerprint": "{{{Dragoman.Collections.Storage.Fingerprint.OfFile(run)}}}",
             "inputs": [{"role": "model", "path": "m", "selection": {"measure": "nDCG@10", "qrels": "dev.tsv", "qrels_fingerprint": "x", "judgements_fingerprint": "{{{judgements}}}",
               "queries": "q", "queries_fingerprint": "x", "run": "r", "run_fingerprint": "x", "query_ids": ["q1"]}}]}
            """);

        (await Evaluate("--qrels", qrels, "--run", run)).Errors.ShouldContain("was selected by nDCG@10 on these very judgements (dev.tsv)");
        System.IO.File.AppendAllText(run, "q1 Q0 c 2 1.0 first\n");
        (await Evaluate("--qrels", qrels, "--run", run)).Errors.ShouldContain("run.manifest.json belongs to another run and is not looked at");
    }

    [Fact]
    public async Task UnknownMeasure_ExitsWithTwoAndListsTheKnown()
    {
        var result = await Evaluate("--qrels", "none", "--run", "none", "--measures", "nDGC@10");

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.Trim().ShouldBe("measures: \"nDGC@10\" is not a measure: known are nDCG[@k], RR[@k], AP[@k], P@k, R@k, Success@k, Rprec, Bpref, infAP, IPrec@r, RBP[@k], ERR[@k], Compat, Accuracy[@k], SetP, SetRelP, SetR, SetF, SetAP, Judged[@k], SDCG@k, BPM@k, INSQ, INST, NERR8@k, NERR9@k, NERR10, NERR11, PEER[@k], LPR[@k], NumQ, NumRet, NumRel, NumRelRet (k a whole number from 1), with parameters as in AP(rel=2)@100.");
    }

    [Fact]
    public async Task RunWithFiveColumns_ExitsWithOneAndSaysWhere()
    {
        var run = File("run", "q1 Q0 a 1 1.0 t\nq1 Q0 b 2 0.5\n");

        var result = await Evaluate("--qrels", File("qrels", Qrels), "--run", run);

        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().ShouldBe($"{run}, line 2: 5 fields, expected 6 (query, Q0, passage, rank, score, tag); found \"q1 Q0 b 2 0.5\". Is the file truncated?");
    }

    [Fact]
    public async Task NoQueryInCommon_ExitsWithOne()
    {
        var (qrels, run) = (File("qrels", Qrels), File("run", "x Q0 a 1 1.0 t\n"));

        var result = await Evaluate("--qrels", qrels, "--run", run, "--complete");

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Errors.Trim().ShouldBe($"{run} and {qrels} have no query in common (the first ids are x and q1); do they belong together?");
    }

    [Theory]
    [InlineData("--depth", "0", "evaluate: the depth is 0; use 1 or more.")]
    [InlineData("--relevance-level", "-1", "evaluate: the relevance level is -1; use 1 or more.")]
    public async Task BadOption_ExitsWithTwo(string option, string value, string message)
    {
        var result = await Evaluate("--qrels", "none", "--run", "none", option, value);

        (result.ExitCode, result.Errors.Trim()).ShouldBe((2, message));
    }

    private static Task<DragomanProcess.Outcome> Evaluate(params string[] arguments) => DragomanProcess.RunAsync(["evaluate", .. arguments]);

    private string File(string name, string content) => _folder.Write(name, content);
}
