using System.Runtime.InteropServices;
using System.Text;

namespace Dragoman.Collections;

/// <summary>
/// Distinct ids, numbered from 0 in order of first appearance and kept as UTF-8 in one block: about 16 bytes an id beside its text.
/// Reading is thread-safe once nothing is added any more.
/// </summary>
public sealed class IdTable
{
    private byte[] _text = new byte[1 << 10];
    private int[] _ends = new int[64];
    private int[] _slots = new int[128];      // index + 1; 0 = free; open addressing, at most half full

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
        var slot = Slot(id);
        if (_slots[slot] > 0) return _slots[slot] - 1;
        if (Count * 2 >= _slots.Length - 2)
        {
            Rehash();
            slot = Slot(id);
        }
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + id.Length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, start + id.Length));
        if (Count == _ends.Length) Array.Resize(ref _ends, _ends.Length * 2);
        id.CopyTo(_text.AsSpan(start));
        _ends[Count] = start + id.Length;
        _slots[slot] = ++Count;
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
    public int IndexOf(ReadOnlySpan<byte> id) => _slots[Slot(id)] - 1;

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

    private int Slot(ReadOnlySpan<byte> id)
    {
        var mask = _slots.Length - 1;
        var slot = (int)Hash(id) & mask;
        while (_slots[slot] is var entry and > 0 && !Utf8(entry - 1).SequenceEqual(id)) slot = (slot + 1) & mask;
        return slot;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 4];
        for (var index = 0; index < Count; index++) _slots[Slot(Utf8(index))] = index + 1;
    }

    private static uint Hash(ReadOnlySpan<byte> id)
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
