using Dragoman.Collections;
using Dragoman.Collections.Storage;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Rejection.Ledger;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>What a job gives to sampling.</summary>
internal sealed record SamplingStart
{
    /// <summary>The settings.</summary>
    internal required SamplingSettings Settings { get; init; }

    /// <summary>Judgements of the training split.</summary>
    internal required Qrels Qrels { get; init; }

    /// <summary>The run of the section <c>negatives</c>; null for none.</summary>
    internal Run? Run { get; init; }

    /// <summary>Its file; null for none.</summary>
    internal string? RunPath { get; init; }

    /// <summary>Negatives of a group.</summary>
    internal required int Negatives { get; init; }

    /// <summary>The model in training as a scorer, as it is when it is asked; it does not own the model.</summary>
    internal required Func<IPairScorer> Model { get; init; }

    /// <summary>The teacher; null for none. Stays the caller's.</summary>
    internal IRelevanceTeacher? Teacher { get; init; }

    /// <summary>Makes ready to draw.</summary>
    /// <param name="sampler">The groups without sampling.</param>
    /// <param name="passages">The collection's passages.</param>
    /// <param name="searchIsModel">Whether the model in training is what searches.</param>
    /// <param name="context">The run.</param>
    internal EpochSampling Begin(GroupSampler sampler, PassageCatalogue passages, bool searchIsModel, TrainingContext context)
    {
        if (Settings.Teacher?.Kind == TeacherKind.Self) context.Log.Message("warning: sampling.teacher.from is self: the model in training is asked about its own examples, and confirms its own errors. Take folds, or a model that did not see them.");
        return new EpochSampling(Settings, new EpochSources
        {
            Sampler = sampler,
            Passages = passages,
            Run = Run,
            Negatives = Negatives,
            Model = Model,
            SearchIsModel = searchIsModel,
            Teacher = Teacher,
            Data = SamplingLedger.DataOf(Qrels, RunPath is { } path ? [Fingerprint.OfFile(path)] : []),
            Threads = context.Threads ?? Environment.ProcessorCount,
            Time = context.Time,
            Tell = context.Log.Message,
            Note = context.Log.Event,
        });
    }
}
