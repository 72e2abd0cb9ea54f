namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The form of a passage's terms in a segment: for every distinct term, in dictionary order, the gap from the number before, and how often it occurs.</summary>
internal static class ForwardTerms
{
    /// <summary>Appends the terms of a passage to the open section.</summary>
    internal static void Write(SegmentFileWriter writer, ReadOnlySpan<(int Rank, int Frequency)> terms)
    {
        var previous = -1;
        foreach (var (rank, frequency) in terms)
        {
            writer.Write((ulong)(rank - previous - 1));
            writer.Write((ulong)frequency);
            previous = rank;
        }
    }
}
