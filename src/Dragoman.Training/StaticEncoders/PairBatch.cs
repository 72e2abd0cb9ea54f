namespace Dragoman.Training.StaticEncoders;

/// <summary>Texts as bags of tokens: text n has the tokens from <c>Starts[n]</c> up to the next start.</summary>
/// <param name="Tokens">Token ids of all texts, one after another.</param>
/// <param name="Starts">Where each text begins, shape [B].</param>
public sealed record TokenBags(long[] Tokens, long[] Starts)
{
    /// <summary>Some of the texts.</summary>
    /// <param name="texts">Which, from 0.</param>
    internal TokenBags Part(IReadOnlyList<int> texts)
    {
        var (tokens, starts) = (new List<long>(), new long[texts.Count]);
        for (var text = 0; text < texts.Count; text++)
        {
            starts[text] = tokens.Count;
            var (first, end) = (Starts[texts[text]], texts[text] + 1 < Starts.Length ? Starts[texts[text] + 1] : Tokens.Length);
            tokens.AddRange(Tokens[(int)first..(int)end]);
        }
        return new TokenBags([.. tokens], starts);
    }
}

/// <summary>A batch of translation pairs: text n on the left means the same as text n on the right.</summary>
/// <param name="Left">The left texts, B of them.</param>
/// <param name="Right">The right texts, B of them.</param>
/// <param name="LeftHashes">Hashes of the left texts as they stand in the corpus, shape [B].</param>
/// <param name="RightHashes">Hashes of the right texts (their first cell), shape [B].</param>
public sealed record PairBatch(TokenBags Left, TokenBags Right, ulong[] LeftHashes, ulong[] RightHashes)
{
    /// <summary>Number of pairs, B.</summary>
    public int Count => LeftHashes.Length;

    /// <summary>Where each pair comes from: row and cells of the corpus. Empty where nobody asks.</summary>
    internal IReadOnlyList<(int Row, int Left, int Right)> Origins { get; init; } = [];

    /// <summary>Some of the pairs.</summary>
    /// <param name="pairs">Which, from 0.</param>
    internal PairBatch Part(IReadOnlyList<int> pairs) => new(Left.Part(pairs), Right.Part(pairs), [.. pairs.Select(pair => LeftHashes[pair])], [.. pairs.Select(pair => RightHashes[pair])]) { Origins = [.. pairs.Select(pair => Origins[pair])] };

    /// <summary>Marks what must not count as a negative: true at [i, j], i ≠ j, when left i or right i equals left j or right j. Shape [B, B], row-major.</summary>
    public bool[] Duplicates()
    {
        var places = new Dictionary<ulong, List<int>>(2 * Count);
        for (var index = 0; index < Count; index++)
        {
            Place(LeftHashes[index], index);
            if (RightHashes[index] != LeftHashes[index]) Place(RightHashes[index], index);
        }
        var mask = new bool[Count * Count];
        foreach (var together in places.Values.Where(list => list.Count > 1))
        {
            foreach (var i in together)
            {
                foreach (var j in together) mask[i * Count + j] |= i != j;
            }
        }
        return mask;

        void Place(ulong hash, int index)
        {
            if (!places.TryGetValue(hash, out var list)) places[hash] = list = [];
            list.Add(index);
        }
    }
}
