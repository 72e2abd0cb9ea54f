using System.Text.Json.Nodes;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.CrossEncoders;

/// <summary>
/// The training loop of a cross-encoder: AdamW with a linear schedule, batches of like length, the dev split's candidates reranked after every epoch, the best epoch
/// kept, and an end when epochs stop getting better.
/// </summary>
/// <remarks>
/// Everything random starts from the seed and the epoch, so that a run resumed from a checkpoint equals one that was not interrupted, on the same machine and threads.
/// </remarks>
internal sealed class CrossEncoderTrainer(
    CrossEncoder crossEncoder, ITokenizer tokenizer, GroupSampler sampler, DevRanking? dev, CrossEncoderSettings settings, CrossEncoderCheckpoint checkpoint, TrainingContext context)
{
    private readonly SequenceClassifier _model = crossEncoder.Model;
    private readonly PairTokenizer _pairs = new(tokenizer, settings.Encoder.MaxLength, PairTokenizer.DefaultQueryLength(settings.Encoder.MaxLength));

    /// <summary>Trains, and leaves the best epoch's weights in the model.</summary>
    internal CrossEncoderProgress Run(CancellationToken cancellationToken)
    {
        using var optimiser = new AdamW(Groups());
        var progress = (context.Resume ? checkpoint.Load(_model, optimiser) : null) ?? new CrossEncoderProgress(0, 0, 0, 0, []);
        if (!context.Resume) checkpoint.Delete();
        if (progress.Epoch > 0) context.Log.Message($"Going on after epoch {progress.Epoch}, from {context.CheckpointPath}.");
        var stepsPerEpoch = (sampler.Count + settings.BatchSize - 1) / settings.BatchSize;
        var schedule = LearningRateSchedule.Linear((long)(settings.Warmup * stepsPerEpoch * settings.Epochs), (long)stepsPerEpoch * settings.Epochs);
        context.Log.Begin((long)stepsPerEpoch * settings.Epochs, progress.Step);
        if (dev is not null && progress.Epoch == 0) Tell("Dev candidates as they came:", dev.Before);
        while (progress.Epoch < settings.Epochs && !IsStuck(progress))
        {
            var epoch = progress.Epoch + 1;
            var (loss, accuracy) = Epoch(epoch, optimiser, schedule, cancellationToken);
            progress = Judge(progress with { Epoch = epoch, Step = optimiser.Steps }, loss, accuracy, cancellationToken);
            checkpoint.Save(_model, optimiser, progress);
        }
        if (IsStuck(progress)) context.Log.Message($"Stopped: no better {DevRanking.MeasureName} on dev in {settings.Patience} epochs.");
        if (progress.BestEpoch > 0) checkpoint.LoadBest(_model);
        return progress;
    }

    private (double Loss, double Accuracy) Epoch(int epoch, AdamW optimiser, LearningRateSchedule schedule, CancellationToken cancellationToken)
    {
        Torch.ManualSeed(unchecked(settings.Seed * 1_000_003L + epoch));
        _model.Train();
        var groups = sampler.Draw(epoch).Select(Encode).ToList();
        var batches = BucketedBatches.Cut([.. groups.Select(group => group.Max(pair => pair.Ids.Length))], settings.BatchSize, unchecked(settings.Seed * 31 + epoch));
        var step = new CrossEncoderStep(_model, optimiser, settings.Loss, settings.ClipNorm, settings.Precision);
        var (loss, right, seen) = (0.0, 0.0, 0);
        var start = context.Time.GetTimestamp();
        foreach (var batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var factor = schedule.Factor(optimiser.Steps);
            var outcome = step.Take([.. batch.Select(item => groups[item])], factor);
            (loss, right, seen) = (loss + outcome.Loss * batch.Length, right + outcome.Accuracy * batch.Length, seen + batch.Length);
            context.Log.Step(optimiser.Steps, outcome.Loss, settings.LearningRate * factor, seen / context.Time.GetElapsedTime(start).TotalSeconds,
                ("accuracy", outcome.Accuracy), ("gradient", outcome.GradientNorm));
        }
        _model.Train(false);
        return (loss / seen, right / seen);
    }

    private CrossEncoderProgress Judge(CrossEncoderProgress progress, double loss, double accuracy, CancellationToken cancellationToken)
    {
        var entry = new JsonObject { ["epoch"] = progress.Epoch, ["loss"] = loss, ["accuracy"] = accuracy };
        var text = FormattableString.Invariant($"Epoch {progress.Epoch}: loss {loss:0.0000}, {accuracy:0.0%} of positives first.");
        if (dev is null)
        {
            context.Log.Message(text);
        }
        else
        {
            var measures = dev.Measure(crossEncoder, tokenizer, settings.Encoder.MaxLength, cancellationToken);
            foreach (var (name, value) in measures) entry[name] = value;
            Tell(text + " Dev reranked:", measures);
            var reached = measures[DevRanking.MeasureName];
            if (progress.BestEpoch == 0 || reached > progress.Best) progress = progress with { BestEpoch = progress.Epoch, Best = reached };
        }
        context.Log.Event("epoch", entry.DeepClone().AsObject());
        return progress with { History = [.. progress.History.Select(past => past!.DeepClone()), entry] };
    }

    private bool IsStuck(CrossEncoderProgress progress) => progress.BestEpoch > 0 && progress.Epoch - progress.BestEpoch >= settings.Patience;

    private EncodedText[] Encode(TrainingGroup group) =>
        [.. group.Negatives.Prepend(group.Positive).Select(passage => _pairs.Encode(group.Query.Text, passage.FullText))];

    private IReadOnlyList<ParameterGroup> Groups()
    {
        var parts = _model.Parameters.Where(parameter => parameter.Value.RequiresGrad).ToLookup(IsHead);
        return
        [
            .. ParameterGroup.WithoutDecayOnBiases(parts[false], settings.LearningRate, settings.WeightDecay),
            .. ParameterGroup.WithoutDecayOnBiases(parts[true], settings.HeadLearningRate ?? settings.LearningRate, settings.WeightDecay),
        ];
    }

    private void Tell(string start, IReadOnlyDictionary<string, double> measures) =>
        context.Log.Message($"{start} {string.Join(", ", measures.Select(measure => FormattableString.Invariant($"{measure.Key} {measure.Value:0.0000}")))}.");

    private static bool IsHead(Parameter parameter) =>
        parameter.Name.StartsWith("classifier.", StringComparison.Ordinal) || parameter.Name.Contains("pooler.", StringComparison.Ordinal);
}
