using System.Runtime.InteropServices;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>Reads the positions of a term beside its postings, a block when one of its postings is asked for. Not thread-safe.</summary>
/// <param name="section">The positions of the language.</param>
/// <param name="start">Start of the term's positions in it.</param>
/// <param name="bytes">Their size.</param>
/// <param name="blocks">Number of blocks.</param>
internal sealed class PositionsCursor(MappedSection section, long start, long bytes, int blocks)
{
    private int[] _positions = [];
    private readonly int[] _ends = new int[BitPacking.Block];
    private int _block = -1;

    /// <summary>The positions of the posting at which a cursor over the same term stands, ascending; valid until the next call.</summary>
    internal ReadOnlyMemory<int> Of(PostingsCursor posting)
    {
        var (block, place) = posting.At;
        if (block != _block) Read(block, posting.WholeBlockValues);
        var first = place == 0 ? 0 : _ends[place - 1];
        return _positions.AsMemory(first, _ends[place] - first);
    }

    private void Read(int block, ReadOnlySpan<int> frequencies)
    {
        var count = 0;
        for (var place = 0; place < frequencies.Length; place++) _ends[place] = checked(count += frequencies[place]);
        var whole = count / BitPacking.Block * BitPacking.Block;
        var encoded = BlockBytes(block);
        // Every whole 128 positions take a byte at least, every other position too.
        if (encoded.Length < whole / BitPacking.Block + count - whole) throw CutShort();
        if (_positions.Length < count) _positions = new int[Math.Max(count, 2 * BitPacking.Block)];
        var gaps = MemoryMarshal.Cast<int, uint>(_positions.AsSpan());
        for (var first = 0; first < whole; first += BitPacking.Block)
        {
            if (encoded.IsEmpty || encoded[0] > 32 || encoded.Length <= BitPacking.Bytes(encoded[0])) throw CutShort();
            BitPacking.Unpack(encoded[1..], encoded[0], gaps[first..]);
            encoded = encoded[(1 + BitPacking.Bytes(encoded[0]))..];
        }
        var at = 0;
        for (var place = whole; place < count; place++) gaps[place] = VarInt.TryRead(encoded, ref at, out var gap) ? (uint)gap : throw CutShort();
        if (at != encoded.Length) throw section.File.Damaged("positions are more than their postings say");
        AddUp(frequencies);
        _block = block;
    }

    /// <summary>Makes positions of gaps, each posting from 0.</summary>
    private void AddUp(ReadOnlySpan<int> frequencies)
    {
        var at = 0;
        foreach (var frequency in frequencies)
        {
            for (var last = at++ + frequency; at < last; at++) _positions[at] += _positions[at - 1];
        }
    }

    private ReadOnlySpan<byte> BlockBytes(int block)
    {
        var ends = start + bytes - (long)(blocks - 1) * sizeof(long);
        var from = block == 0 ? 0 : End(ends, block - 1);
        var to = block == blocks - 1 ? ends - start : End(ends, block);
        return section.Slice(start + from, checked((int)(to - from)));
    }

    private long End(long ends, int block) => MemoryMarshal.Read<long>(section.Slice(ends + (long)block * sizeof(long), sizeof(long)));

    private Collections.Errors.DataFormatException CutShort() => section.File.Damaged("a block of positions is cut short");
}
