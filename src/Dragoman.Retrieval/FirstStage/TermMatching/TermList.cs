using System.Runtime.CompilerServices;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>The postings of a query term in a partition, with the term's place in the query. Not thread-safe.</summary>
internal sealed class TermList
{
    private readonly double[] _parts = new double[BitPacking.Block];
    private int _weighedBlock = -1, _firstWeighed;

    internal TermList(int place, TermWeight weight, PostingsCursor cursor, ReadOnlySpan<int> lengths)
    {
        (Place, Weight, Cursor) = (place, weight, cursor);
        ListBound = cursor.ListBound(weight, lengths);
        Passage = cursor.Passage;
    }

    internal int Place { get; }

    internal TermWeight Weight { get; }

    internal PostingsCursor Cursor { get; }

    /// <summary>No passage of the list gives more than this, 0 at least.</summary>
    internal double ListBound { get; }

    /// <summary>The passage that the list stands at; <see cref="PostingsCursor.End"/> behind the last.</summary>
    internal int Passage { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveTo(int passage)
    {
        Cursor.MoveTo(passage);
        Passage = Cursor.Passage;
    }

    /// <summary>No passage of a window, which ends where the list's block does or before, gives more than this.</summary>
    // A list that begins behind the window gives nothing in it.
    internal double BoundOfBlock(int start, int end, ReadOnlySpan<int> lengths) => Passage > end ? 0 : Cursor.BlockBound(start, Weight, lengths);

    /// <summary>Moves on by some postings of the present block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Skip(int postings)
    {
        Cursor.Skip(postings);
        Passage = Cursor.Passage;
    }

    /// <summary>The parts of the present passage and of those behind it in its block, which are worked out together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<double> BlockParts(ReadOnlySpan<int> lengths)
    {
        if (Cursor.At.Block != _weighedBlock) WeighBlock(lengths);
        return _parts.AsSpan(Cursor.At.Place - _firstWeighed);
    }

    private void WeighBlock(ReadOnlySpan<int> lengths)
    {
        Weight.Weigh(Cursor.BlockPassages, Cursor.BlockValues, lengths, _parts);
        (_weighedBlock, _firstWeighed) = Cursor.At;
    }

    /// <summary>Takes the part of the present passage and moves on.</summary>
    /// <returns>The bound that goes with the part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Take(int length, ReadOnlySpan<int> lengths, double[] parts)
    {
        var part = BlockParts(lengths)[0];
        parts[Place] = part;
        Cursor.Next();
        Passage = Cursor.Passage;
        return Weight.BoundIsPart ? part : Weight.BoundOf(part, length);
    }

    /// <summary>Takes the part of a passage, 0 when the list does not hold it; the list stands there or behind it from then on.</summary>
    /// <returns>The bound that goes with the part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double LookUp(int passage, int length, double[] parts)
    {
        MoveTo(passage);
        if (Passage != passage) return 0;
        var part = Weight.Part(Cursor.Value, length);
        parts[Place] = part;
        return Weight.BoundIsPart ? part : Weight.BoundOf(part, length);
    }
}
