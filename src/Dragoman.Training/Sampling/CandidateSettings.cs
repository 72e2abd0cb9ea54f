namespace Dragoman.Training.Sampling;

/// <summary>Which passages a query is trained with, as the section <c>negatives</c> gives it, the same for every neural ranker.</summary>
public sealed record CandidateSettings
{
    /// <summary>How groups are drawn.</summary>
    public required GroupOptions Options { get; init; }

    /// <summary>A run that hard negatives come from; null for none.</summary>
    public string? Run { get; init; }

    /// <summary>Whether negatives are searched for in the collection.</summary>
    public bool Mines { get; init; }

    /// <summary>Folder of the encoder that searches, once; null for the model that is trained, at the beginning of every epoch.</summary>
    public string? MineWith { get; init; }

    /// <summary>The first epoch with mined negatives.</summary>
    public int MineFrom { get; init; } = 1;

    /// <summary>Passages that are encoded at once when searching.</summary>
    public int MineBlock { get; init; } = 4096;
}
