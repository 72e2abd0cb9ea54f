namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>A posting's value with the length of its passage, or a pair that is at least as good as several.</summary>
/// <param name="Value">How often the term occurs, or the bits of a positive float; more is better.</param>
/// <param name="Length">Number of terms of the passage; less is better.</param>
internal readonly record struct Impact(int Value, int Length);

/// <summary>
/// The pairs of value and length in a set of postings that no other pair of the set beats in both (Pareto's frontier): the highest score of the set is that of one of them, for every
/// scoring function that rises with the value and falls with the length, whatever its parameters.
/// </summary>
internal static class ImpactFrontier
{
    /// <summary>Pairs kept at most; beyond, two neighbours become one pair that beats both.</summary>
    internal const int MaxPairs = 8;

    /// <summary>Reduces pairs to their frontier, lengths and values ascending.</summary>
    /// <param name="pairs">The pairs; reordered. The frontier is put at their start.</param>
    /// <returns>Number of pairs of the frontier.</returns>
    internal static int Reduce(Span<Impact> pairs)
    {
        pairs.Sort(static (left, right) => left.Length != right.Length ? left.Length.CompareTo(right.Length) : right.Value.CompareTo(left.Value));
        var count = 0;
        foreach (var pair in pairs)
        {
            if (count == 0 || pair.Value > pairs[count - 1].Value) pairs[count++] = pair;
        }
        while (count > MaxPairs) count = JoinNearest(pairs[..count]);
        return count;
    }

    private static int JoinNearest(Span<Impact> pairs)
    {
        var (nearest, gap) = (0, long.MaxValue);
        for (var place = 0; place + 1 < pairs.Length; place++)
        {
            var distance = (long)pairs[place + 1].Length - pairs[place].Length;
            if (distance < gap) (nearest, gap) = (place, distance);
        }
        pairs[nearest] = new Impact(pairs[nearest + 1].Value, pairs[nearest].Length);
        pairs[(nearest + 2)..].CopyTo(pairs[(nearest + 1)..]);
        return pairs.Length - 1;
    }
}
