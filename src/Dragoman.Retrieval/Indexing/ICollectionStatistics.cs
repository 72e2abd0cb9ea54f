namespace Dragoman.Retrieval.Indexing;

/// <summary>What a term-matching retriever needs to know of the whole collection; an interface, so that parts of a collection can share it.</summary>
public interface ICollectionStatistics
{
    /// <summary>Number of passages with at least one term.</summary>
    long PassageCount { get; }

    /// <summary>Mean number of terms of those passages; 0 when there are none.</summary>
    double AverageLength { get; }

    /// <summary>Number of passages that hold a term.</summary>
    /// <param name="term">The term, as the analyzer gave it.</param>
    long PassagesWith(string term);
}
