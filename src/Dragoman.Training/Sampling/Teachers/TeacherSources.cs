using Dragoman.Models;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>What teachers are made from.</summary>
internal sealed record TeacherSources
{
    /// <summary>The model in training as a scorer, as it is when it is asked for; it does not own the model.</summary>
    internal required Func<IPairScorer> Trained { get; init; }

    /// <summary>Whether the model in training gives cosines; else logits.</summary>
    internal required bool IsBiEncoder { get; init; }

    /// <summary>Longest pair that a cross-encoder reads, in tokens.</summary>
    internal int MaxLength { get; init; } = 256;

    /// <summary>Type of a model's matrix products.</summary>
    internal Precision Precision { get; init; }

    /// <summary>The run.</summary>
    internal required TrainingContext Context { get; init; }
}
