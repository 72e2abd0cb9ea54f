using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;
using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;
using Dragoman.Training.Jobs;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Fitting;

/// <summary>
/// The training loop of every neural ranker: AdamW over batches, a schedule, the dev split measured after every epoch, the best measurement's weights kept, and an end when they stop getting better.
/// </summary>
/// <remarks>
/// Order and items follow from seed and epoch, the engine's random numbers from seed and step, so that a run resumed from any checkpoint equals one that was not interrupted, bit by bit, on the
/// same machine and number of threads. Several workers take shares of every batch, whose size is that of the whole: their number changes the result by rounding (and the draws of dropout) only. Worker 0 measures and keeps
/// checkpoints.
/// </remarks>
internal sealed class ModelFitter(IObjective objective, IDevMeasure? dev, FitSettings settings, FitCheckpoint checkpoint, TrainingContext context)
{
    private static readonly JsonSerializerOptions Exact = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly LearningRateSchedule _schedule = Schedule(settings, objective.Count);
    private readonly RecentSteps _recent = new();
    private readonly long _plannedSteps = StepsPerEpoch(settings, objective.Count);
    private bool _replanned;

    /// <summary>The weights under way, for whoever looks at them while this runs.</summary>
    internal TrainingWeights Weights { get; init; } = new();

    private WorkerGroup Workers => context.Workers;

    /// <summary>Trains, and leaves the best measurement's weights in the model, or the last ones when nothing is measured.</summary>
    /// <param name="cancellationToken">Stops after the step under way.</param>
    internal FitProgress Run(CancellationToken cancellationToken)
    {
        var groups = ParameterRates.Groups(objective.Model, settings);
        using var optimiser = new AdamW(groups);
        using var average = settings.Average > 0 && Workers.IsFirst ? new WeightAverage(objective.Model, settings.Average) : null;
        var progress = Start(optimiser, average);
        (Weights.Steps, Weights.Average) = (progress.Step, average);
        try
        {
            return Run(progress, optimiser, average, cancellationToken);
        }
        finally
        {
            Weights.Average = null;
        }
    }

    private FitProgress Run(FitProgress progress, AdamW optimiser, WeightAverage? average, CancellationToken cancellationToken)
    {
        if (dev is { Before.Count: > 0 } && progress.Step == 0) Tell("Dev before training:", dev.Before);
        while (progress.Epoch < settings.Epochs && !IsStuck(progress))
        {
            progress = Epoch(progress, optimiser, average, cancellationToken);
            progress = Measure(progress, average, cancellationToken);
            if (Workers.IsFirst) Save(optimiser, average, progress);
        }
        if (!Workers.IsFirst) return progress;
        if (IsStuck(progress)) context.Log.Message($"Stopped: no better {dev!.Name} on dev in {settings.Patience} epochs.");
        if (progress.BestEpoch > 0) checkpoint.LoadBest(objective.Model, progress.BestStep);
        else average?.Swap();
        return progress;
    }

    private FitProgress Start(AdamW optimiser, WeightAverage? average)
    {
        if (context.Resume) checkpoint.Share(Workers);
        var kept = context.Resume ? checkpoint.Load(objective.Model, optimiser, average) : null;
        if (kept is null) checkpoint.Clear();                                              // what a run without a checkpoint left may be another configuration's
        var progress = kept ?? new FitProgress();
        if (progress.StepInEpoch > 0) context.Log.Message($"Going on after step {progress.Step}, in epoch {progress.Epoch + 1}, from {checkpoint.FolderPath}.");
        else if (progress.Epoch > 0) context.Log.Message($"Going on after epoch {progress.Epoch}, from {checkpoint.FolderPath}.");
        Workers.Share(objective.Model.Parameters);
        context.Log.Begin(_plannedSteps * settings.Epochs, progress.Step, _plannedSteps);
        return progress;
    }

    private FitProgress Epoch(FitProgress progress, AdamW optimiser, WeightAverage? average, CancellationToken cancellationToken)
    {
        var epoch = progress.Epoch + 1;
        objective.Begin(epoch, cancellationToken);
        var steps = objective.Batches(epoch, settings.BatchSize).Chunk(settings.Accumulate).ToList();
        if (steps.Count != _plannedSteps || _replanned) Replan(progress, steps.Count);
        objective.Model.Train();
        var (start, seenBefore) = (context.Time.GetTimestamp(), progress.Seen);
        for (var step = progress.StepInEpoch; step < steps.Count; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The share of the epoch that is done counts: where an epoch is as long as planned, that is the number of steps.
            var factor = _schedule.Factor(_plannedSteps * (epoch - 1) + _plannedSteps * step / steps.Count);
            var (outcome, norm, items) = Step(steps[step], optimiser, factor, layersToo: step == steps.Count - 1 && Workers.IsFirst);
            _recent.Add(optimiser.Steps, outcome.Loss, settings.LearningRate * factor, norm);
            average?.Update(optimiser.Steps);
            Weights.Steps = optimiser.Steps;
            progress = Add(progress, outcome, items) with { StepInEpoch = step + 1, Step = optimiser.Steps };
            var rate = (progress.Seen - seenBefore) / context.Time.GetElapsedTime(start).TotalSeconds;
            context.Log.Step(optimiser.Steps, outcome.Loss, settings.LearningRate * factor, rate, [.. outcome.Numbers, ("gradient", norm)]);
            if (settings.CheckpointSteps > 0 && optimiser.Steps % settings.CheckpointSteps == 0 && step + 1 < steps.Count && Workers.IsFirst) Save(optimiser, average, progress);
        }
        objective.Model.Train(false);
        return progress;
    }

    private (BatchOutcome Outcome, double Norm, int Items) Step(int[][] batches, AdamW optimiser, double factor, bool layersToo)
    {
        Torch.ManualSeed(unchecked((settings.Seed * 1_000_003L) + optimiser.Steps + (Workers.Rank * 1_000_000_007L)));
        optimiser.ZeroGrad();
        var items = batches.Sum(batch => batch.Length);
        var (loss, numbers) = (0.0, new List<(string Name, double Value)>());
        var weights = Array.ConvertAll(batches, objective.Weight);
        var total = weights.Sum();
        foreach (var (place, batch) in batches.Index())
        {
            var share = (double)batch.Length / items;
            var weight = total > 0 ? weights[place] / total : share;
            var outcome = Backward(batch, weight);
            loss += outcome.Loss * weight;
            numbers = [.. outcome.Numbers.Select((number, at) => (number.Name, (numbers.Count == 0 ? 0 : numbers[at].Value) + number.Value * share))];
            if (Workers.IsAlone && !double.IsFinite(outcome.Loss)) throw NotFinite(outcome.Loss, "loss", batch, optimiser, factor);
        }
        if (!Workers.IsAlone) (loss, numbers) = Together(loss, numbers, optimiser);
        if (!double.IsFinite(loss)) throw NotFinite(loss, "loss", [.. batches.SelectMany(batch => batch)], optimiser, factor);
        var norm = GradientClipping.ByNorm(optimiser.Parameters, settings.ClipNorm > 0 ? settings.ClipNorm : double.PositiveInfinity);
        if (!double.IsFinite(norm)) throw NotFinite(norm, "gradient", [.. batches.SelectMany(batch => batch)], optimiser, factor);
        using var movement = layersToo ? new LayerMovement(objective.Model) : null;
        optimiser.Step(factor);
        objective.AfterStep();
        if (movement is not null) context.Log.Event("layers", new JsonObject { ["step"] = optimiser.Steps, ["layers"] = movement.AfterStep() });
        return (new BatchOutcome(loss, numbers), norm, items);
    }

    /// <summary>The batch's gradient and outcome, or this worker's part of both, which add up to them.</summary>
    private BatchOutcome Backward(int[] batch, double weight)
    {
        if (Workers.IsAlone) return objective.Backward(batch, weight);
        if (objective is IJointObjective joint) return Part(joint.Backward(batch, weight, Workers), 1.0 / Workers.Count, 1.0 / Workers.Count);
        var (first, count) = WorkerShare.Of(batch.Length, Workers.Rank, Workers.Count);
        var (part, own, total) = ((double)count / batch.Length, batch[first..(first + count)], objective.Weight(batch));
        var share = total > 0 ? objective.Weight(own) / total : part;
        // Where there are more workers than items, those without one compute the first with no weight, so that they know what there is to add.
        return Part(objective.Backward(count == 0 ? [batch[0]] : own, weight * share), share, part);
    }

    private static BatchOutcome Part(BatchOutcome outcome, double share, double part) =>
        new(outcome.Loss * share, [.. outcome.Numbers.Select(number => (number.Name, number.Value * part))]);

    /// <summary>Tells how many steps there are, where an epoch is not as long as planned: all that follow count as being like this one.</summary>
    private void Replan(FitProgress progress, int steps)
    {
        _replanned = true;
        var before = progress.Step - progress.StepInEpoch;
        context.Log.Replan(before + (settings.Epochs - progress.Epoch) * (long)steps, progress.Epoch + 1, settings.Epochs);
    }

    /// <summary>Adds up the gradients and outcomes of all workers.</summary>
    private (double Loss, List<(string Name, double Value)> Numbers) Together(double loss, List<(string Name, double Value)> numbers, AdamW optimiser)
    {
        double[] sums = [loss, .. numbers.Select(number => number.Value)];
        Workers.Sum(sums);
        Workers.SumGradients([.. optimiser.Parameters]);
        return (sums[0], [.. numbers.Select((number, place) => (number.Name, sums[place + 1]))]);
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
            var measures = MeasureOnce(dev, cancellationToken);
            foreach (var (name, value) in measures) entry[name] = value;
            Tell(text + " Dev:", measures);
            if (progress.BestEpoch == 0 || measures[dev.Name] > progress.Best)
            {
                progress = progress with { BestEpoch = epoch, BestStep = progress.Step, Best = measures[dev.Name] };
                if (Workers.IsFirst) checkpoint.SaveBest(objective.Model, progress.Step);
            }
            average?.Swap();
        }
        context.Log.Event("epoch", entry.DeepClone().AsObject());
        return progress with { History = [.. progress.History.Select(past => past!.DeepClone()), entry] };
    }

    /// <summary>Worker 0 measures, the others learn what it found.</summary>
    private IReadOnlyDictionary<string, double> MeasureOnce(IDevMeasure measure, CancellationToken cancellationToken)
    {
        if (Workers.IsAlone) return measure.Measure(cancellationToken);
        var found = Workers.Decide(() => JsonSerializer.Serialize(measure.Measure(cancellationToken), Exact));
        return JsonSerializer.Deserialize<Dictionary<string, double>>(found, Exact)!;
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
