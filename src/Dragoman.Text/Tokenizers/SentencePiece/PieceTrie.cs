using System.Runtime.CompilerServices;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>One slot of a <see cref="PieceTrie"/>: eight bytes, so that a step costs one cache line.</summary>
/// <param name="OffsetAndLabel">Where the children start, times 512, plus the byte that leads here; a label of 256 marks a free slot.</param>
/// <param name="Score">Score of the piece that ends here; NaN when none does.</param>
internal readonly record struct PieceUnit(uint OffsetAndLabel, float Score)
{
    internal const uint Free = 256;

    internal uint Label
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => OffsetAndLabel & 511;
    }

    /// <summary>Where the children start; 0 when there are none.</summary>
    internal uint Children
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => OffsetAndLabel >> 9;
    }
}

/// <summary>
/// A double-array trie over UTF-8 bytes: the child of a node by byte c sits at the node's offset plus c. Offsets are not shared, so that the label alone tells whose child a slot is.
/// The first 256 slots stay free, so that offset 0 has no children.
/// </summary>
internal sealed class PieceTrie
{
    private readonly PieceUnit[] _units;
    private readonly int[] _ids;

    internal PieceTrie(PieceUnit[] units, int[] ids, uint root) => (_units, _ids, Root) = (units, ids, root);

    /// <summary>Offset of the root's children.</summary>
    internal uint Root { get; }

    /// <summary>The slots, with 256 free ones at the end so that no step leaves the array.</summary>
    internal PieceUnit[] Units => _units;

    /// <summary>The piece that ends at a slot; -1 when none does.</summary>
    internal int IdAt(int slot) => _ids[slot];

    /// <summary>Length of the longest piece that starts the text, in bytes; 0 when none does.</summary>
    internal int LongestPrefix(ReadOnlySpan<byte> text)
    {
        var (length, children) = (0, Root);
        for (var i = 0; i < text.Length && children != 0; i++)
        {
            var unit = _units[children + text[i]];
            if (unit.Label != text[i]) break;
            children = unit.Children;
            if (!float.IsNaN(unit.Score)) length = i + 1;
        }
        return length;
    }
}
