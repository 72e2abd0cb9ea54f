using System.Diagnostics;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Tensors.Weights;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;

namespace Dragoman.Training.StaticEncoders;

/// <summary>The training loop of a static encoder: batch, loss, gradient, AdamW; checkpoints that a later run goes on from with the same result.</summary>
internal sealed class StaticEncoderTrainer(StaticEncoderOptions options, ParallelCorpus corpus, int vocabularySize, TrainingContext context)
{
    private const string ModuleFile = "weights.safetensors", OptimiserFile = "optimiser.safetensors", StepFile = "step.txt";
    private const double Beta2 = 0.98;
    private readonly RecentSteps _recent = new();

    /// <summary>Trains to the last step and gives the module, which the caller frees.</summary>
    internal StaticEncoderModule Train(CancellationToken cancellationToken)
    {
        Torch.ManualSeed(options.Seed);
        var module = StaticEncoderModule.FromScratch(corpus.CountTokens(vocabularySize), corpus.Cells, options.Dimension);
        if (options.LearnTemperature) module.LearnTemperature(options.FirstTemperature);
        using var optimiser = new AdamW(Groups(module), new AdamWOptions { Beta2 = Beta2 });
        var first = Resume(module, optimiser);
        var schedule = LearningRateSchedule.Cosine(options.WarmupSteps, options.Steps);
        var sampler = new PairSampler(corpus, options.Sources, options.Sampling, options.Seed);
        context.Log.Begin(options.Steps, first);
        var next = Task.Run(() => sampler.Draw(first), cancellationToken);
        var clock = Stopwatch.StartNew();
        var pairs = 0L;
        for (long step = first; step < options.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = next.GetAwaiter().GetResult();
            var following = step + 1;
            next = Task.Run(() => sampler.Draw(following), cancellationToken);
            var factor = schedule.Factor(step + 1);
            var (loss, gradient) = Step(module, optimiser, batch, step, factor);
            _recent.Add(step + 1, loss, options.LearningRate * factor, gradient);
            pairs += batch.Count;
            context.Log.Step(step + 1, loss, options.LearningRate * factor, pairs / clock.Elapsed.TotalSeconds, ("temperature", module.Temperature?.Value ?? Temperature(step)), ("gradient", gradient));
            if ((step + 1) % options.CheckpointSteps == 0 && step + 1 < options.Steps) Save(module, optimiser, step + 1);
        }
        return module;
    }

    private (double Loss, double Gradient) Step(StaticEncoderModule module, AdamW optimiser, PairBatch batch, long step, double rateFactor)
    {
        using var scope = TensorScope.Begin();
        var loss = Loss(module, batch, Temperature(step));
        loss.Backward();
        var value = loss.Item();
        if (!double.IsFinite(value)) throw NotFinite(value, "loss", module, batch, step, rateFactor);
        var gradient = GradientClipping.ByNorm(optimiser.Parameters, options.ClipNorm > 0 ? options.ClipNorm : double.PositiveInfinity);
        if (!double.IsFinite(gradient)) throw NotFinite(gradient, "gradient", module, batch, step, rateFactor);
        optimiser.Step(rateFactor);
        module.Temperature?.Limit();
        optimiser.ZeroGrad();
        return (value, gradient);
    }

    private Tensor Loss(StaticEncoderModule module, PairBatch batch, double temperature)
    {
        var left = module.Forward(batch.Left);                                                    // [B, H]
        var right = module.Forward(batch.Right);                                                  // [B, H]
        var duplicates = Tensor.From(batch.Duplicates(), batch.Count, batch.Count);               // [B, B]
        var pairs = new ContrastiveBatch(left, right) { Excluded = duplicates };
        using var autocast = Autocast.Begin(DType.BFloat16, enabled: options.BFloat16);
        var outcome = module.Temperature is { } learned
            ? BidirectionalInfoNce.Compute(pairs, learned, options.Margin)
            : BidirectionalInfoNce.Compute(pairs, temperature, options.Margin);
        return outcome.Mean();
    }

    private DragomanException NotFinite(double value, string what, StaticEncoderModule module, PairBatch batch, long step, double rateFactor)
    {
        var objective = new PairObjective(module, batch, some => Loss(module, some, Temperature(step)), corpus, [.. options.Sources.Select(source => source.Path)]);
        var settings = new FitSettings { LearningRate = options.LearningRate, ClipNorm = options.ClipNorm, Precision = options.BFloat16 ? Precision.BFloat16 : Precision.Float32, Seed = options.Seed };
        var report = new FailureReport(objective, settings, new FitCheckpoint(context.CheckpointPath, "", keep: 1), _recent).Of(value, what, [.. Enumerable.Range(0, batch.Count)], step + 1, options.LearningRate * rateFactor);
        foreach (var line in report.Lines) context.Log.Print(line);
        context.Log.Event("failure", report.Entry);
        return new DragomanException(report.Sentence);
    }

    private List<ParameterGroup> Groups(StaticEncoderModule module)
    {
        List<ParameterGroup> groups =
            [new([module.Table], options.LearningRate, 0), new([module.RawWeights], options.LearningRate * options.WeightRateFactor, 0)];
        if (module.Temperature is { } temperature) groups.Add(new(temperature.Parameters, options.LearningRate * options.WeightRateFactor, 0));
        return groups;
    }

    private double Temperature(long step) => options.FirstTemperature + (options.LastTemperature - options.FirstTemperature) * step / Math.Max(1, options.Steps - 1);

    private long Resume(StaticEncoderModule module, AdamW optimiser)
    {
        var stepPath = Path.Combine(context.CheckpointPath, StepFile);
        if (!context.Resume || !File.Exists(stepPath)) return 0;
        var step = long.Parse(File.ReadAllText(stepPath), System.Globalization.CultureInfo.InvariantCulture);
        var folder = Path.Combine(context.CheckpointPath, FolderOf(step));
        using (var weights = WeightFile.Open(Path.Combine(folder, ModuleFile))) ModuleWeights.Load(module, weights);
        using (var state = WeightFile.Open(Path.Combine(folder, OptimiserFile))) optimiser.Load(state);
        context.Log.Message($"Going on from the checkpoint of step {step}.");
        return step;
    }

    private void Save(StaticEncoderModule module, AdamW optimiser, long step)
    {
        var folder = Path.Combine(context.CheckpointPath, FolderOf(step));
        Directory.CreateDirectory(folder);
        ModuleWeights.Save(module, Path.Combine(folder, ModuleFile));
        SafetensorsWriter.Write(Path.Combine(folder, OptimiserFile), optimiser.State());
        Collections.Storage.AtomicFile.WriteText(Path.Combine(context.CheckpointPath, StepFile), writer => writer.Write(step));
        context.Log.Event("checkpoint", new JsonObject { ["step"] = step, ["path"] = folder });
        foreach (var old in Directory.GetDirectories(context.CheckpointPath, "step-*").Where(path => path != folder)) Directory.Delete(old, recursive: true);
    }

    private static string FolderOf(long step) => $"step-{step}";
}
