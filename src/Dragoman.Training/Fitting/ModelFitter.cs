using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;
using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Fitting;

/// <summary>
/// The training loop of every neural ranker: AdamW over batches, a schedule, the dev split measured after every epoch, the best measurement's weights kept, and an end when they stop getting better.
/// </summary>
/// <remarks>
/// Order and items follow from seed and epoch, the engine's random numbers from seed and step, so that a run resumed from any checkpoint equals one that was not interrupted, bit by bit, on the
/// same machine and number of threads.
/// </remarks>
internal sealed class ModelFitter(IObjective objective, IDevMeasure? dev, FitSettings settings, FitCheckpoint checkpoint, TrainingContext context)
{
    private readonly LearningRateSchedule _schedule = Schedule(settings, objective.Count);
    private readonly RecentSteps _recent = new();

    /// <summary>Trains, and leaves the best measurement's weights in the model, or the last ones when nothing is measured.</summary>
    /// <param name="cancellationToken">Stops after the step under way.</param>
    internal FitProgress Run(CancellationToken cancellationToken)
    {
        var groups = ParameterRates.Groups(objective.Model, settings);
        using var optimiser = new AdamW(groups);
        using var average = settings.Average > 0 ? new WeightAverage(objective.Model, settings.Average) : null;
        var progress = Start(optimiser, average);
        if (dev is { Before.Count: > 0 } && progress.Step == 0) Tell("Dev before training:", dev.Before);
        while (progress.Epoch < settings.Epochs && !IsStuck(progress))
        {
            progress = Epoch(progress, optimiser, average, cancellationToken);
            progress = Measure(progress, average, cancellationToken);
            Save(optimiser, average, progress);
        }
        if (IsStuck(progress)) context.Log.Message($"Stopped: no better {dev!.Name} on dev in {settings.Patience} epochs.");
        if (progress.BestEpoch > 0) checkpoint.LoadBest(objective.Model, progress.BestStep);
        else average?.Swap();
        return progress;
    }

    private FitProgress Start(AdamW optimiser, WeightAverage? average)
    {
        var kept = context.Resume ? checkpoint.Load(objective.Model, optimiser, average) : null;
        if (kept is null) checkpoint.Delete();                                             // what a run without a checkpoint left may be another configuration's
        var progress = kept ?? new FitProgress();
        if (progress.StepInEpoch > 0) context.Log.Message($"Going on after step {progress.Step}, in epoch {progress.Epoch + 1}, from {checkpoint.FolderPath}.");
        else if (progress.Epoch > 0) context.Log.Message($"Going on after epoch {progress.Epoch}, from {checkpoint.FolderPath}.");
        context.Log.Begin(StepsPerEpoch(settings, objective.Count) * settings.Epochs, progress.Step, StepsPerEpoch(settings, objective.Count));
        return progress;
    }

    private FitProgress Epoch(FitProgress progress, AdamW optimiser, WeightAverage? average, CancellationToken cancellationToken)
    {
        var epoch = progress.Epoch + 1;
        objective.Begin(epoch, cancellationToken);
        var steps = objective.Batches(epoch, settings.BatchSize).Chunk(settings.Accumulate).ToList();
        objective.Model.Train();
        var (start, seenBefore) = (context.Time.GetTimestamp(), progress.Seen);
        for (var step = progress.StepInEpoch; step < steps.Count; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var factor = _schedule.Factor(optimiser.Steps);
            var (outcome, norm, items) = Step(steps[step], optimiser, factor, layersToo: step == steps.Count - 1);
            _recent.Add(optimiser.Steps, outcome.Loss, settings.LearningRate * factor, norm);
            average?.Update(optimiser.Steps);
            progress = Add(progress, outcome, items) with { StepInEpoch = step + 1, Step = optimiser.Steps };
            var rate = (progress.Seen - seenBefore) / context.Time.GetElapsedTime(start).TotalSeconds;
            context.Log.Step(optimiser.Steps, outcome.Loss, settings.LearningRate * factor, rate, [.. outcome.Numbers, ("gradient", norm)]);
            if (settings.CheckpointSteps > 0 && optimiser.Steps % settings.CheckpointSteps == 0 && step + 1 < steps.Count) Save(optimiser, average, progress);
        }
        objective.Model.Train(false);
        return progress;
    }

    private (BatchOutcome Outcome, double Norm, int Items) Step(int[][] batches, AdamW optimiser, double factor, bool layersToo)
    {
        Torch.ManualSeed(unchecked((settings.Seed * 1_000_003L) + optimiser.Steps));
        optimiser.ZeroGrad();
        var items = batches.Sum(batch => batch.Length);
        var (loss, numbers) = (0.0, new List<(string Name, double Value)>());
        foreach (var batch in batches)
        {
            var share = (double)batch.Length / items;
            var outcome = objective.Backward(batch, share);
            loss += outcome.Loss * share;
            numbers = [.. outcome.Numbers.Select((number, place) => (number.Name, (numbers.Count == 0 ? 0 : numbers[place].Value) + number.Value * share))];
            if (!double.IsFinite(outcome.Loss)) throw NotFinite(outcome.Loss, "loss", batch, optimiser, factor);
        }
        var norm = GradientClipping.ByNorm(optimiser.Parameters, settings.ClipNorm > 0 ? settings.ClipNorm : double.PositiveInfinity);
        if (!double.IsFinite(norm)) throw NotFinite(norm, "gradient", [.. batches.SelectMany(batch => batch)], optimiser, factor);
        using var movement = layersToo ? new LayerMovement(objective.Model) : null;
        optimiser.Step(factor);
        objective.AfterStep();
        if (movement is not null) context.Log.Event("layers", new JsonObject { ["step"] = optimiser.Steps, ["layers"] = movement.AfterStep() });
        return (new BatchOutcome(loss, numbers), norm, items);
    }

    private DragomanException NotFinite(double value, string what, IReadOnlyList<int> batch, AdamW optimiser, double factor)
    {
        var report = new FailureReport(objective, settings, checkpoint, _recent).Of(value, what, batch, optimiser.Steps + 1, settings.LearningRate * factor);
        foreach (var line in report.Lines) context.Log.Print(line);
        context.Log.Event("failure", report.Entry);
        return new DragomanException(report.Sentence);
    }

    private void Save(AdamW optimiser, WeightAverage? average, FitProgress progress)
    {
        checkpoint.Save(objective.Model, optimiser, average, progress);
        context.Log.Event("checkpoint", new JsonObject { ["step"] = progress.Step, ["epoch"] = progress.Epoch, ["path"] = checkpoint.Newest });
    }

    private FitProgress Measure(FitProgress progress, WeightAverage? average, CancellationToken cancellationToken)
    {
        var epoch = progress.Epoch + 1;
        var means = progress.Sums.Select(sum => (sum.Name, Value: sum.Sum / progress.Seen)).ToList();
        var entry = new JsonObject { ["epoch"] = epoch };
        foreach (var (name, value) in means) entry[name] = value;
        var text = $"Epoch {epoch}: {string.Join(", ", means.Select(mean => FormattableString.Invariant($"{mean.Name} {mean.Value:0.0000}")))}.";
        progress = progress with { Epoch = epoch, StepInEpoch = 0, Seen = 0, Sums = [] };
        if (dev is null)
        {
            context.Log.Message(text);
        }
        else
        {
            average?.Swap();
            var measures = dev.Measure(cancellationToken);
            foreach (var (name, value) in measures) entry[name] = value;
            Tell(text + " Dev:", measures);
            if (progress.BestEpoch == 0 || measures[dev.Name] > progress.Best)
            {
                progress = progress with { BestEpoch = epoch, BestStep = progress.Step, Best = measures[dev.Name] };
                checkpoint.SaveBest(objective.Model, progress.Step);
            }
            average?.Swap();
        }
        context.Log.Event("epoch", entry.DeepClone().AsObject());
        return progress with { History = [.. progress.History.Select(past => past!.DeepClone()), entry] };
    }

    private static FitProgress Add(FitProgress progress, BatchOutcome outcome, int items)
    {
        var numbers = outcome.Numbers.Prepend(("loss", outcome.Loss)).ToList();
        var sums = numbers.Select((number, place) => (number.Item1, (progress.Sums.Count == 0 ? 0 : progress.Sums[place].Sum) + number.Item2 * items));
        return progress with { Seen = progress.Seen + items, Sums = [.. sums] };
    }

    private bool IsStuck(FitProgress progress) => progress.BestEpoch > 0 && progress.Epoch - progress.BestEpoch >= settings.Patience;

    private static long StepsPerEpoch(FitSettings settings, int items)
    {
        var batches = (items + settings.BatchSize - 1) / settings.BatchSize;
        return (batches + settings.Accumulate - 1) / settings.Accumulate;
    }

    private static LearningRateSchedule Schedule(FitSettings settings, int items)
    {
        var total = StepsPerEpoch(settings, items) * settings.Epochs;
        var warmup = settings.WarmupEpochs is { } epochs ? (long)Math.Round(epochs * StepsPerEpoch(settings, items)) : (long)(settings.Warmup * total);
        return settings.Schedule switch
        {
            RateSchedule.Cosine => LearningRateSchedule.Cosine(warmup, total),
            RateSchedule.Constant => LearningRateSchedule.Constant(warmup),
            _ => LearningRateSchedule.Linear(warmup, total),
        };
    }

    private void Tell(string start, IReadOnlyDictionary<string, double> measures)
    {
        static string Listed(IEnumerable<KeyValuePair<string, double>> some) => string.Join(", ", some.Select(measure => FormattableString.Invariant($"{measure.Key} {measure.Value:0.0000}")));
        var (collapse, quality) = (measures.Where(measure => CollapseLimits.IsOne(measure.Key)).ToList(), measures.Where(measure => !CollapseLimits.IsOne(measure.Key)));
        context.Log.Message($"{start} {Listed(quality)}.");
        if (collapse.Count > 0) context.Log.Message($"  vectors: {Listed(collapse.Where(measure => measure.Key != CollapseLimits.DimensionName))}.");
    }
}
