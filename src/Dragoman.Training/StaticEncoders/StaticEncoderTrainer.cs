using System.Diagnostics;
using Dragoman.Collections.Errors;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Tensors.Weights;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;

namespace Dragoman.Training.StaticEncoders;

/// <summary>The training loop of a static encoder: batch, loss, gradient, AdamW; checkpoints that a later run goes on from with the same result.</summary>
internal sealed class StaticEncoderTrainer(StaticEncoderOptions options, ParallelCorpus corpus, int vocabularySize, TrainingContext context)
{
    private const string ModuleFile = "module.safetensors", OptimiserFile = "optimiser.safetensors", StepFile = "step.txt";
    private const double Beta2 = 0.98;

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
            var loss = Step(module, optimiser, batch, Temperature(step), factor);
            if (!double.IsFinite(loss)) throw new DragomanException($"The loss became {loss} at step {step + 1}; lower training.learning_rate ({options.LearningRate}) and run again with --resume to go on from the last checkpoint.");
            pairs += batch.Count;
            context.Log.Step(step + 1, loss, options.LearningRate * factor, pairs / clock.Elapsed.TotalSeconds, ("temperature", module.Temperature?.Value ?? Temperature(step)));
            if ((step + 1) % options.CheckpointSteps == 0 && step + 1 < options.Steps) Save(module, optimiser, step + 1);
        }
        return module;
    }

    private double Step(StaticEncoderModule module, AdamW optimiser, PairBatch batch, double temperature, double rateFactor)
    {
        using var scope = TensorScope.Begin();
        var left = module.Forward(batch.Left);                                                    // [B, H]
        var right = module.Forward(batch.Right);                                                  // [B, H]
        var duplicates = Tensor.From(batch.Duplicates(), batch.Count, batch.Count);               // [B, B]
        var pairs = new ContrastiveBatch(left, right) { Excluded = duplicates };
        Tensor loss;
        using (Autocast.Begin(DType.BFloat16, enabled: options.BFloat16))
        {
            var outcome = module.Temperature is { } learned
                ? BidirectionalInfoNce.Compute(pairs, learned, options.Margin)
                : BidirectionalInfoNce.Compute(pairs, temperature, options.Margin);
            loss = outcome.Mean();
        }
        loss.Backward();
        optimiser.Step(rateFactor);
        module.Temperature?.Limit();
        optimiser.ZeroGrad();
        return loss.Item();
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
        foreach (var old in Directory.GetDirectories(context.CheckpointPath, "step-*").Where(path => path != folder)) Directory.Delete(old, recursive: true);
    }

    private static string FolderOf(long step) => $"step-{step}";
}
