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
            "run     nDCG@10      RR     R@1  NumQ\n" +
            "first    0.8597  1.0000  0.5000     1\n" +
            "second   0.8801  1.0000  0.7500     2\n");
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
    public async Task UnknownMeasure_ExitsWithTwoAndListsTheKnown()
    {
        var result = await Evaluate("--qrels", "none", "--run", "none", "--measures", "nDGC@10");

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.Trim().ShouldBe("measures: \"nDGC@10\" is not a measure; known are nDCG, nDCG@k, RR, RR@k, AP, AP@k, P@k, R@k, Success@k, Rprec, Bpref, IPrec@r, SetP, SetR, SetF, Judged@k, NumQ, NumRet, NumRel, NumRelRet (k a whole number from 1).");
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
