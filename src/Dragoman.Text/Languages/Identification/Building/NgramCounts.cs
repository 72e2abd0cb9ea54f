using System.Runtime.InteropServices;

namespace Dragoman.Text.Languages.Identification.Building;

/// <summary>How often every n-gram of a language occurs, by order; keys as in <see cref="ScriptModelData.Keys"/>.</summary>
internal sealed class NgramCounts
{
    private readonly Dictionary<ulong, int>[] _counts;

    private NgramCounts(int order) => _counts = [.. Enumerable.Range(0, order).Select(_ => new Dictionary<ulong, int>())];

    /// <summary>Symbols counted.</summary>
    internal long Total { get; private set; }

    /// <summary>N-grams of an order, from 1.</summary>
    internal Dictionary<ulong, int> Of(int order) => _counts[order - 1];

    /// <summary>Counts a stream.</summary>
    /// <param name="stream">The letters.</param>
    /// <param name="keys">The script's alphabet.</param>
    /// <param name="order">Longest n-gram.</param>
    internal static NgramCounts Count(LetterStream stream, NgramKeys keys, int order)
    {
        var counts = new NgramCounts(order);
        ulong recent = ScriptModelData.BoundarySymbol;
        var length = 1;
        foreach (var symbol in stream.Symbols)
        {
            if (symbol == LetterStream.TextEnd)
            {
                (recent, length) = (ScriptModelData.BoundarySymbol, 1);
                continue;
            }
            recent = (recent << keys.Bits) | keys.CodeOf(symbol);
            length = Math.Min(length + 1, order);
            for (var n = 1; n <= length; n++) CollectionsMarshal.GetValueRefOrAddDefault(counts._counts[n - 1], recent & keys.Mask(n), out _)++;
            counts.Total++;
        }
        return counts;
    }
}

/// <summary>An alphabet and how its letters make keys.</summary>
internal sealed class NgramKeys
{
    private readonly Dictionary<char, ushort> _codes = new() { [LetterReader.Boundary] = ScriptModelData.BoundarySymbol };

    internal NgramKeys(char[] alphabet)
    {
        Alphabet = alphabet;
        for (var letter = 0; letter < alphabet.Length; letter++) _codes[alphabet[letter]] = (ushort)(letter + ScriptModelData.FirstLetter);
        Bits = alphabet.Length + ScriptModelData.FirstLetter < 1 << 12 ? 12 : 16;
    }

    internal char[] Alphabet { get; }

    /// <summary>Symbols there are: boundary, unknown, letters, and the unused number 0.</summary>
    internal int Symbols => Alphabet.Length + ScriptModelData.FirstLetter;

    internal int Bits { get; }

    internal ushort CodeOf(char symbol) => _codes.GetValueOrDefault(symbol, ScriptModelData.UnknownSymbol);

    internal ulong Mask(int symbols) => symbols * Bits >= 64 ? ulong.MaxValue : (1UL << (symbols * Bits)) - 1;
}
