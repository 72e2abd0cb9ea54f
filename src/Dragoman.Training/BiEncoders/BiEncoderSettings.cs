using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;

namespace Dragoman.Training.BiEncoders;

/// <summary>What a bi-encoder minimises, as a configuration gives it.</summary>
internal sealed record BiEncoderLossSettings
{
    /// <summary>Divides the cosines.</summary>
    internal double Temperature { get; init; } = 0.05;

    /// <summary>Whether the temperature is learned; <see cref="Temperature"/> is then the first one.</summary>
    internal bool LearnTemperature { get; init; }

    /// <summary>Taken from the cosine of each pair.</summary>
    internal double Margin { get; init; }

    /// <summary>Folder of a bi-encoder that says which passages of a batch are no negatives; null for none.</summary>
    internal string? Guide { get; init; }

    /// <summary>How much less than a query's own passage the guide must score another that counts as a negative.</summary>
    internal double GuideMargin { get; init; }

    /// <summary>A loss over a query's own candidates; null for InfoNCE over the batch.</summary>
    internal IRankingLoss? OwnCandidates { get; init; }

    /// <summary>Divides the cosines before <see cref="OwnCandidates"/>: <see cref="Temperature"/>, or 1 where that loss divides them itself.</summary>
    internal double OwnTemperature { get; init; } = 1;
}

/// <summary>How a bi-encoder is trained.</summary>
internal sealed record BiEncoderSettings
{
    /// <summary>What it starts from.</summary>
    internal required EncoderStart Encoder { get; init; }

    /// <summary>How a text becomes one vector.</summary>
    internal required SentenceModel Sentence { get; init; }

    /// <summary>The collection folder; null when <see cref="Parallel"/> is given.</summary>
    internal string? Collection { get; init; }

    /// <summary>Parallel text to train on in the place of a collection; null for none.</summary>
    internal ParallelPairSettings? Parallel { get; init; }

    /// <summary>Split that is trained on.</summary>
    internal required string TrainSplit { get; init; }

    /// <summary>Split that epochs are compared by; null keeps the last epoch.</summary>
    internal required string? DevSplit { get; init; }

    /// <summary>The dev split, whether or not epochs are compared by it; null for parallel text.</summary>
    internal string? HeldOutSplit { get; init; }

    /// <summary>Whether choosing on a test split is wanted.</summary>
    internal bool ChooseOnTest { get; init; }

    /// <summary>Which passages a query is trained with.</summary>
    internal required CandidateSettings Candidates { get; init; }

    /// <summary>What of it is drawn in proportion to what is wanted; null for nothing.</summary>
    internal SamplingSettings? Sampling { get; init; }

    /// <summary>What is minimised.</summary>
    internal required BiEncoderLossSettings Loss { get; init; }

    /// <summary>What is learned from another model.</summary>
    internal DistillationSettings Distillation { get; init; } = new();

    /// <summary>How often a batch is passed through the model.</summary>
    internal PassSettings Passes { get; init; } = new();

    /// <summary>How it is fitted.</summary>
    internal required FitSettings Fit { get; init; }

    /// <summary>Most tokens that are encoded at once; 0 for a batch at once.</summary>
    internal int MaxBatchTokens { get; init; }
}
