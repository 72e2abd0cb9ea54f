namespace Dragoman.Text.Languages.Identification;

/// <summary>The n-grams of a script as they are stored.</summary>
internal sealed record ScriptModelData
{
    /// <summary>Symbol 0 is none; a boundary, a letter outside the alphabet, and the first letter of the alphabet.</summary>
    internal const ushort BoundarySymbol = 1, UnknownSymbol = 2, FirstLetter = 3;

    /// <summary>The script.</summary>
    internal required LetterScript Script { get; init; }

    /// <summary>Tags, in ordinal order.</summary>
    internal required string[] Languages { get; init; }

    /// <summary>How likely each language is before anything was read, relative to 1.</summary>
    internal required float[] Priors { get; init; }

    /// <summary>Longest n-gram, from 1 to <see cref="ScriptModel.MaxOrder"/>.</summary>
    internal required int Order { get; init; }

    /// <summary>The letters, in code point order.</summary>
    internal required char[] Alphabet { get; init; }

    /// <summary>Least log-probability of a symbol, so that a few odd letters cannot decide; natural logarithm.</summary>
    internal required float LogFloor { get; init; }

    /// <summary>Quantised log-probabilities of single symbols, shape [alphabet + <see cref="FirstLetter"/>, languages].</summary>
    internal required byte[] Unigrams { get; init; }

    /// <summary>N-grams as keys, ascending: their symbols' numbers, <see cref="Bits"/> each, the last in the lowest.</summary>
    internal required ulong[] Keys { get; init; }

    /// <summary>What goes with each key.</summary>
    internal required NgramEntry[] Entries { get; init; }

    /// <summary>Quantised log-probabilities and back-off weights.</summary>
    internal required byte[] Values { get; init; }

    /// <summary>Bits a symbol takes in a key.</summary>
    internal int Bits => Alphabet.Length + FirstLetter < 1 << 12 ? 12 : 16;

    /// <summary>A mask for the last symbols of a key.</summary>
    internal ulong Mask(int symbols) => symbols * Bits >= 64 ? ulong.MaxValue : (1UL << (symbols * Bits)) - 1;
}
