using Dragoman.Training.Losses;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.Distillation;

/// <summary>What a model learns from another one.</summary>
public sealed record DistillationSettings
{
    /// <summary>A run, or the folder of a cross-encoder or a bi-encoder, that scores the candidates; null for none.</summary>
    public string? Teacher { get; init; }

    /// <summary>What compares with the teacher's scores; null where the ranking loss itself does.</summary>
    public IRankingLoss? Loss { get; init; }

    /// <summary>Divides a bi-encoder's cosines before <see cref="Loss"/> sees them.</summary>
    public double CosineTemperature { get; init; } = 1;

    /// <summary>Share of <see cref="Loss"/>, the ranking loss having the rest, within [0, 1].</summary>
    public double Weight { get; init; } = 0.5;

    /// <summary>Whether a candidate that the teacher's run lacks ends the training; else it is left out of the comparison and counted.</summary>
    public bool RefusesMissing { get; init; }

    /// <summary>Longest pair that a teacher reads which is a cross-encoder, in tokens.</summary>
    public int MaxLength { get; init; } = 256;

    /// <summary>What vectors are learned; null for none.</summary>
    public EmbeddingDistillationSettings? Embeddings { get; init; }
}

/// <summary>Whose vectors a bi-encoder learns, and for which texts.</summary>
public sealed record EmbeddingDistillationSettings
{
    /// <summary>Folder of the bi-encoder.</summary>
    public required string Teacher { get; init; }

    /// <summary>Share of the squared distance, what is left going to the ranking, within [0, 1].</summary>
    public double Weight { get; init; } = 0.5;

    /// <summary>Language of the parallel text that the teacher reads.</summary>
    public string Source { get; init; } = "";

    /// <summary>Parallel text; empty for the queries and passages that are trained on.</summary>
    public IReadOnlyList<ParallelSource> Parallel { get; init; } = [];
}
