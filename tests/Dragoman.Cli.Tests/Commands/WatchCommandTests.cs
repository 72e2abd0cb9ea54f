using System.Globalization;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>watch over logs that were written here, as plain text.</summary>
public sealed class WatchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Log(int steps, double last, string more = "") => "{\"event\":\"begin\",\"seconds\":0,\"step\":0,\"total_steps\":200}\n" + string.Concat(Enumerable.Range(1, steps).Select(step =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"event":"step","seconds":{{step}},"step":{{step}},"loss":{{4.0 - (4 - last) * step / steps}},"learning_rate":1e-5,"examples_per_second":8,"gradient":{{1.0 + step % 3}}}""") + "\n")) + more;

    private Task<DragomanProcess.Outcome> Watch(params string[] arguments) =>
        DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, ["watch", .. arguments]);

    [Fact]
    public async Task Watch_OneRun_ShowsStateCurvesAndAlarms()
    {
        _folder.Write("m.log.jsonl", Log(100, 1, """
            {"event":"message","text":"alarm: mean cosine 0.97 is above 0.6: the vectors share one direction."}
            {"event":"epoch","epoch":1,"loss":2,"nDCG@10":0.25,"mean_cosine":0.97}
            {"event":"checkpoint","step":100}
            {"event":"st
            """.TrimEnd()));
        var run = await Watch("m", "--once");
        run.ExitCode.ShouldBe(0, run.Errors);
        var lines = run.Output.Split('\n');
        lines[0].ShouldStartWith("m  step 100/200 (50%)  1 min 40 s left  8 examples/s  checkpoint at 100");
        lines.Where(line => !line.StartsWith('!')).ShouldAllBe(line => line.Length <= 80);
        foreach (var title in (string[])["loss  1", "dev nDCG@10  0.25", "mean cosine  0.97", "gradient  2", "learning rate  1e-5"]) run.Output.ShouldContain(title);
        run.Output.ShouldContain("! step 100: mean cosine 0.97 is above 0.6");
        run.Output.Any(letter => letter is >= '\u2800' and <= '\u28ff').ShouldBeTrue("dots of braille");
        run.Output.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task Watch_RunWithSampling_TellsTheNewestEpochInOneLine()
    {
        _folder.Write("m.log.jsonl", Log(100, 1, """
            {"event":"sampling","seconds":1,"epoch":1,"part":"positives","scheme":"rejection","groups":40,"proposals":400,"accepted":100,"rate":0.25,"expected_rate":0.24,"above_bound_share":0}
            {"event":"sampling","seconds":2,"epoch":2,"part":"positives","scheme":"rejection","groups":40,"proposals":500,"accepted":100,"rate":0.2,"expected_rate":0.21,"above_bound_share":0.004}
            {"event":"sampling","seconds":2,"epoch":2,"part":"examples","groups":32}

            """));
        var run = await Watch("m", "--once");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.Split('\n')[1].TrimEnd().ShouldBe("  sampling of epoch 2: positives 20% of 500 accepted (1/M 21%), 0.4% above M; examples 32 groups");
    }

    [Fact]
    public async Task Watch_Ascii_IsAsciiAndAPlotOfItsNumbers()
    {
        _folder.Write("m.log.jsonl", Log(60, 1));
        var run = await Watch("--once", "--ascii", "--width", "40", "m");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldAllBe(letter => letter < 128);
        var plot = run.Output.Split('\n').SkipWhile(line => !line.StartsWith("loss", StringComparison.Ordinal)).Skip(1).Take(8).ToList();
        plot[0].ShouldStartWith("    3.925|");
        plot[0].IndexOf('*', StringComparison.Ordinal).ShouldBe(10, "the first value is the highest");
        plot[7].TrimEnd()[^1].ShouldBe('*', "the last is the lowest");
    }

    [Fact]
    public async Task Watch_SeedsAndAnotherRun_AreToldApartByLetters()
    {
        _folder.Write("seeds/seed-1.log.jsonl", Log(50, 1, "{\"event\":\"end\"}\n"));
        _folder.Write("seeds/seed-2.log.jsonl", Log(50, 2, "{\"event\":\"failure\",\"step\":51,\"text\":\"The loss is NaN at step 51, for query q7 with passage p9.\"}\n"));
        _folder.Write("m.log.jsonl", "");
        var run = await Watch("seeds", "m", "--once");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.Split('\n')[0].TrimEnd().ShouldBe("a seeds/seed-1  step 50/200 (25%)  finished");                  // its checkpoints are gone
        run.Output.ShouldContain("b seeds/seed-2  step 50/200 (25%)  FAILED");
        run.Output.ShouldContain("c m  has not begun");
        run.Output.ShouldContain("! seeds/seed-2, step 50: The loss is NaN at step 51, for query q7 with passage p9.");
        run.Output.ShouldContain("loss  1  2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"event\":\"step\",\"st")]
    [InlineData("{\"event\":\"message\",\"seconds\":1,\"text\":\"Dev: 96 queries over 960 passages.\"}\n")]
    public async Task Watch_RunWithoutAStep_SaysThatItHasNotBegun(string log)
    {
        _folder.Write("m.log.jsonl", log);
        var run = await Watch("m", "--once");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("m  has not begun");
    }

    [Theory]
    [InlineData("nowhere", "no training log is there")]
    [InlineData("corpus.jsonl", "tells of no training; is it the log of 'dragoman train'?")]
    [InlineData("qrels.tsv", "qrels.tsv, line 1: not a JSON object")]
    public async Task Watch_NoLog_SaysSo(string path, string expected)
    {
        _folder.Write("corpus.jsonl", "{\"_id\":\"p1\",\"text\":\"a\"}\n");
        _folder.Write("qrels.tsv", "q1\tp1\t1\n");
        var run = await Watch(path, "--once");
        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain(expected);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_TrainingAlone_IsAPageWithoutJudgements()
    {
        _folder.Write("m.log.jsonl", Log(50, 1));
        var run = await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, "report", "--training", "m", "--output", "t.html");
        run.ExitCode.ShouldBe(0, run.Errors);
        File.ReadAllText(_folder["t.html"]).ShouldContain("<h1>Training report</h1>");
        var missing = await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, "report", "--output", "t.html");
        missing.ExitCode.ShouldBe(2);
        missing.Errors.ShouldContain("--qrels is missing");
    }
}
