using System.Text.Json;

namespace Dragoman.Cli.Tests.Commands.Data;

public sealed class DataCheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_ShippedCollection_FindsNothingWrong()
    {
        var result = await DragomanProcess.RunAsync("data", "check", Path.Combine(TestPaths.Repository, "samples", "silk-road"), "--fail-on", "warning");
        (result.ExitCode, result.Errors).ShouldBe((0, ""));
        result.Output.ShouldStartWith("960 passages, 384 queries, 7,308 judgements: 1 information.");
        result.Output.ShouldContain("Grades of split test: 1: 3,024, 2: 1,800, 3: 2,484.");
    }

    [Theory]
    [InlineData("error", 1)]
    [InlineData("warning", 1)]
    [InlineData("never", 0)]
    public async Task Check_MissingRelevantPassage_ExitsByFailOn(string failOn, int exit)
    {
        var result = await DragomanProcess.RunAsync("data", "check", Collection("q1\tp9\t1"), "--fail-on", failOn);
        result.ExitCode.ShouldBe(exit, result.Errors);
        result.Output.ShouldContain("error: relevant-passage-missing");
        result.Output.ShouldContain("  - passage p9 (test)");
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    public async Task Check_OnlyAWarning_ExitsByFailOn(string failOn, int exit) =>
        (await DragomanProcess.RunAsync("data", "check", Collection("q1\tp1\t0"), "--fail-on", failOn)).ExitCode.ShouldBe(exit);

    [Fact]
    public async Task Check_FormatJson_HoldsTheFindings()
    {
        var result = await DragomanProcess.RunAsync("data", "check", Collection("q1\tp9\t1"), "--format", "json", "--examples", "1");
        result.ExitCode.ShouldBe(1);
        var report = JsonDocument.Parse(result.Output).RootElement;
        report.GetProperty("passages").GetInt32().ShouldBe(1);
        var finding = report.GetProperty("findings").EnumerateArray().First();
        (finding.GetProperty("severity").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("count").GetInt64()).ShouldBe(("error", "relevant-passage-missing", 1));
        finding.GetProperty("examples").EnumerateArray().Select(example => example.GetString()).ShouldBe(["passage p9 (test)"]);
    }

    [Fact]
    public async Task Check_Against_NamesTheCollections()
    {
        _folder.Write("other/corpus.jsonl", """{"_id":"x1","text":"The camel carried silk and tea."}""" + "\n");
        var result = await DragomanProcess.RunAsync("data", "check", Collection("q1\tp1\t1"), "--against", _folder["other"]);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain($"p1 ({_folder["c"]}) and ");
        result.Output.ShouldContain($"x1 ({_folder["other"]})");
    }

    [Theory]
    [InlineData("--near-duplicate", "0.2", "--near-duplicate is 0.2; use a value above 0.5, at most 1.")]
    [InlineData("--examples", "-1", "--examples is -1; use 0 or more.")]
    [InlineData("--long-characters", "0", "--long-characters is 0; use 1 or more.")]
    [InlineData("--fail-on", "always", "--fail-on is 'always'; use warning, error or never.")]
    public async Task Check_WrongUsage_ExitsWithTwo(string option, string value, string sentence)
    {
        var result = await DragomanProcess.RunAsync("data", "check", Collection("q1\tp1\t1"), option, value);
        (result.ExitCode, result.Output).ShouldBe((2, ""));
        result.Errors.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("no-such-folder")]
    [InlineData("")]
    public async Task Check_NoCollection_FailsInOneSentence(string name)
    {
        var result = await DragomanProcess.RunAsync("data", "check", _folder[name]);
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain(name.Length > 0 ? "does not exist or is not a folder" : "holds no corpus.jsonl");
    }

    private string Collection(string judgement)
    {
        _folder.Write("c/corpus.jsonl", """{"_id":"p1","text":"The camel carried silk and tea.","lang":"en"}""" + "\n");
        _folder.Write("c/queries.jsonl", """{"_id":"q1","text":"驼队运送什么货物？","lang":"zh"}""" + "\n");
        _folder.Write("c/qrels/test.tsv", "query-id\tcorpus-id\tscore\n" + judgement + "\n");
        return _folder["c"];
    }
}
