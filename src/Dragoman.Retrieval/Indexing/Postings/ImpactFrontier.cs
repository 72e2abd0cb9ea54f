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
    /// <param name="pairs">The pairs; overwritten. The frontier is put at their start.</param>
    /// <returns>Number of pairs of the frontier.</returns>
    internal static int Reduce(Span<Impact> pairs)
    {
        var count = 0;
        foreach (var pair in pairs) count = Add(pairs, count, pair);
        while (count > MaxPairs) count = JoinNearest(pairs[..count]);
        return count;
    }

    /// <summary>Adds a pair to a frontier, which has room for it, unless another beats it, and takes out those that it beats.</summary>
    private static int Add(Span<Impact> frontier, int count, Impact pair)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (frontier[middle].Length <= pair.Length) low = middle + 1; else high = middle;
        }
        if (low > 0 && frontier[low - 1].Value >= pair.Value) return count;
        if (low > 0 && frontier[low - 1].Length == pair.Length) low--;
        var beaten = low;
        while (beaten < count && frontier[beaten].Value <= pair.Value) beaten++;
        frontier[beaten..count].CopyTo(frontier[(low + 1)..]);
        frontier[low] = pair;
        return count - (beaten - low) + 1;
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
