using Dragoman.Text.Tokenizers;

namespace Dragoman.Retrieval.Reranking;

/// <summary>Groups texts of like length, so that little of a batch is padding.</summary>
public static class LengthBatches
{
    /// <summary>Cuts texts into batches, longest first, so that running out of memory shows at once.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxTokens">Most tokens a batch may hold, padding included; a single longer text is a batch of its own.</param>
    /// <returns>Positions in <paramref name="texts"/>, every one exactly once.</returns>
    public static IReadOnlyList<int[]> Cut(IReadOnlyList<EncodedText> texts, int maxTokens)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxTokens);
        var order = Enumerable.Range(0, texts.Count).OrderByDescending(at => texts[at].Ids.Length).ToArray();   // stable, so ties keep their order
        var batches = new List<int[]>();
        for (var start = 0; start < order.Length;)
        {
            var rows = Math.Clamp(maxTokens / Math.Max(1, texts[order[start]].Ids.Length), 1, order.Length - start);
            batches.Add(order[start..(start + rows)]);
            start += rows;
        }
        return batches;
    }
}
