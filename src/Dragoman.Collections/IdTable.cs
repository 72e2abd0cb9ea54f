using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Dragoman.Collections;

/// <summary>
/// Distinct ids, numbered from 0 in order of first appearance and kept as UTF-8 in one block: about 25 bytes an id beside its text.
/// Reading is thread-safe once nothing is added any more.
/// </summary>
public sealed class IdTable
{
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
    public int Add(ReadOnlySpan<byte> id)
    {
        var hash = Hash(id);
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
