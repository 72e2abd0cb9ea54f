using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Statistics over some partitions of an index. Whole numbers are summed, so that they do not depend on how the passages lie in segments.</summary>
internal sealed class CollectionStatistics : ICollectionStatistics
{
    internal CollectionStatistics(IReadOnlyList<IndexPartition> partitions)
    {
        Partitions = partitions;
        PassageCount = partitions.Sum(partition => (long)partition.LiveWithTerms);
        TokenCount = partitions.Sum(partition => partition.LiveTokens);
        AverageLength = PassageCount == 0 ? 0 : (double)TokenCount / PassageCount;
    }

    public long PassageCount { get; }

    public long TokenCount { get; }

    public double AverageLength { get; }

    internal IReadOnlyList<IndexPartition> Partitions { get; }

    public TermStatistics Of(string term) => Of(Find(term));

    /// <summary>Where a term occurs.</summary>
    internal PartitionTerm[] Find(string term)
    {
        Span<byte> buffer = stackalloc byte[TermForm.MaxBytes];
        var bytes = buffer[..TermForm.Write(term, buffer)];
        var found = new List<PartitionTerm>(Partitions.Count);
        foreach (var partition in Partitions)
        {
            if (partition.TryFind(bytes, out var place) && place.LivePassages > 0) found.Add(place);
        }
        return [.. found];
    }

    /// <summary>The statistics of a term that was found.</summary>
    internal static TermStatistics Of(PartitionTerm[] places)
    {
        var (passages, occurrences) = (0L, 0L);
        foreach (var place in places)
        {
            passages += place.LivePassages;
            occurrences += place.LiveOccurrences;
        }
        return new TermStatistics(passages, occurrences);
    }
}
