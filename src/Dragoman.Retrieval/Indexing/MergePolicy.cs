using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// Which segments to merge: segments of like size, a tier, are left alone until there are ten; then they become one of the next tier. So a passage is written about once for every
/// factor of ten that the index grows, and there are few segments at any time. A segment with more than a third of its passages deleted is written anew.
/// </summary>
internal static class MergePolicy
{
    /// <summary>Segments of a tier that are merged.</summary>
    internal const int SegmentsPerTier = 10;

    /// <summary>Most passages of a merged segment: 256 Mi.</summary>
    internal const int MaxPassages = 1 << 28;

    private const int SmallestTier = 1000;

    /// <summary>The segments to merge next; empty when all may stay.</summary>
    internal static IReadOnlyList<LiveSegment> Next(IReadOnlyList<LiveSegment> segments)
    {
        var mostlyDeleted = segments.FirstOrDefault(segment => 3L * (segment.Deleted?.Count ?? 0) > segment.Reader.Passages.Count);
        if (mostlyDeleted is not null) return [mostlyDeleted];
        var tier = segments.GroupBy(segment => Tier(segment.LiveCount)).Where(group => group.Count() >= SegmentsPerTier).MinBy(group => group.Key);
        if (tier is null) return [];
        var merged = tier.OrderBy(segment => segment.Reader.Number).Take(SegmentsPerTier).ToList();
        return merged.Sum(segment => (long)segment.LiveCount) <= MaxPassages ? merged : [];
    }

    private static int Tier(int passages)
    {
        var tier = 0;
        for (long limit = SmallestTier; passages > limit; limit *= SegmentsPerTier) tier++;
        return tier;
    }
}
