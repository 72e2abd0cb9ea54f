namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A segment with the passages of it that are deleted.</summary>
/// <param name="reader">The segment.</param>
/// <param name="deleted">One bit a passage; null when none is deleted. Not changed by this object.</param>
internal sealed class LiveSegment(SegmentReader reader, Tombstones? deleted)
{
    internal SegmentReader Reader => reader;

    /// <summary>The deleted passages; null when there are none.</summary>
    internal Tombstones? Deleted => deleted;

    /// <summary>Number of passages that are not deleted.</summary>
    internal int LiveCount => reader.Passages.Count - (deleted?.Count ?? 0);

    internal bool IsDeleted(int passage) => deleted is not null && deleted.Contains(passage);
}
