using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Evaluation.Tests.Reports;

public sealed class TrainingLogFollowerTests : IDisposable
{
    private const string Begun = "{\"event\":\"begin\",\"seconds\":0,\"step\":0,\"total_steps\":10}\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private TrainingLogFollower Follow(string text)
    {
        var follower = new TrainingLogFollower("run", _folder.Write("run.log.jsonl", text));
        follower.Refresh();
        return follower;
    }

    private void Append(string text) => File.AppendAllText(_folder["run.log.jsonl"], text);

    [Fact]
    public void Refresh_GrowingLog_AddsWholeLinesOnly()
    {
        var follower = Follow(Begun + "{\"event\":\"step\",\"seconds\":2,\"step\":1,\"loss\":4,\"learning_rate\":1e-5,\"examples_per_second\":8,\"gradient\":2}\n{\"event\":\"st");
        follower.Curves.Loss.ShouldBe([(1, 4)]);
        Append("ep\",\"seconds\":4,\"step\":2,\"loss\":3,\"gradient\":1}\n");
        follower.Refresh();
        var curves = follower.Curves;
        curves.Loss.ShouldBe([(1, 4), (2, 3)]);
        curves.Numbers.Single().Points.ShouldBe([(1, 2), (2, 1)]);
        (curves.Step, curves.TotalSteps, curves.Left, curves.ExamplesPerSecond).ShouldBe((2, 10, TimeSpan.FromSeconds(16), 8));
    }

    [Fact]
    public void Refresh_EpochsAlarmsCheckpointsAndEnd_AreTold()
    {
        var follower = Follow(Begun + """
            {"event":"step","step":5,"loss":4}
            {"event":"message","text":"alarm: mean cosine 0.97 is above 0.6"}
            {"event":"epoch","epoch":1,"loss":4,"nDCG@10":0.25,"mean_cosine":0.97,"dimension":64,"effective_rank":20}
            {"event":"checkpoint","step":5,"epoch":1,"path":"m.checkpoint/step-5"}

            """);
        var curves = follower.Curves;
        curves.Dev.Single().Measure.ShouldBe("nDCG@10");
        curves.Diagnostics.Select(number => number.Name).ShouldBe(["mean_cosine", "effective_rank"]);
        (curves.LeastEffectiveRank, curves.CheckpointStep, curves.IsFinished).ShouldBe((6.4, 5, false));
        curves.StandingAlarms.ShouldBe([(5, "mean cosine 0.97 is above 0.6")]);
        Append("{\"event\":\"step\",\"step\":10,\"loss\":1}\n{\"event\":\"epoch\",\"epoch\":2,\"nDCG@10\":0.5,\"mean_cosine\":0.2,\"dimension\":64,\"least_effective_rank\":3.9}\n{\"event\":\"end\"}\n");
        follower.Refresh();
        follower.Curves.IsFinished.ShouldBeTrue();
        follower.Curves.LeastEffectiveRank.ShouldBe(3.9, "so few vectors span less than the dimension");
        follower.Curves.StandingAlarms.ShouldBeEmpty();
    }

    [Fact]
    public void Refresh_FailureThenResumed_IsForgotten()
    {
        var follower = Follow(Begun + "{\"event\":\"step\",\"step\":1,\"loss\":\"NaN\"}\n{\"event\":\"failure\",\"step\":2,\"text\":\"The loss is NaN.\"}\n");
        follower.Curves.Failure.ShouldBe("The loss is NaN.");
        Append(Begun);
        follower.Refresh();
        follower.Curves.Failure.ShouldBeNull();
        follower.Curves.Loss.ShouldBeEmpty();
    }

    [Fact]
    public void Refresh_FileOfAnotherKind_SaysSo()
    {
        Should.Throw<DragomanException>(() => Follow("{\"_id\":\"p1\",\"text\":\"a\"}\n")).Message.ShouldContain("tells of no training; is it the log of 'dragoman train'?");
        Should.Throw<DataFormatException>(() => Follow(Begun + "q1 0 p1 1\n")).Line.ShouldBe(2);
    }

    [Fact]
    public void FindLogs_FolderOfSeeds_AreAllOfThem()
    {
        foreach (var seed in (int[])[10, 2]) _folder.Write($"m/seed-{seed}.log.jsonl", Begun);
        TrainingCurves.FindLogs(_folder["m"]).Select(log => log.Name).ShouldBe(["m/seed-2", "m/seed-10"]);
    }

    [Fact]
    public void Make_TrainingAlone_HasACurveForEveryDiagnosticWithItsLimit()
    {
        Follow(Begun + "{\"event\":\"step\",\"step\":5,\"loss\":4,\"gradient\":1}\n{\"event\":\"message\",\"text\":\"alarm: AUC 0.5 is below 0.7\"}\n{\"event\":\"epoch\",\"epoch\":1,\"nDCG@10\":0.25,\"auc\":0.5,\"uniformity\":-1}\n");
        var report = TrainingReport.Make("Training", DateTimeOffset.UnixEpoch, [TrainingCurves.Read("run", _folder["run.log.jsonl"])], [], null);
        report.Charts.Select(chart => chart.Name).ShouldBe(["loss", "dev", "training-gradient", "training-auc", "training-uniformity"]);
        report.Charts.Single(chart => chart.Name == "training-auc").ToInlineSvg().ShouldContain("alarm below 0.7");
        report.Sections[0].Blocks.OfType<ReportWarnings>().Single().Texts.ShouldBe(["run, step 5: AUC 0.5 is below 0.7"]);
    }

    private static string Sampled(int epoch, string part, string more) => $$"""{"event":"sampling","seconds":{{epoch}},"epoch":{{epoch}},"part":"{{part}}","groups":40,"effective_groups":38.5,{{more}}"capped":0}""" + "\n";

    [Fact]
    public void Refresh_SamplingEvents_AreToldByEpochAndPartTheLastOneCounts()
    {
        var follower = Follow(Begun + Sampled(1, "positives", "\"rate\":0.5,") + Sampled(1, "negatives", "\"rate\":null,") + Sampled(1, "positives", "\"scheme\":\"rejection\",\"proposals\":400,\"accepted\":100,\"rate\":0.25,\"expected_rate\":0.24,\"grades_accepted\":{\"0\":30,\"6\":70},") + """{"event":"sampling","part":"positives"}""" + "\n");
        var curves = follower.Curves;
        curves.Sampling.Select(epoch => (epoch.Epoch, epoch.Part)).ShouldBe([(1, "negatives"), (1, "positives")]);
        var positives = curves.Sampling[1];
        (positives.Scheme, positives.Groups, positives.Proposals, positives.Accepted, positives.Rate, positives.ExpectedRate).ShouldBe(("rejection", 40, 400, 100, 0.25, 0.24));
        positives.GradesAccepted.ShouldBe([new(0, 30), new(6, 70)]);
        positives.AboveBoundShare.ShouldBe(double.NaN);
        Append(Begun);
        follower.Refresh();
        follower.Curves.Sampling.ShouldBeEmpty("the run has begun anew");
    }

    [Fact]
    public void Make_TrainingWithSampling_HasASectionWithAChartForEachNumberOfEachPart()
    {
        string Epoch(int epoch) => Sampled(epoch, "positives", $$"""
            "scheme":"rejection","proposals":400,"accepted":100,"rate":0.25,"expected_rate":0.24,"effective_share":0.3,"above_bound_share":{{(epoch == 2 ? "0.01" : "0")}},"grades_accepted":{"0":30,"6":{{70 - epoch}}},"seconds_per_accepted":0.002,
            """) + Sampled(epoch, "examples", "");
        Follow(Begun + Epoch(1) + "{\"event\":\"step\",\"step\":5,\"loss\":4}\n" + Epoch(2));
        var report = TrainingReport.Make("Training", DateTimeOffset.UnixEpoch, [TrainingCurves.Read("run", _folder["run.log.jsonl"])], [], null);
        var section = report.Sections.Single(section => section.Id == "sampling");
        section.Blocks.OfType<ReportFigure>().Select(figure => figure.Chart.Name).ShouldBe(
            ["sampling-positives-groups", "sampling-positives-rate", "sampling-positives-size", "sampling-positives-grades-0", "sampling-positives-above", "sampling-positives-cost", "sampling-examples-groups"]);
        section.Blocks.OfType<ReportFigure>().ElementAt(1).Chart.ToInlineSvg().ShouldContain("1/M");
        section.Blocks.OfType<ReportWarnings>().Single().Texts.ShouldBe(["run, positives: up to 1% of an epoch's proposals were above the bound; what is accepted differs from the target. Raise sampling.positives.bound, or use exact."]);
        section.Blocks.OfType<ReportTable>().Single().Rows.Select(row => string.Join(' ', row.Select(cell => cell.Text))).ShouldBe(
            ["run positives rejection 1 40 400 100 0.2500 0.2400 0.3000 0.0000 2", "run examples  1 40       ", "run positives rejection 2 40 400 100 0.2500 0.2400 0.3000 0.0100 2", "run examples  2 40       "]);
    }
}
