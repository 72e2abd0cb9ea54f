using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A segment with the passages of it that are deleted.</summary>
/// <param name="reader">The segment.</param>
/// <param name="deleted">One bit a passage; null when none is deleted. Not changed by this object.</param>
/// <param name="weights">The weights of query terms in its passages; null when the index has none.</param>
/// <param name="graphs">The graphs of its vectors; null when it has none.</param>
internal sealed class LiveSegment(SegmentReader reader, Tombstones? deleted, WeightsReader? weights = null, GraphReader? graphs = null) : IDisposable
{
    internal SegmentReader Reader => reader;

    /// <summary>The weights of query terms in its passages; null when the index has none.</summary>
    internal WeightsReader? Weights => weights;

    /// <summary>The graphs of its vectors; null when it has none.</summary>
    internal GraphReader? Graphs => graphs;

    /// <summary>The deleted passages; null when there are none.</summary>
    internal Tombstones? Deleted => deleted;

    /// <summary>Number of passages that are not deleted.</summary>
    internal int LiveCount => reader.Passages.Count - (deleted?.Count ?? 0);

    internal bool IsDeleted(int passage) => deleted is not null && deleted.Contains(passage);

    public void Dispose()
    {
        reader.Dispose();
        weights?.Dispose();
        graphs?.Dispose();
    }
}
