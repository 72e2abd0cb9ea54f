namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>Weights of one pair of languages, term by term in the order of the terms' bytes. Not thread-safe.</summary>
internal abstract class WeightSource
{
    /// <summary>Moves to the next term; false at the end.</summary>
    internal abstract bool Read();

    /// <summary>The term's bytes; valid until the next <see cref="Read"/>.</summary>
    internal abstract ReadOnlySpan<byte> Term { get; }

    /// <summary>Appends the term's postings.</summary>
    /// <param name="passages">Receives the passages' numbers, ascending.</param>
    /// <param name="values">Receives the bits of their weights.</param>
    internal abstract void AppendTo(List<int> passages, List<int> values);
}

/// <summary>The weights of a file.</summary>
/// <param name="weights">The weights.</param>
/// <param name="newNumbers">New number of every passage, -1 for one to leave out; null to keep all as they are.</param>
internal sealed class WeightFileSource(PairWeights weights, int[]? newNumbers) : WeightSource
{
    private readonly Postings.TermDictionary.TermReader _terms = weights.Terms.Read();
    private Postings.TermEntry _entry;

    internal override bool Read() => _terms.TryRead(out _entry);

    internal override ReadOnlySpan<byte> Term => _terms.Term;

    internal override void AppendTo(List<int> passages, List<int> values)
    {
        for (var cursor = weights.Postings(_entry); cursor.Passage != Postings.PostingsCursor.End; cursor.NextBlock())
        {
            var block = cursor.BlockPassages;
            var weightsOfBlock = cursor.BlockValues;
            for (var place = 0; place < block.Length; place++)
            {
                var passage = newNumbers is null ? block[place] : newNumbers[block[place]];
                if (passage < 0) continue;
                passages.Add(passage);
                values.Add(weightsOfBlock[place]);
            }
        }
    }
}
