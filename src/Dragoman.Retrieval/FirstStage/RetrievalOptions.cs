namespace Dragoman.Retrieval.FirstStage;

/// <summary>How many passages a retriever gives and which take part.</summary>
public sealed record RetrievalOptions
{
    /// <summary>Number of passages per query at most, 1 or more.</summary>
    /// <value>1000 by default.</value>
    public int Depth { get; init; } = 1000;

    /// <summary>Only passages in these languages take part; statistics such as document frequencies are counted over them alone.</summary>
    /// <value>Null by default: all languages of the index.</value>
    public IReadOnlyCollection<string>? Languages { get; init; }

    /// <summary>Passages in these languages do not take part.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyCollection<string> ExcludedLanguages { get; init; } = [];

    /// <summary>Ids of passages that are left out of the rankings; they still count in the statistics. Unknown ids are ignored.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyCollection<string> ExcludedPassageIds { get; init; } = [];

    /// <summary>The only passages that may be found, for example those with a phrase (<see cref="Phrases.PhraseFinder"/>); the others still count in the statistics. Made for the same opened index.</summary>
    /// <value>Null by default: all.</value>
    public PassageFilter? Filter { get; init; }
}
