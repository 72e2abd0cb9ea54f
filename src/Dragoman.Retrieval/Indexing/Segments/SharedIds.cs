using Dragoman.Collections;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>Finds the ids that new passages share with those of a segment.</summary>
internal static class SharedIds
{
    private const int ComparisonsPerSearch = 20;

    /// <summary>The passages of a segment whose id is among the new ones.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="ids">The new ids.</param>
    /// <param name="sorted">Numbers of the new ids in ascending order of the ids.</param>
    /// <returns>Number of the new id, and number of the segment's passage.</returns>
    internal static IEnumerable<(int Id, int Passage)> Of(SegmentPassages segment, IdTable ids, int[] sorted) =>
        (long)sorted.Length * ComparisonsPerSearch < segment.Count ? BySearching(segment, ids, sorted) : ByMerging(segment, ids, sorted);

    private static IEnumerable<(int Id, int Passage)> BySearching(SegmentPassages segment, IdTable ids, int[] sorted)
    {
        foreach (var id in sorted)
        {
            var passage = segment.Find(ids.Utf8(id));
            if (passage >= 0) yield return (id, passage);
        }
    }

    private static IEnumerable<(int Id, int Passage)> ByMerging(SegmentPassages segment, IdTable ids, int[] sorted)
    {
        for (var (left, right) = (0, 0); left < sorted.Length && right < segment.Count;)
        {
            var passage = segment.AtPlace(right);
            var order = ids.Utf8(sorted[left]).SequenceCompareTo(segment.Id(passage));
            if (order == 0) yield return (sorted[left], passage);
            if (order <= 0) left++;
            if (order >= 0) right++;
        }
    }
}
