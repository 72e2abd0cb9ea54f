using System.Runtime.CompilerServices;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>The ranking of one query as it stands in a run's file, in the order trec_eval sees. Valid until the next one is read; not thread-safe.</summary>
public sealed class RunGroup
{
    private const int ScoreBits = 32;
    private byte[] _block = [];
    private (int Start, int Length) _query;
    private (int Start, int Length)[] _ids = new (int, int)[1024];
    private uint[] _hashes = new uint[1024];
    private ulong[] _order = new ulong[1024];      // the score, so that higher ones sort first, in the upper half; the line's number in the lower
    private int[] _slots = new int[2048];
    private bool _sorted = true;

    /// <summary>How many passages were retrieved.</summary>
    public int Count { get; private set; }

    /// <summary>The query's id in UTF-8.</summary>
    public ReadOnlySpan<byte> QueryId => _block.AsSpan(_query.Start, _query.Length);

    /// <summary>The id of the passage at a rank, in UTF-8.</summary>
    /// <param name="index">The rank less 1.</param>
    public ReadOnlySpan<byte> PassageId(int index) => Id((int)(uint)_order[index]);

    /// <summary>The score at a rank as a 32-bit float, which is what trec_eval compares.</summary>
    /// <param name="index">The rank less 1.</param>
    public float Score(int index) => FromKey((uint)(_order[index] >> ScoreBits));

    /// <summary>The number of the passage at a rank in a table of ids; -1 when it is not there.</summary>
    /// <param name="index">The rank less 1.</param>
    /// <param name="table">The table.</param>
    public int PassageIn(IdTable table, int index)
    {
        var line = (int)(uint)_order[index];
        return table.IndexOf(Id(line), _hashes[line]);
    }

    internal void Begin(byte[] block, int start, int length)
    {
        (_block, _query, Count, _sorted) = (block, (start, length), 0, true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(int start, int length, double score)
    {
        if (Count == _ids.Length) Grow();
        _ids[Count] = (start, length);
        _hashes[Count] = IdTable.Hash(_block.AsSpan(start, length));
        var entry = ((ulong)ToKey((float)score) << ScoreBits) | (uint)Count;
        _sorted &= Count == 0 || entry >> ScoreBits > _order[Count - 1] >> ScoreBits;
        _order[Count++] = entry;
    }

    /// <summary>Puts the passages in order.</summary>
    /// <returns>False when a passage occurs twice.</returns>
    internal bool TryFinish()
    {
        if (!_sorted) Sort();
        return AreDistinct();
    }

    private void Sort()
    {
        var order = _order.AsSpan(0, Count);
        order.Sort();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && order[end] >> ScoreBits == order[start] >> ScoreBits) end++;
            if (end - start > 1) order[start..end].Sort((left, right) => Id((int)(uint)right).SequenceCompareTo(Id((int)(uint)left)));
            start = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AreDistinct()
    {
        var mask = _slots.Length - 1;
        Array.Clear(_slots);
        for (var line = 0; line < Count; line++)
        {
            var slot = (int)_hashes[line] & mask;
            for (; _slots[slot] != 0; slot = (slot + 1) & mask)
            {
                var other = _slots[slot] - 1;
                if (_hashes[other] == _hashes[line] && Id(other).SequenceEqual(Id(line))) return false;
            }
            _slots[slot] = line + 1;
        }
        return true;
    }

    private ReadOnlySpan<byte> Id(int line) => _block.AsSpan(_ids[line].Start, _ids[line].Length);

    private void Grow()
    {
        Array.Resize(ref _ids, Count * 2);
        Array.Resize(ref _hashes, Count * 2);
        Array.Resize(ref _order, Count * 2);
        _slots = new int[Count * 4];
    }

    // Bits of a float whose unsigned order is the descending order of the numbers; 0 and -0 are one.
    private static uint ToKey(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x80000000) != 0 ? bits : ~bits & 0x7FFFFFFF;
    }

    private static float FromKey(uint key) => BitConverter.UInt32BitsToSingle((key & 0x80000000) != 0 ? key : ~key & 0x7FFFFFFF);
}
