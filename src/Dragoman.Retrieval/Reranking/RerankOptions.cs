namespace Dragoman.Retrieval.Reranking;

/// <summary>How candidates are reranked.</summary>
public sealed record RerankOptions
{
    /// <summary>How many candidates of a query are scored, best first; the others keep their order below them.</summary>
    /// <value>All by default.</value>
    public int? Depth { get; init; }

    /// <summary>Longest pair in tokens, special tokens included.</summary>
    /// <value>256 by default, as in the source experiments.</value>
    public int MaxLength { get; init; } = 256;

    /// <summary>Longest query in tokens.</summary>
    /// <value>By default what leaves half of the pair to the passage.</value>
    public int? MaxQueryLength { get; init; }

    /// <summary>The tag of the new run.</summary>
    /// <value><c>rerank</c> by default.</value>
    public string Tag { get; init; } = "rerank";

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Depth < 1) yield return $"Depth is {Depth}; use 1 or more.";
        if (MaxLength < 8) yield return $"MaxLength is {MaxLength}; use 8 or more.";
        if (MaxQueryLength is { } query && (query < 1 || query > MaxLength - 4)) yield return $"MaxQueryLength is {query}; use a value from 1 to MaxLength - 4.";
    }
}
