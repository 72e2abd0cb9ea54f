using System.Text;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Lays out a <see cref="PieceTrie"/>, level by level, each node's children in the first gap where they fit.</summary>
internal sealed class PieceTrieBuilder
{
    private const int FirstSlot = 256, MaxTries = 64;

    private readonly (byte[] Key, int Id, float Score)[] _keys;
    private readonly FreeSlots _free = new(FirstSlot);
    private readonly List<PieceUnit> _units = [];
    private readonly List<int> _ids = [];
    private readonly HashSet<int> _offsets = [];

    private PieceTrieBuilder(IEnumerable<(string Text, int Id, float Score)> pieces)
    {
        _keys = [.. pieces.Select(piece => (Encoding.UTF8.GetBytes(piece.Text), piece.Id, piece.Score))];
        Array.Sort(_keys, (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
    }

    /// <summary>Builds the trie.</summary>
    /// <param name="pieces">Pieces with id and score; texts are distinct and not empty, scores are not NaN.</param>
    internal static PieceTrie Build(IEnumerable<(string Text, int Id, float Score)> pieces) => new PieceTrieBuilder(pieces).Build();

    private PieceTrie Build()
    {
        var root = 0u;
        var waiting = new Queue<(int From, int To, int Depth, int Slot)>();
        waiting.Enqueue((0, _keys.Length, 0, -1));
        var children = new List<(byte Label, int From)>();
        while (waiting.TryDequeue(out var node))
        {
            Children(node.From, node.To, node.Depth, children);
            if (children.Count == 0) continue;
            var offset = Place(children);
            if (node.Slot < 0) root = (uint)offset;
            else _units[node.Slot] = new PieceUnit((uint)offset << 9 | _units[node.Slot].Label, _units[node.Slot].Score);
            for (var i = 0; i < children.Count; i++)
            {
                var (label, from) = children[i];
                var (key, id, score) = _keys[from];
                var ends = key.Length == node.Depth + 1;
                var slot = offset + label;
                (_units[slot], _ids[slot]) = (new PieceUnit(label, ends ? score : float.NaN), ends ? id : -1);
                waiting.Enqueue((from, i + 1 < children.Count ? children[i + 1].From : node.To, node.Depth + 1, slot));
            }
        }
        Reserve(_units.Count + 512);
        return new PieceTrie([.. _units], [.. _ids], root);
    }

    private void Children(int from, int to, int depth, List<(byte Label, int From)> children)
    {
        children.Clear();
        for (var i = from; i < to; i++)
        {
            if (_keys[i].Key.Length == depth) continue;
            var label = _keys[i].Key[depth];
            if (children.Count == 0 || children[^1].Label != label) children.Add((label, i));
        }
    }

    /// <summary>Finds an offset that no node has and whose slots are free for all labels, and takes the slots.</summary>
    private int Place(List<(byte Label, int From)> children)
    {
        var tries = 0;
        foreach (var slot in _free.Gaps())
        {
            if (Fits(children, slot - children[0].Label)) return Take(children, slot - children[0].Label);
            if (++tries == MaxTries) break;
        }
        var fresh = _free.Frontier;
        while (!Fits(children, fresh - children[0].Label)) fresh++;
        return Take(children, fresh - children[0].Label);
    }

    private bool Fits(List<(byte Label, int From)> children, int offset)
    {
        if (offset < FirstSlot || _offsets.Contains(offset)) return false;
        foreach (var (label, _) in children)
        {
            if (!_free.IsFree(offset + label)) return false;
        }
        return true;
    }

    private int Take(List<(byte Label, int From)> children, int offset)
    {
        _offsets.Add(offset);
        foreach (var (label, _) in children) _free.Take(offset + label);
        Reserve(_free.Frontier);
        return offset;
    }

    private void Reserve(int slots)
    {
        while (_units.Count < slots)
        {
            _units.Add(new PieceUnit(PieceUnit.Free, float.NaN));
            _ids.Add(-1);
        }
    }
}
