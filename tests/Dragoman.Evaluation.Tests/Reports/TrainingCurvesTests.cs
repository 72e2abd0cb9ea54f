using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Evaluation.Tests.Reports;

public sealed class TrainingCurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_StepsAndEpochs_AreCurves()
    {
        var curves = Read("""
            {"event":"begin","seconds":0,"step":0,"total_steps":4}
            {"event":"step","seconds":1,"step":1,"loss":2.5,"learning_rate":1E-05,"examples_per_second":3}
            {"event":"something new","step":1,"loss":99}
            {"event":"step","step":2,"loss":"NaN","learning_rate":2e-5}
            {"event":"epoch","seconds":3,"epoch":1,"loss":2,"accuracy":0.5,"nDCG@10":0.25,"note":"fine"}
            {"event":"message","text":"Dev"}
            {"event":"epoch","seconds":3,"epoch":2,"nDCG@10":0.5}
            """);

        curves.Loss.ShouldBe([(1, 2.5), (2, double.NaN)]);
        curves.LearningRate.ShouldBe([(1, 1e-5), (2, 2e-5)]);
        var (measure, points) = curves.Dev.Single();
        measure.ShouldBe("nDCG@10");
        points.ShouldBe([(2, 0.25), (2, 0.5)]);
    }

    [Fact]
    public void Read_ResumedRun_ReplacesTheStepsDoneAgain()
    {
        var curves = Read("""
            {"event":"begin","step":0}
            {"event":"step","step":1,"loss":4}
            {"event":"epoch","epoch":1,"RR@10":0.1}
            {"event":"step","step":2,"loss":3}
            {"event":"step","step":3,"loss":2}
            {"event":"epoch","epoch":2,"RR@10":0.2}
            {"event":"begin","step":1}
            {"event":"step","step":2,"loss":2.9}
            """);

        curves.Loss.ShouldBe([(1, 4), (2, 2.9)]);
        curves.Dev.Single().Points.ShouldBe([(1, 0.1)]);
    }

    [Fact]
    public void Read_LastLineCutShort_IsLeftOut() => Read("{\"event\":\"step\",\"step\":1,\"loss\":1}\n{\"event\":\"st").Loss.ShouldBe([(1, 1)]);

    [Fact]
    public void Read_BrokenLineInside_NamesTheLine()
    {
        var failure = Should.Throw<DataFormatException>(() => Read("{\"event\":\"step\",\"step\":1,\"loss\":1}\n[1]\n{\"event\":\"step\",\"step\":2,\"loss\":1}\n"));

        failure.Line.ShouldBe(2);
        failure.Message.ShouldContain("not a JSON object");
    }

    [Fact]
    public void Read_NoStep_IsRefused() => Should.Throw<DragomanException>(() => Read("{\"event\":\"message\",\"text\":\"x\"}\n")).Message.ShouldContain("tells of no training step");

    [Fact]
    public void FindLog_ModelFolder_IsTheLogBesideIt()
    {
        _folder.Write("model/config.json", "{}");
        var log = _folder.Write("model.log.jsonl", "");

        TrainingCurves.FindLog(_folder["model"]).ShouldBe(log);
        TrainingCurves.FindLog(_folder["model"] + "/").ShouldBe(log);
        Should.Throw<DragomanException>(() => TrainingCurves.FindLog(_folder["other"])).Message.ShouldContain("no training log is there");
    }

    private TrainingCurves Read(string log) => TrainingCurves.Read("run", _folder.Write("log.jsonl", log));
}
