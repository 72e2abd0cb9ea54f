using Dragoman.Training.Losses;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.Distillation;

/// <summary>What a model learns from another one.</summary>
internal sealed record DistillationSettings
{
    /// <summary>A run, or the folder of a cross-encoder or a bi-encoder, that scores the candidates; null for none.</summary>
    internal string? Teacher { get; init; }

    /// <summary>What compares with the teacher's scores; null where the ranking loss itself does.</summary>
    internal IRankingLoss? Loss { get; init; }

    /// <summary>Divides a bi-encoder's cosines before <see cref="Loss"/> sees them.</summary>
    internal double CosineTemperature { get; init; } = 1;

    /// <summary>Share of <see cref="Loss"/>, the ranking loss having the rest, within [0, 1].</summary>
    internal double Weight { get; init; } = 0.5;

    /// <summary>Whether a candidate that the teacher's run lacks ends the training; else it is left out of the comparison and counted.</summary>
    internal bool RefusesMissing { get; init; }

    /// <summary>Longest pair that a teacher reads which is a cross-encoder, in tokens.</summary>
    internal int MaxLength { get; init; } = 256;

    /// <summary>What vectors are learned; null for none.</summary>
    internal EmbeddingDistillationSettings? Embeddings { get; init; }
}

/// <summary>Whose vectors a bi-encoder learns, and for which texts.</summary>
internal sealed record EmbeddingDistillationSettings
{
    /// <summary>Folder of the bi-encoder.</summary>
    internal required string Teacher { get; init; }

    /// <summary>Share of the squared distance, what is left going to the ranking, within [0, 1].</summary>
    internal double Weight { get; init; } = 0.5;

    /// <summary>Language of the parallel text that the teacher reads.</summary>
    internal string Source { get; init; } = "";

    /// <summary>Parallel text; empty for the queries and passages that are trained on.</summary>
    internal IReadOnlyList<ParallelSource> Parallel { get; init; } = [];
}
