namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>The free slots of a growing array: a linked list of gaps, and everything from a frontier on.</summary>
internal sealed class FreeSlots(int first)
{
    private const int End = -1;

    // Index i describes slot first + i. A taken slot has next = i (points to itself).
    private readonly List<int> _next = [], _previous = [];
    private int _head = End, _tail = End;

    /// <summary>Every slot from here on is free.</summary>
    internal int Frontier => first + _next.Count;

    internal bool IsFree(int slot) => slot >= first && (slot >= Frontier || _next[slot - first] != slot - first);

    /// <summary>The gaps below the frontier, oldest first; taking a slot ends the enumeration.</summary>
    internal IEnumerable<int> Gaps()
    {
        for (var gap = _head; gap != End; gap = _next[gap]) yield return gap + first;
    }

    internal void Take(int slot)
    {
        var index = slot - first;
        while (_next.Count <= index)
        {
            _next.Add(End);
            _previous.Add(_tail);
            if (_tail == End) _head = _next.Count - 1;
            else _next[_tail] = _next.Count - 1;
            _tail = _next.Count - 1;
        }
        var (previous, next) = (_previous[index], _next[index]);
        if (previous == End) _head = next;
        else _next[previous] = next;
        if (next == End) _tail = previous;
        else _previous[next] = previous;
        _next[index] = index;
    }
}
