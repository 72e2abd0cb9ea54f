using System.Buffers;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The form of a passage's terms in a segment: for every distinct term, in dictionary order, the gap from the number before, and how often it occurs.</summary>
internal static class ForwardTerms
{
    private const int RankShift = 32, MostBytesOfTerm = 2 * 5;

    /// <summary>A term's place in the dictionary and how often it occurs, as one number that sorts by the place: numbers sort in far less time than pairs.</summary>
    internal static long Pack(int rank, int frequency) => (long)rank << RankShift | (uint)frequency;

    /// <summary>Appends the terms of a passage to the open section.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="terms">What <see cref="Pack"/> made of the terms, ascending.</param>
    internal static void Write(SegmentFileWriter writer, ReadOnlySpan<long> terms)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(checked(terms.Length * MostBytesOfTerm));
        var (bytes, previous) = (0, -1);
        foreach (var term in terms)
        {
            var rank = (int)(term >> RankShift);
            bytes += VarInt.Write(buffer.AsSpan(bytes), (ulong)(rank - previous - 1));
            bytes += VarInt.Write(buffer.AsSpan(bytes), (uint)term);
            previous = rank;
        }
        writer.Write(buffer.AsSpan(0, bytes));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
