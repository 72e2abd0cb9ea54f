using System.Buffers;
using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Puts passages into ascending order of their scores.</summary>
/// <remarks>
/// By the leading bits of the scores, in passes of a byte from the last to the first (Hollerith's radix sort): a few steps for each passage where comparing takes the logarithm of their number, and no branch that the processor guesses wrong.
/// Scores whose leading bits are the same, mostly equal ones, are put right by comparing.
/// </remarks>
internal static class ScoreOrder
{
    private const int Fewest = 96, Few = 1 << 11, Digit = 8, Values = 1 << Digit, ShortRun = 16;

    /// <summary>Sorts by score, ascending; passages with equal scores come in no particular order.</summary>
    /// <param name="scores">The scores; none is NaN.</param>
    /// <param name="ordinals">The passages, as many.</param>
    internal static void Sort(Span<double> scores, Span<int> ordinals)
    {
        if (scores.Length < Fewest)
        {
            scores.Sort(ordinals);
            return;
        }
        var rented = ArrayPool<Entry>.Shared.Rent(2 * scores.Length);
        var entries = rented.AsSpan(0, scores.Length);
        var digits = scores.Length <= Few ? 2 : 3;
        var leading = Read(scores, ordinals, entries, digits * Digit);
        var (from, to) = (0, scores.Length);
        for (var digit = 0; digit < digits; digit++)
        {
            Pass(rented.AsSpan(from, scores.Length), rented.AsSpan(to, scores.Length), leading + digit * Digit);
            (from, to) = (to, from);
        }
        var sorted = rented.AsSpan(from, scores.Length);
        for (var place = 0; place < sorted.Length; place++) (scores[place], ordinals[place]) = (sorted[place].Score, sorted[place].Ordinal);
        ArrayPool<Entry>.Shared.Return(rented);
        PutRunsRight(scores, ordinals);
    }

    /// <summary>Gives every score a number of the same order, from 0 for the least; tells how many of its last bits are beyond those that are looked at.</summary>
    private static int Read(ReadOnlySpan<double> scores, ReadOnlySpan<int> ordinals, Span<Entry> entries, int bits)
    {
        var (least, most) = (ulong.MaxValue, ulong.MinValue);
        for (var place = 0; place < entries.Length; place++)
        {
            var key = KeyOf(scores[place]);
            (least, most) = (Math.Min(least, key), Math.Max(most, key));
            entries[place] = new Entry(key, scores[place], ordinals[place]);
        }
        foreach (ref var entry in entries) entry.Key -= least;
        return Math.Max(0, 64 - bits - System.Numerics.BitOperations.LeadingZeroCount(most - least));
    }

    private static ulong KeyOf(double score)
    {
        var bits = BitConverter.DoubleToInt64Bits(score + 0.0);                             // −0 and 0 are equal
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    private static void Pass(ReadOnlySpan<Entry> from, Span<Entry> to, int shift)
    {
        Span<int> next = stackalloc int[Values];
        next.Clear();
        foreach (ref readonly var entry in from) next[(byte)(entry.Key >> shift)]++;
        var before = 0;
        foreach (ref var count in next) (count, before) = (before, before + count);
        foreach (ref readonly var entry in from) to[next[(byte)(entry.Key >> shift)]++] = entry;
    }

    /// <summary>Sorts what differs in the last bits alone.</summary>
    private static void PutRunsRight(Span<double> scores, Span<int> ordinals)
    {
        for (var next = 1; next < scores.Length; next++)
        {
            if (scores[next] >= scores[next - 1]) continue;
            var (score, ordinal, place, least) = (scores[next], ordinals[next], next, Math.Max(0, next - ShortRun));
            for (; place > least && scores[place - 1] > score; place--) (scores[place], ordinals[place]) = (scores[place - 1], ordinals[place - 1]);
            (scores[place], ordinals[place]) = (score, ordinal);
            if (place != least || least == 0 || scores[least - 1] <= score) continue;
            scores.Sort(ordinals);
            return;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Entry(ulong Key, double Score, int Ordinal);
}
