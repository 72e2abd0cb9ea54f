using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Tests.Fitting;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Workers;

/// <summary>One model fitted by several workers. Sums of float32 gradients in another order differ in the last bits, so weights near 1 are compared to 1e-6.</summary>
public sealed class SharedFittingTests : RequiresTorch
{
    private const double Rounding = 1e-6;
    private static readonly FitSettings Settings = new() { Epochs = 4, BatchSize = 5, LearningRate = 0.05, Precision = Precision.Float32, Patience = 99, CheckpointSteps = 2 };

    public SharedFittingTests() => WorkerThreads.OrSkip();

    private static (double[] Weights, FitProgress Progress) Fit(TemporaryFolder folder, WorkerGroup workers, FitSettings settings, string output, bool resume = false, IDevMeasure? dev = null, Action<string>? said = null, int poisoned = -1, CancellationToken? token = null)
    {
        using var console = new Listener(said);
        using var log = new TrainingLog(workers.IsFirst ? console : TextWriter.Null, null, TimeProvider.System) { ConsoleInterval = TimeSpan.Zero };
        var path = workers.IsFirst ? folder[output] : folder[$"{output}.worker-{workers.Rank}"];
        var context = new TrainingContext(path, 1, resume, log, TimeProvider.System) { Workers = workers };
        using var line = new StraightLine(dropout: 0) { PoisonedItem = poisoned };
        var progress = new ModelFitter(line, dev, settings, new FitCheckpoint(context.CheckpointPath, "the same", 1), context).Run(token ?? TestContext.Current.CancellationToken);
        return (line.Weights, progress);
    }

    private static void ShouldBeNear(double[] weights, double[] expected)
    {
        for (var place = 0; place < expected.Length; place++) weights[place].ShouldBe(expected[place], Rounding);
    }

    [Theory]
    [InlineData(2, 5, 1)]
    [InlineData(3, 5, 1)]
    [InlineData(2, 4, 3)]                                   // accumulated
    [InlineData(3, 2, 1)]                                   // fewer items in a batch than workers
    public async Task Run_SeveralWorkers_EqualOneWithTheWholeBatch(int count, int batchSize, int accumulate)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings with { BatchSize = batchSize, Accumulate = accumulate, Average = 0.9, ClipNorm = 0.5 };
        var (expected, alone) = Fit(folder, WorkerGroup.Alone, settings, "alone");
        var all = await WorkerThreads.RunAsync(count, workers => Fit(folder, workers, settings, "shared"));
        foreach (var (_, failure) in all) failure.ShouldBeNull();
        ShouldBeNear(all[0].Value.Weights, expected);
        all[0].Value.Progress.Step.ShouldBe(alone.Step);
        foreach (var (entry, same) in all[0].Value.Progress.History.Zip(alone.History))
            entry!["loss"]!.GetValue<double>().ShouldBe(same!["loss"]!.GetValue<double>(), Rounding);
        Directory.Exists(folder["shared.checkpoint"]).ShouldBeTrue();
        Directory.Exists(folder["shared.worker-1.checkpoint"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(1, 2)]
    public async Task Run_StoppedAndResumedByAnotherNumber_GoesOnAlike(int first, int then)
    {
        using var folder = new TemporaryFolder();
        var (expected, _) = Fit(folder, WorkerGroup.Alone, Settings, "whole");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        (double[], FitProgress) Begun(WorkerGroup workers) => Fit(folder, workers, Settings, "parts", said: text => { if (text.StartsWith("step 13/", StringComparison.Ordinal)) stop.Cancel(); }, token: stop.Token);
        if (first == 1) Should.Throw<OperationCanceledException>(() => Begun(WorkerGroup.Alone));
        else (await WorkerThreads.RunAsync(first, Begun))[0].Failure.ShouldBeOfType<OperationCanceledException>();

        var heard = new List<string>();
        (double[] Weights, FitProgress) Resumed(WorkerGroup workers) => Fit(folder, workers, Settings, "parts", resume: true, said: heard.Add);
        var weights = then == 1 ? Resumed(WorkerGroup.Alone).Weights : (await WorkerThreads.RunAsync(then, Resumed))[0].Value.Weights;
        heard.ShouldContain(text => text.StartsWith("Going on after step 12", StringComparison.Ordinal));
        ShouldBeNear(weights, expected);
    }

    [Fact]
    public async Task Run_EarlyStop_IsDecidedByTheFirstForAll()
    {
        using var folder = new TemporaryFolder();
        var all = await WorkerThreads.RunAsync(2, workers =>
            Fit(folder, workers, Settings with { Epochs = 9, Patience = 2 }, "shared", dev: workers.IsFirst ? new PlannedMeasure(0.5, 0.4, 0.5, 0.9) : new PlannedMeasure()));
        foreach (var (value, failure) in all)
        {
            failure.ShouldBeNull();
            value.Progress.Epoch.ShouldBe(3);
            value.Progress.BestEpoch.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Run_LossIsNoNumberInOneShare_AllSaySo()
    {
        using var folder = new TemporaryFolder();
        var all = await WorkerThreads.RunAsync(2, workers => Fit(folder, workers, Settings, "shared", poisoned: 3));
        foreach (var (_, failure) in all) failure.ShouldBeOfType<DragomanException>().Message.ShouldStartWith("The loss is NaN at step 1, for points 3 ");
    }

    [Fact]
    public async Task Run_AWorkerFails_TheOtherSaysItIsLost()
    {
        using var folder = new TemporaryFolder();
        var all = await WorkerThreads.RunAsync(2, workers =>
            workers.IsFirst ? Fit(folder, workers, Settings, "shared").Weights : throw new InvalidOperationException("gone"));
        all[0].Failure.ShouldBeOfType<ProcessGroupException>().Message.ShouldStartWith("Worker 0 of 2 has lost another worker");
    }

    [Fact]
    public async Task RequireSame_AnotherConfiguration_IsRefusedThere()
    {
        var all = await WorkerThreads.RunAsync(2, workers =>
        {
            workers.RequireSame("a configuration or data", workers.IsFirst ? "a" : "b");
            return 0;
        });
        all[0].Failure.ShouldBeNull();
        all[1].Failure.ShouldBeOfType<DragomanException>().Message.ShouldStartWith("Worker 1 of 2 was started with a configuration or data other than worker 0's;");
    }

    private sealed class Listener(Action<string>? said) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            said?.Invoke(value ?? "");
        }
    }
}
