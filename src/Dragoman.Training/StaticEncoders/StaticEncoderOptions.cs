using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.StaticEncoders;

/// <summary>A whole training run of a static encoder.</summary>
public sealed record StaticEncoderOptions
{
    /// <summary>The model's name, part of its identity.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of every draw.</summary>
    public required int Seed { get; init; }

    /// <summary>The parallel text.</summary>
    public required IReadOnlyList<ParallelSource> Sources { get; init; }

    /// <summary>A finished SentencePiece model; null to make one from <see cref="Vocabulary"/>.</summary>
    public string? VocabularyModel { get; init; }

    /// <summary>How to make the vocabulary.</summary>
    public VocabularyOptions Vocabulary { get; init; } = new();

    /// <summary>Length of a vector, H.</summary>
    public int Dimension { get; init; } = 384;

    /// <summary>Longest text in tokens; the rest is cut off.</summary>
    public int MaxTokens { get; init; } = 96;

    /// <summary>How pairs are drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Optimiser steps.</summary>
    public int Steps { get; init; } = 6000;

    /// <summary>Steps over which the learning rate rises; it falls as a cosine after them.</summary>
    public int WarmupSteps { get; init; } = 300;

    /// <summary>Peak learning rate of the table.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Learning rate of the token weights, as a multiple of the table's.</summary>
    public double WeightRateFactor { get; init; } = 0.3;

    /// <summary>Longest gradient; longer ones are scaled down. 0 leaves them as they are.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Temperature of the loss at the first step.</summary>
    public double FirstTemperature { get; init; } = 0.05;

    /// <summary>Temperature of the loss at the last step; the way there is linear.</summary>
    public double LastTemperature { get; init; } = 0.05;

    /// <summary>Whether the temperature is learned, from <see cref="FirstTemperature"/> on and within [0.01, 1]; <see cref="LastTemperature"/> then means nothing.</summary>
    public bool LearnTemperature { get; init; }

    /// <summary>Additive margin of the loss.</summary>
    public double Margin { get; init; }

    /// <summary>Whether the product of the two sides is computed in bfloat16.</summary>
    public bool BFloat16 { get; init; } = true;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointSteps { get; init; } = 1000;

    /// <summary>Language pairs to measure on held-out rows, query language first.</summary>
    public IReadOnlyList<(string From, string To)> EvaluationPairs { get; init; } = [];
}
