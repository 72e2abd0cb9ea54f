using System.Runtime.InteropServices;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Reads the double-array trie that SentencePiece stores its character rules in (the unit layout of Darts-clone 0.32).</summary>
/// <remarks>A unit holds a label or a value, an offset to its children, and whether a key ends there.</remarks>
internal sealed class DartsTrie
{
    private readonly uint[] _units;

    internal DartsTrie(ReadOnlySpan<byte> blob) => _units = MemoryMarshal.Cast<byte, uint>(blob).ToArray();

    internal bool IsEmpty => _units.Length == 0;

    /// <summary>Length of the longest key that starts the text, in bytes; 0 when none does.</summary>
    internal int LongestPrefix(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        var length = 0;
        var units = _units;
        var unit = units[0];
        var node = Offset(unit);
        for (var i = 0; i < text.Length; i++)
        {
            node ^= text[i];
            if (node >= (uint)units.Length) break;
            unit = units[node];
            if ((unit & 0x800000FFu) != text[i]) break;
            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 0) continue;
            if (node >= (uint)units.Length) break;
            (value, length) = ((int)(units[node] & 0x7FFFFFFFu), i + 1);
        }
        return length;
    }

    /// <summary>Whether any key starts with these bytes.</summary>
    internal bool HasPrefix(ReadOnlySpan<byte> text)
    {
        var node = Offset(_units[0]);
        foreach (var letter in text)
        {
            node ^= letter;
            if (node >= (uint)_units.Length || (_units[node] & 0x800000FFu) != letter) return false;
            node ^= Offset(_units[node]);
        }
        return true;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);
}
