using System.Runtime.CompilerServices;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>A node of a graph with its score, as one number: better ones are larger, and of equal scores the lower node is better.</summary>
internal static class ScoredNode
{
    private const uint Sign = 0x8000_0000;

    internal static ulong Of(float score, int node)
    {
        // Positive floats are in the order of their bits, negative ones in the reverse. Adding zero makes -0 a 0.
        var bits = Unsafe.BitCast<float, uint>(score + 0f);
        return (ulong)((bits & Sign) == 0 ? bits | Sign : ~bits) << 32 | ~(uint)node;
    }

    internal static int Node(ulong scored) => (int)~(uint)scored;

    internal static float Score(ulong scored)
    {
        var bits = (uint)(scored >> 32);
        return Unsafe.BitCast<uint, float>((bits & Sign) == 0 ? ~bits : bits & ~Sign);
    }
}

/// <summary>A heap with the smallest number on top. Not thread-safe.</summary>
internal sealed class SmallestFirst
{
    private ulong[] _items = new ulong[256];

    internal int Count { get; private set; }

    internal ulong Top => _items[0];

    internal ReadOnlySpan<ulong> Items => _items.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    internal void Push(ulong item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        var place = Count++;
        for (; place > 0 && item < _items[(place - 1) / 2]; place = (place - 1) / 2) _items[place] = _items[(place - 1) / 2];
        _items[place] = item;
    }

    internal ulong Pop()
    {
        var top = _items[0];
        Count--;
        if (Count > 0) Sink(_items[Count]);
        return top;
    }

    /// <summary>Puts an item in the place of the top.</summary>
    internal void ReplaceTop(ulong item) => Sink(item);

    private void Sink(ulong item)
    {
        var place = 0;
        for (var child = 1; child < Count; child = 2 * place + 1)
        {
            if (child + 1 < Count && _items[child + 1] < _items[child]) child++;
            if (_items[child] >= item) break;
            _items[place] = _items[child];
            place = child;
        }
        _items[place] = item;
    }
}
