using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Dragoman.Collections;

/// <summary>
/// Distinct ids, numbered from 0 in order of first appearance and kept as UTF-8 in one block: about 25 bytes an id beside its text.
/// Reading is thread-safe once nothing is added any more.
/// </summary>
public sealed class IdTable
{
    private const int IdsAtOnce = 32;
    private byte[] _text = new byte[1 << 10];
    private int[] _ends = new int[64];
    private ulong[] _slots = new ulong[128];      // hash in the upper half, index + 1 in the lower; 0 = free; open addressing, at most half full

    /// <summary>How many ids there are.</summary>
    public int Count { get; private set; }

    /// <summary>The id with a number.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public string this[int index] => Encoding.UTF8.GetString(Utf8(index));

    /// <summary>The UTF-8 bytes of an id; valid until the next <see cref="Add(ReadOnlySpan{byte})"/>.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> Utf8(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var start = index == 0 ? 0 : _ends[index - 1];
        return _text.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Number of an id; adds it when it is new.</summary>
    /// <param name="id">The id in UTF-8.</param>
    public int Add(ReadOnlySpan<byte> id) => Add(id, Hash(id));

    /// <summary>Adds all ids of another table that are new.</summary>
    /// <param name="other">The other table.</param>
    /// <param name="numbers">Receives the number that every id of the other table has here.</param>
    public void AddAll(IdTable other, Span<int> numbers)
    {
        // In a large table, an id is three ways to memory: slot, end, text. The processor fetches those of several ids at once.
        Span<uint> hashes = stackalloc uint[IdsAtOnce];
        for (var first = 0; first < other.Count; first += IdsAtOnce)
        {
            var count = Math.Min(IdsAtOnce, other.Count - first);
            for (var place = 0; place < count; place++)
            {
                hashes[place] = Hash(other.Utf8(first + place));
                Expect(ref _slots[(int)hashes[place] & (_slots.Length - 1)]);
            }
            for (var place = 0; place < count; place++)
            {
                if (Candidate(hashes[place]) is > 0 and var candidate) Expect(ref _ends[candidate - 1]);
            }
            for (var place = 0; place < count; place++)
            {
                // An empty id may stand at the very end.
                if (Candidate(hashes[place]) is > 0 and var candidate && _ends[candidate - 1] < _text.Length) Expect(ref _text[_ends[candidate - 1]]);
            }
            for (var place = 0; place < count; place++) numbers[first + place] = Add(other.Utf8(first + place), hashes[place]);
        }
    }

    /// <summary>Bytes of all ids together.</summary>
    public int TextBytes => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>Takes all ids out; the memory is kept for others.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private int Add(ReadOnlySpan<byte> id, uint hash)
    {
        var slot = Slot(id, hash);
        if (_slots[slot] != 0) return IndexAt(slot);
        if (Count * 2 >= _slots.Length - 2)
        {
            Rehash();
            slot = Slot(id, hash);
        }
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (id.Length > _text.Length - start) Array.Resize(ref _text, (int)Math.Max(Math.Min(_text.Length * 2L, Array.MaxLength), start + (long)id.Length));
        if (Count == _ends.Length) Array.Resize(ref _ends, _ends.Length * 2);
        id.CopyTo(_text.AsSpan(start));
        _ends[Count] = start + id.Length;
        _slots[slot] = ((ulong)hash << 32) | (uint)++Count;
        return Count - 1;
    }

    /// <summary>Number of an id; adds it when it is new.</summary>
    /// <param name="id">The id.</param>
    public int Add(string id)
    {
        Span<byte> buffer = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(id, buffer, out var length) ? Add(buffer[..length]) : Add(Encoding.UTF8.GetBytes(id));
    }

    /// <summary>Number of an id; -1 when it is not here.</summary>
    /// <param name="id">The id in UTF-8.</param>
    public int IndexOf(ReadOnlySpan<byte> id) => IndexAt(Slot(id, Hash(id)));

    /// <summary>Number of an id whose hash is known; -1 when it is not here.</summary>
    internal int IndexOf(ReadOnlySpan<byte> id, uint hash) => IndexAt(Slot(id, hash));

    /// <summary>Number of an id; -1 when it is not here.</summary>
    /// <param name="id">The id.</param>
    public int IndexOf(string id)
    {
        Span<byte> buffer = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(id, buffer, out var length) ? IndexOf(buffer[..length]) : IndexOf(Encoding.UTF8.GetBytes(id));
    }

    /// <summary>Compares two ids by their UTF-8 bytes, as C's <c>strcmp</c> does; equal to the order of code points.</summary>
    /// <param name="left">Number of the left id.</param>
    /// <param name="right">Number of the right id.</param>
    /// <returns>Below 0, 0, or above 0.</returns>
    public int Compare(int left, int right) => Utf8(left).SequenceCompareTo(Utf8(right));

    /// <summary>Number of the id that may be the one with a hash; 0 or less when that is the first, or none.</summary>
    private int Candidate(uint hash)
    {
        var entry = _slots[(int)hash & (_slots.Length - 1)];
        return entry >> 32 == hash ? (int)(uint)entry - 1 : -1;
    }

    private static unsafe void Expect<T>(ref T place) where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    private int IndexAt(int slot) => (int)(uint)_slots[slot] - 1;

    // Looked up millions of times from the start: optimised at once, not after a while.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Slot(ReadOnlySpan<byte> id, uint hash)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0 && !(_slots[slot] >> 32 == hash && Utf8(IndexAt(slot)).SequenceEqual(id))) slot = (slot + 1) & mask;
        return slot;
    }

    private void Rehash()
    {
        var old = _slots;
        _slots = new ulong[old.Length * 4];
        var mask = _slots.Length - 1;
        foreach (var entry in old)
        {
            if (entry == 0) continue;
            var slot = (int)(entry >> 32) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = entry;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint Hash(ReadOnlySpan<byte> id)
    {
        const ulong Mix = 0x9E3779B97F4A7C15;
        var state = (ulong)id.Length * Mix;
        for (; id.Length >= 8; id = id[8..]) state = Fold(state ^ MemoryMarshal.Read<ulong>(id));
        ulong rest = 0;
        foreach (var value in id) rest = (rest << 8) | value;
        state = Fold(state ^ rest);
        return (uint)(state ^ (state >> 32));

        static ulong Fold(ulong value)
        {
            var high = Math.BigMul(value ^ 0xA0761D6478BD642F, Mix, out var low);
            return high ^ low;
        }
    }
}
