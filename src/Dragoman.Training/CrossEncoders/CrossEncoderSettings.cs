using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;

namespace Dragoman.Training.CrossEncoders;

/// <summary>What a cross-encoder is trained and chosen on.</summary>
public sealed record CrossEncoderData
{
    /// <summary>The collection folder.</summary>
    public required string Collection { get; init; }

    /// <summary>Split of the judgements that training groups are made from; null for the only one.</summary>
    public required string? TrainSplit { get; init; }

    /// <summary>Split of the judgements that epochs are compared by.</summary>
    public string? DevSplit { get; init; }

    /// <summary>Candidates that are reranked after each epoch; null keeps the last epoch.</summary>
    public string? DevRun { get; init; }

    /// <summary>How many candidates of a query are reranked.</summary>
    public int DevDepth { get; init; } = 100;

    /// <summary>Whether choosing on a test split is wanted.</summary>
    public bool ChooseOnTest { get; init; }
}

/// <summary>How a cross-encoder is trained.</summary>
public sealed record CrossEncoderSettings
{
    /// <summary>What it starts from.</summary>
    public required EncoderStart Encoder { get; init; }

    /// <summary>What it is trained on.</summary>
    public required CrossEncoderData Data { get; init; }

    /// <summary>Which passages a query is trained with.</summary>
    public required CandidateSettings Candidates { get; init; }

    /// <summary>What of it is drawn in proportion to what is wanted; null for nothing.</summary>
    internal SamplingSettings? Sampling { get; init; }

    /// <summary>What is minimised.</summary>
    public required IRankingLoss Loss { get; init; }

    /// <summary>What is learned from another model.</summary>
    internal DistillationSettings Distillation { get; init; } = new();

    /// <summary>How often a batch is passed through the model.</summary>
    internal PassSettings Passes { get; init; } = new();

    /// <summary>How it is fitted.</summary>
    public FitSettings Fit { get; init; } = new();

    /// <summary>Most tokens that are computed at once in training; 0 for a batch at once.</summary>
    public int MaxBatchTokens { get; init; }
}
