namespace Dragoman.Retrieval.Indexing;

/// <summary>What a term-matching retriever needs to know of the whole collection; an interface, so that parts of a collection can share it.</summary>
public interface ICollectionStatistics
{
    /// <summary>Number of passages with at least one term.</summary>
    long PassageCount { get; }

    /// <summary>Number of terms of those passages, repetitions included.</summary>
    long TokenCount { get; }

    /// <summary>Mean number of terms of those passages; 0 when there are none.</summary>
    double AverageLength { get; }

    /// <summary>What the collection knows of a term.</summary>
    /// <param name="term">The term, as the analyzer gave it.</param>
    TermStatistics Of(string term);
}

/// <summary>What a collection knows of a term.</summary>
/// <param name="Passages">Number of passages that hold it.</param>
/// <param name="Occurrences">How often it occurs in them together.</param>
public readonly record struct TermStatistics(long Passages, long Occurrences);
