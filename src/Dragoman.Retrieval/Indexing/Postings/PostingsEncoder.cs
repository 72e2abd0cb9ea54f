using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>
/// Encodes the postings of a term: passage numbers ascending, each with a value of 1 or more. The value is how often the term occurs, or, in an index of weights, the bits of a positive
/// float, whose order as integers is their order as floats. Blocks of 128 postings are bit-packed; the rest, and lists shorter than a block, are varints. Not thread-safe.
/// </summary>
internal sealed class PostingsEncoder
{
    private readonly uint[] _gaps = new uint[BitPacking.Block], _values = new uint[BitPacking.Block];
    private readonly Impact[] _pairs = new Impact[BitPacking.Block];
    private readonly List<BlockHeader> _headers = [];
    private readonly List<Impact> _best = [];
    private byte[] _blocks = new byte[1 << 12], _frontiers = new byte[1 << 8], _list = new byte[1 << 12];
    private int _blockBytes, _frontierBytes;

    /// <summary>Encodes a list.</summary>
    /// <param name="passages">Passage numbers, ascending.</param>
    /// <param name="values">Their values, 1 or more.</param>
    /// <param name="lengths">Number of terms of every passage, by its number.</param>
    /// <returns>The encoded list; valid until the next call.</returns>
    internal ReadOnlySpan<byte> Encode(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, ReadOnlySpan<int> lengths)
    {
        var full = passages.Length / BitPacking.Block * BitPacking.Block;
        // The length first: encoding may put another array in the list's place.
        var bytes = full == 0 ? EncodeTail(passages, values, -1, 0) : EncodeBlocks(passages, values, lengths, full);
        return _list.AsSpan(0, bytes);
    }

    private int EncodeBlocks(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, ReadOnlySpan<int> lengths, int full)
    {
        (_blockBytes, _frontierBytes) = (0, 0);
        _headers.Clear();
        _best.Clear();
        var previous = -1;
        for (var first = 0; first < full; first += BitPacking.Block)
        {
            EncodeBlock(passages.Slice(first, BitPacking.Block), values.Slice(first, BitPacking.Block), lengths, previous);
            previous = passages[first + BitPacking.Block - 1];
        }
        return EncodeTail(passages[full..], values[full..], previous, PutTogether());
    }

    private void EncodeBlock(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, ReadOnlySpan<int> lengths, int previous)
    {
        for (var place = 0; place < BitPacking.Block; place++)
        {
            _gaps[place] = (uint)(passages[place] - previous - 1);
            _values[place] = (uint)(values[place] - 1);
            _pairs[place] = new Impact(values[place], lengths[passages[place]]);
            previous = passages[place];
        }
        _headers.Add(new BlockHeader(previous, _blockBytes, _frontierBytes));
        var (gapBits, valueBits) = (BitPacking.BitsFor(_gaps), BitPacking.BitsFor(_values));
        Grow(ref _blocks, checked(_blockBytes + 2 + BitPacking.Bytes(gapBits) + BitPacking.Bytes(valueBits)));
        _blocks[_blockBytes++] = (byte)gapBits;
        _blocks[_blockBytes++] = (byte)valueBits;
        BitPacking.Pack(_gaps, gapBits, _blocks.AsSpan(_blockBytes));
        BitPacking.Pack(_values, valueBits, _blocks.AsSpan(_blockBytes += BitPacking.Bytes(gapBits)));
        _blockBytes += BitPacking.Bytes(valueBits);
        var frontier = _pairs.AsSpan(0, ImpactFrontier.Reduce(_pairs));
        _best.AddRange(frontier);
        WriteFrontier(frontier);
    }

    private void WriteFrontier(ReadOnlySpan<Impact> pairs)
    {
        Grow(ref _frontiers, _frontierBytes + 1 + pairs.Length * 2 * VarInt.MaxBytes);
        _frontiers[_frontierBytes++] = (byte)pairs.Length;
        foreach (var pair in pairs)
        {
            _frontierBytes += VarInt.Write(_frontiers.AsSpan(_frontierBytes), (ulong)pair.Value);
            _frontierBytes += VarInt.Write(_frontiers.AsSpan(_frontierBytes), (ulong)pair.Length);
        }
    }

    /// <summary>Header, block headers, frontiers and blocks; the whole list's frontier stands behind those of its blocks.</summary>
    private int PutTogether()
    {
        var best = CollectionsMarshal.AsSpan(_best);
        WriteFrontier(best[..ImpactFrontier.Reduce(best)]);
        var headers = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_headers));
        var header = new ListHeader(_frontierBytes, _blockBytes);
        Grow(ref _list, checked(Unsafe.SizeOf<ListHeader>() + headers.Length + _frontierBytes + _blockBytes));
        MemoryMarshal.Write(_list, in header);
        var at = Unsafe.SizeOf<ListHeader>();
        headers.CopyTo(_list.AsSpan(at));
        _frontiers.AsSpan(0, _frontierBytes).CopyTo(_list.AsSpan(at += headers.Length));
        _blocks.AsSpan(0, _blockBytes).CopyTo(_list.AsSpan(at += _frontierBytes));
        return at + _blockBytes;
    }

    // A gap doubled, plus one when the value is 1; otherwise the value follows.
    private int EncodeTail(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, int previous, int at)
    {
        Grow(ref _list, checked(at + passages.Length * 2 * VarInt.MaxBytes));
        for (var place = 0; place < passages.Length; place++)
        {
            var gap = (ulong)(passages[place] - previous - 1);
            at += VarInt.Write(_list.AsSpan(at), gap << 1 | (values[place] == 1 ? 1UL : 0UL));
            if (values[place] != 1) at += VarInt.Write(_list.AsSpan(at), (ulong)values[place]);
            previous = passages[place];
        }
        return at;
    }

    private static void Grow(ref byte[] buffer, int needed)
    {
        if (buffer.Length < needed) Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, Math.Max(2L * buffer.Length, needed)));
    }
}
