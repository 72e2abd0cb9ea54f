using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Fitting;

public sealed class ModelFitterTests : RequiresTorch
{
    private static readonly FitSettings Settings = new() { Epochs = 4, BatchSize = 5, LearningRate = 0.05, Precision = Precision.Float32, Patience = 99, CheckpointSteps = 2, KeepCheckpoints = 2 };

    private static (FitProgress Progress, string Console) Fit(
        TemporaryFolder folder, StraightLine line, FitSettings settings, IDevMeasure? dev = null, bool resume = false, string output = "model", CancellationToken? token = null, TextWriter? console = null)
    {
        console ??= new StringWriter();
        using var log = new TrainingLog(console, folder[output + ".log.jsonl"], TimeProvider.System) { ConsoleInterval = TimeSpan.Zero };
        var context = new TrainingContext(folder[output], 1, resume, log, TimeProvider.System);
        var checkpoint = new FitCheckpoint(context.CheckpointPath, "the same", settings.KeepCheckpoints);
        return (new ModelFitter(line, dev, settings, checkpoint, context).Run(token ?? TestContext.Current.CancellationToken), console.ToString()!);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(7, 6)]                                       // 5 steps an epoch: in the second one
    [InlineData(13, 12)]
    public void Run_StoppedAtAnyStepAndResumed_EqualsUninterrupted(int stopAfter, int checkpointBefore)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings with { Average = 0.9, LayerDecay = 0.5, Schedule = RateSchedule.Cosine };
        using var whole = new StraightLine();
        var (expected, _) = Fit(folder, whole, settings, output: "whole");

        using var stopped = new StraightLine();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using (var console = new StepWriter(stopAfter, stop)) Should.Throw<OperationCanceledException>(() => Fit(folder, stopped, settings, token: stop.Token, console: console, output: "parts"));

        using var resumed = new StraightLine();
        var (progress, said) = Fit(folder, resumed, settings, resume: true, output: "parts");

        if (checkpointBefore > 1) said.ShouldContain(checkpointBefore % 5 == 0 ? "Going on after epoch" : $"Going on after step {checkpointBefore}");
        resumed.Weights.ShouldBe(whole.Weights);
        progress.ToJson().ToJsonString().ShouldBe(expected.ToJson().ToJsonString());
    }

    [Fact]
    public void Run_Accumulated_EqualsTheLargerBatch()
    {
        using var folder = new TemporaryFolder();
        var settings = Settings with { Epochs = 1, CheckpointSteps = 0 };
        using var large = new StraightLine(20);
        using var small = new StraightLine(20);
        large.Model.Train(false);
        Fit(folder, large, settings with { BatchSize = 20 }, output: "large");
        var (progress, _) = Fit(folder, small, settings with { BatchSize = 5, Accumulate = 4 }, output: "small");
        progress.Step.ShouldBe(1);
        small.StepsSeen.ShouldBe(1);
        // The first step of Adam has the size of the learning rate, whatever the gradient's length; its direction counts.
        small.Weights.Zip(large.Weights).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void Run_BestEpochInTheMiddle_ItsWeightsAreLeft()
    {
        using var folder = new TemporaryFolder();
        using var line = new StraightLine();
        var dev = new PlannedMeasure(0.1, 0.7, 0.3, 0.2) { Weights = () => line.Weights };
        var (progress, console) = Fit(folder, line, Settings, dev);
        progress.BestEpoch.ShouldBe(2);
        progress.Best.ShouldBe(0.7);
        line.Weights.ShouldBe(dev.Seen[1]);
        line.Weights.ShouldNotBe(dev.Seen[3]);
        console.ShouldContain("Epoch 2: loss ");
    }

    [Fact]
    public void Run_NoBetterEpochWithinPatience_Stops()
    {
        using var folder = new TemporaryFolder();
        using var line = new StraightLine();
        var (progress, console) = Fit(folder, line, Settings with { Epochs = 9, Patience = 2 }, new PlannedMeasure(0.5, 0.4, 0.5, 0.9));
        progress.Epoch.ShouldBe(3);
        console.ShouldContain("Stopped: no better planned on dev in 2 epochs.");
    }

    [Fact]
    public void Run_WithAverage_TheMeanIsMeasuredAndLeft()
    {
        using var folder = new TemporaryFolder();
        using var plain = new StraightLine();
        using var averaged = new StraightLine();
        var dev = new PlannedMeasure(1, 2, 3, 4) { Weights = () => averaged.Weights };
        Fit(folder, plain, Settings, output: "plain");
        Fit(folder, averaged, Settings with { Average = 0.8 }, dev, output: "averaged");
        averaged.Weights.ShouldBe(dev.Seen[3]);
        // The mean lags behind weights that move towards a slope of 3.
        averaged.Weights[0].ShouldBeLessThan(plain.Weights[0]);
        averaged.Weights[0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Run_FrozenLayer_StaysAndTheRestMoves()
    {
        using var folder = new TemporaryFolder();
        using var line = new StraightLine();
        Fit(folder, line, Settings with { FrozenLayers = 1 });
        line.Weights[0].ShouldBe(0);
        line.Weights[1].ShouldNotBe(0);
        var layers = File.ReadAllLines(folder["model.log.jsonl"]).Select(text => JsonNode.Parse(text)!).Last(entry => entry["event"]!.GetValue<string>() == "layers")["layers"]!;
        layers["layer 0"]!["gradient"]!.GetValue<double>().ShouldBe(0);
        layers["layer 0"]!["update_ratio"]!.GetValue<double>().ShouldBe(0);
        layers["head"]!["gradient"]!.GetValue<double>().ShouldBeGreaterThan(0);
        layers["head"]!["update_ratio"]!.GetValue<double>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Run_LossIsNoNumber_SaysWhereAndWhatIsLeft()
    {
        using var folder = new TemporaryFolder();
        using var line = new StraightLine { PoisonedItem = 11 };
        var settings = Settings with { BatchSize = 1, CheckpointSteps = 1 };
        var message = Should.Throw<DragomanException>(() => Fit(folder, line, settings)).Message;
        message.ShouldContain("for points 11;");
        message.ShouldContain("no longer a number are the gradients of layer 0, head;");
        message.ShouldContain($"the last good checkpoint is in {folder["model.checkpoint"]}{Path.DirectorySeparatorChar}step-");
        message.ShouldEndWith("Look at the texts of points 11, or leave them out: with these weights they fail whatever stands beside them.");
        line.Weights.ShouldAllBe(weight => double.IsFinite(weight));
    }

    [Fact]
    public void Run_LossIsNoNumberInALargerBatch_FindsTheItemAndTellsWhatWentBefore()
    {
        using var folder = new TemporaryFolder();
        using var line = new StraightLine { PoisonedItem = 11 };
        var console = new StringWriter();
        Should.Throw<DragomanException>(() => Fit(folder, line, Settings with { BatchSize = 6, CheckpointSteps = 1, ClipNorm = 0 }, console: console)).Message.ShouldContain("points 11 (alone; the batch has 6)");
        var said = console.ToString();
        said.ShouldContain("  alone      points 11");
        said.ShouldContain("  weights    all are numbers");
        said.ShouldContain("  forward    every layer gives numbers");                    // a line has no layers that could be looked at
        said.ShouldMatch(@"  before     step \d+  loss \d");
        said.ShouldContain("Set training.clip_norm: 1");
        var failure = File.ReadAllLines(folder["model.log.jsonl"]).Select(text => JsonNode.Parse(text)!).Single(entry => entry["event"]!.GetValue<string>() == "failure");
        failure["alone"]!.AsArray().Select(item => item!.GetValue<int>()).ShouldBe([11]);
        failure["items"]!.AsArray().Count.ShouldBe(6);
        failure["before"]!.AsArray().Count.ShouldBe((int)failure["step"]! - 1);
    }

    [Fact]
    public void Run_Checkpoints_OnlyTheNewestAreKept()
    {
        using var folder = new TemporaryFolder();
        using var line = new StraightLine();
        Fit(folder, line, Settings, new PlannedMeasure(0.1, 0.7, 0.3, 0.2));
        Directory.EnumerateFileSystemEntries(folder["model.checkpoint"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ShouldBe(["best-10.safetensors", "step-18", "step-20"]);
    }

    /// <summary>Cancels at the n-th line about a step.</summary>
    private sealed class StepWriter(int step, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith($"step {step}/", StringComparison.Ordinal) == true) source.Cancel();
        }
    }
}
