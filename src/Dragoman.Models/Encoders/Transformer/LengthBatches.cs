namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Cuts sequences into batches of like length, so that little is padding.</summary>
public static class LengthBatches
{
    /// <summary>Orders sequences by length, longest first, and cuts them into batches.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxTokens">Most tokens of a batch, padding among them, 1 or more; a longer sequence makes a batch alone.</param>
    /// <returns>Indices into <paramref name="sequences"/>; every index once.</returns>
    public static IEnumerable<int[]> Cut(IReadOnlyList<TokenSequence> sequences, int maxTokens)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxTokens);
        var order = Enumerable.Range(0, sequences.Count).OrderByDescending(index => sequences[index].Ids.Length).ToArray();
        return CutOrdered(sequences, order, maxTokens);
    }

    private static IEnumerable<int[]> CutOrdered(IReadOnlyList<TokenSequence> sequences, int[] order, int maxTokens)
    {
        for (var start = 0; start < order.Length;)
        {
            var count = Math.Max(1, maxTokens / Math.Max(1, sequences[order[start]].Ids.Length));
            yield return order[start..Math.Min(order.Length, start + count)];
            start += count;
        }
    }
}
