using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>Walks through the postings of a term in one language of a segment. Values are unpacked when they are asked for, blocks that are jumped over not at all. Not thread-safe.</summary>
internal sealed unsafe class PostingsCursor
{
    /// <summary>The passage number at the end of every list.</summary>
    internal const int End = int.MaxValue;

    private readonly MappedSection _section;
    private readonly TermEntry _entry;
    private readonly byte* _list;
    private readonly int[] _passages = new int[BitPacking.Block], _values = new int[BitPacking.Block];
    private readonly int _fullBlocks, _frontiers, _blocks, _tail;
    private int _block = -1, _count, _place, _packedValues, _boundBlock = -1;
    private bool _valuesRead;
    private double _bound;

    /// <summary>Opens a list and moves to its first posting.</summary>
    /// <param name="section">The postings of the language.</param>
    /// <param name="entry">The term.</param>
    internal PostingsCursor(MappedSection section, TermEntry entry)
    {
        (_section, _entry) = (section, entry);
        // The bytes stay where they are as long as the file is open, and no cursor outlives it.
        _list = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(section.Slice(entry.Offset, entry.Bytes)));
        _fullBlocks = entry.Passages / BitPacking.Block;
        if (_fullBlocks > 0)
        {
            var header = MemoryMarshal.Read<ListHeader>(Bytes(0, Unsafe.SizeOf<ListHeader>()));
            _frontiers = Unsafe.SizeOf<ListHeader>() + _fullBlocks * Unsafe.SizeOf<BlockHeader>();
            _blocks = _frontiers + header.FrontierBytes;
            _tail = _blocks + header.BlockBytes;
        }
        ReadBlock(0);
    }

    /// <summary>The passage's number, or <see cref="End"/>.</summary>
    internal int Passage { get; private set; }

    /// <summary>The value of the posting: how often the term occurs, or the bits of its weight.</summary>
    internal int Value
    {
        get
        {
            if (!_valuesRead) ReadValues();
            return _values[_place];
        }
    }

    /// <summary>The passages from the present posting to the end of its block; empty at the end.</summary>
    internal ReadOnlySpan<int> BlockPassages => _passages.AsSpan(_place, _count - _place);

    /// <summary>The values that go with <see cref="BlockPassages"/>.</summary>
    internal ReadOnlySpan<int> BlockValues
    {
        get
        {
            if (!_valuesRead) ReadValues();
            return _values.AsSpan(_place, _count - _place);
        }
    }

    /// <summary>Number of the present posting's block, and its place there.</summary>
    internal (int Block, int Place) At => (_block, _place);

    /// <summary>The values of all postings of the present block.</summary>
    internal ReadOnlySpan<int> WholeBlockValues
    {
        get
        {
            if (!_valuesRead) ReadValues();
            return _values.AsSpan(0, _count);
        }
    }

    /// <summary>Moves to the first posting of the next block.</summary>
    internal void NextBlock() => ReadBlock(_block + 1);

    /// <summary>Moves to the next posting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Next()
    {
        if (++_place < _count) Passage = _passages[_place];
        else ReadBlock(_block + 1);
    }

    /// <summary>Moves on by some postings of the present block, or to the next block when they are all that is left of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Skip(int postings)
    {
        _place += postings;
        if (_place < _count) Passage = _passages[_place];
        else ReadBlock(_block + 1);
    }

    /// <summary>Moves to the first posting at a passage or behind it; never back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveTo(int passage)
    {
        if (Passage < passage) MoveOn(passage);
    }

    private void MoveOn(int passage)
    {
        if (_passages[_count - 1] < passage)
        {
            ReadBlock(BlockOf(passage));
            if (Passage >= passage) return;
        }
        if (_passages[_count - 1] < passage)
        {
            ReadBlock(_block + 1);
            return;
        }
        _place = PlaceInBlock(passage);
        Passage = _passages[_place];
    }

    /// <summary>The place of the first posting at a passage or behind it, which there is. Comparing several at a time leaves next to nothing to guess for the processor, where halving has it guess at every step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceInBlock(int passage)
    {
        var (place, wanted) = (_place, Vector256.Create(passage));
        for (; place + Vector256<int>.Count <= BitPacking.Block; place += Vector256<int>.Count)
        {
            var before = Vector256.LessThan(Vector256.LoadUnsafe(ref _passages[place]), wanted).ExtractMostSignificantBits();
            if (before != byte.MaxValue) return place + BitOperations.TrailingZeroCount(~before);
        }
        while (_passages[place] < passage) place++;
        return place;
    }

    /// <summary>The last passage of the block that a passage at or behind the present one would lie in; <see cref="End"/> for the last block.</summary>
    internal int BlockEnd(int passage)
    {
        var block = BlockOf(passage);
        return block >= _fullBlocks ? End : Header(block).LastPassage;
    }

    /// <summary>No posting of the block in which a passage would lie gives more than this.</summary>
    internal double BlockBound(int passage, TermWeight weight, ReadOnlySpan<int> lengths) => BoundOf(BlockOf(passage), weight, lengths);

    /// <summary>No posting of the blocks that passages of a window would lie in gives more than this.</summary>
    internal double BoundWithin(int start, int end, TermWeight weight, ReadOnlySpan<int> lengths)
    {
        if (Passage > end) return 0;
        var bound = 0.0;
        for (var block = BlockOf(start); ; block++)
        {
            bound = Math.Max(bound, BoundOf(block, weight, lengths));
            if (block >= _fullBlocks || Header(block).LastPassage >= end) return bound;
        }
    }

    private double BoundOf(int block, TermWeight weight, ReadOnlySpan<int> lengths)
    {
        if (block == _boundBlock) return _bound;
        _boundBlock = block;
        return _bound = block < _fullBlocks ? FrontierBound(Header(block).FrontierOffset, weight) : TailBound(weight, lengths);
    }

    /// <summary>No posting of the list gives more than this; 0 at least.</summary>
    internal double ListBound(TermWeight weight, ReadOnlySpan<int> lengths)
    {
        var tail = TailBound(weight, lengths);
        if (_fullBlocks == 0) return tail;
        // The list's own frontier stands behind that of the last block.
        var last = Header(_fullBlocks - 1).FrontierOffset;
        return Math.Max(tail, FrontierBound(last + FrontierBytes(last), weight));
    }

    private ReadOnlySpan<byte> Bytes(int offset, int length) => offset >= 0 && length >= 0 && offset <= _entry.Bytes - length
        ? new ReadOnlySpan<byte>(_list + offset, length)
        : throw _section.File.Damaged($"bytes {offset} to {offset + length} of a list of {_entry.Bytes} are wanted");

    private BlockHeader Header(int block) => MemoryMarshal.Read<BlockHeader>(Bytes(Unsafe.SizeOf<ListHeader>() + block * Unsafe.SizeOf<BlockHeader>(), Unsafe.SizeOf<BlockHeader>()));

    /// <summary>Number of the block, from the present one on, whose last passage is not before a passage; the number of full blocks for the tail.</summary>
    private int BlockOf(int passage)
    {
        if (_block >= _fullBlocks) return _block;
        var headers = MemoryMarshal.Cast<byte, BlockHeader>(Bytes(Unsafe.SizeOf<ListHeader>(), _fullBlocks * Unsafe.SizeOf<BlockHeader>()));
        var (low, step) = (_block, 1);
        if (headers[low].LastPassage >= passage) return low;
        while (low + step < _fullBlocks && headers[low + step].LastPassage < passage)
        {
            low += step;
            step *= 2;
        }
        var high = Math.Min(low + step, _fullBlocks);
        for (low++; low < high;)
        {
            var middle = (low + high) >> 1;
            if (headers[middle].LastPassage < passage) low = middle + 1; else high = middle;
        }
        return low;
    }

    private void ReadBlock(int block)
    {
        (_block, _place) = (block, 0);
        if (block < _fullBlocks) ReadFullBlock(block);
        else if (block == _fullBlocks) _count = ReadTail(_passages, _values);
        else _count = 0;
        Passage = _count == 0 ? End : _passages[0];
    }

    private void ReadFullBlock(int block)
    {
        var header = Header(block);
        var bits = Bytes(_blocks + header.Offset, 2);
        var gaps = BitPacking.Bytes(bits[0]);
        var numbers = MemoryMarshal.Cast<int, uint>(_passages.AsSpan());
        BitPacking.Unpack(Bytes(_blocks + header.Offset + 2, gaps), bits[0], numbers);
        var passage = block == 0 ? -1 : Header(block - 1).LastPassage;
        for (var place = 0; place < numbers.Length; place++) numbers[place] = (uint)(passage += (int)numbers[place] + 1);
        if (passage != header.LastPassage) throw _section.File.Damaged("a block of postings does not end where its header says");
        _packedValues = _blocks + header.Offset + 2 + gaps;
        _valuesRead = false;
        _count = BitPacking.Block;
    }

    private void ReadValues()
    {
        var bits = Bytes(_blocks + Header(_block).Offset + 1, 1)[0];
        var numbers = MemoryMarshal.Cast<int, uint>(_values.AsSpan());
        BitPacking.Unpack(Bytes(_packedValues, BitPacking.Bytes(bits)), bits, numbers);
        foreach (ref var number in numbers) number++;
        _valuesRead = true;
    }

    private int ReadTail(Span<int> passages, Span<int> values)
    {
        _valuesRead = true;
        var count = _entry.Passages % BitPacking.Block;
        if (count == 0) return 0;
        var bytes = Bytes(_tail, _entry.Bytes - _tail);
        var passage = _fullBlocks == 0 ? -1 : Header(_fullBlocks - 1).LastPassage;
        var position = 0;
        for (var place = 0; place < count; place++)
        {
            var (coded, value) = (0UL, 1UL);
            if (!VarInt.TryRead(bytes, ref position, out coded) || ((coded & 1) == 0 && !VarInt.TryRead(bytes, ref position, out value))) throw _section.File.Damaged("a list of postings is cut short");
            passages[place] = passage += (int)(coded >> 1) + 1;
            values[place] = (int)value;
        }
        return count;
    }

    private double TailBound(TermWeight weight, ReadOnlySpan<int> lengths)
    {
        Span<int> passages = stackalloc int[BitPacking.Block], values = stackalloc int[BitPacking.Block];
        var read = _valuesRead;
        var count = ReadTail(passages, values);
        _valuesRead = read;
        var bound = 0.0;
        for (var place = 0; place < count; place++) bound = Math.Max(bound, weight.Bound(values[place], lengths[passages[place]]));
        return bound;
    }

    private double FrontierBound(int offset, TermWeight weight)
    {
        var bytes = Bytes(_frontiers + offset, _blocks - _frontiers - offset);
        var position = 1;
        var bound = 0.0;
        for (var pair = 0; pair < bytes[0]; pair++)
        {
            if (!VarInt.TryRead(bytes, ref position, out var value) || !VarInt.TryRead(bytes, ref position, out var length)) throw _section.File.Damaged("the bounds of a list are cut short");
            bound = Math.Max(bound, weight.Bound((int)value, (int)length));
        }
        return bound;
    }

    private int FrontierBytes(int offset)
    {
        var bytes = Bytes(_frontiers + offset, _blocks - _frontiers - offset);
        var position = 1;
        for (var number = 0; number < 2 * bytes[0]; number++) VarInt.TryRead(bytes, ref position, out _);
        return position;
    }
}
