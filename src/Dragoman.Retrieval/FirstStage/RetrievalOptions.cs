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

    /// <summary>Whether dense search reads every vector, also where the index has a graph of near ones. A graph finds nearly all of the nearest, not always all.</summary>
    /// <value>False by default.</value>
    public bool Exact { get; init; }

    /// <summary>Vectors that a search through a graph keeps on its way, ef of Malkov and Yashunin, 1 or more: the more, the surer and the slower. At least twice <see cref="Depth"/> are kept.</summary>
    /// <value>100 by default.</value>
    public int Breadth { get; init; } = 100;

    /// <summary>The only passages that may be found, for example those with a phrase (<see cref="Phrases.PhraseFinder"/>); the others still count in the statistics. Made for the same opened index.</summary>
    /// <value>Null by default: all.</value>
    public PassageFilter? Filter { get; init; }
}
