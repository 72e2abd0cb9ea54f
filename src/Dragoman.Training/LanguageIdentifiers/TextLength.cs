namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>Lengths of texts in words, and the buckets that identification is measured by.</summary>
public static class TextLength
{
    private const int EastAsianPerWord = 2, SouthEastAsianPerWord = 4;

    /// <summary>Names of the buckets, shortest first.</summary>
    public static IReadOnlyList<string> Buckets { get; } = ["1-2 words", "3-5", "6-15", "16 and more"];

    /// <summary>The bucket of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Position in <see cref="Buckets"/>.</returns>
    public static int BucketOf(string text) => Words(text) switch { <= 2 => 0, <= 5 => 1, <= 15 => 2, _ => 3 };

    /// <summary>Words of a text: what white space parts and holds a letter; where words are not parted, two Chinese or Japanese and four Thai characters count as one.</summary>
    /// <param name="text">The text.</param>
    public static int Words(string text)
    {
        var words = 0;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (eastAsian, southEastAsian) = (token.Count(IsEastAsian), token.Count(IsThai));
            if (eastAsian + southEastAsian > 0) words += (eastAsian + EastAsianPerWord - 1) / EastAsianPerWord + (southEastAsian + SouthEastAsianPerWord - 1) / SouthEastAsianPerWord;
            else if (token.Any(char.IsLetter)) words++;
        }
        return words;
    }

    /// <summary>A part of a text with about so many words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">How many words, 1 or more.</param>
    /// <param name="place">Where it starts, within [0, 1) of the text.</param>
    /// <returns>The part; the whole text where it is not longer.</returns>
    public static string Cut(string text, int words, double place)
    {
        var unspaced = text.Count(IsEastAsian) * 2 > text.Length ? EastAsianPerWord : text.Count(IsThai) * 2 > text.Length ? SouthEastAsianPerWord : 0;
        if (unspaced > 0)
        {
            var length = words * unspaced;
            return text.Length <= length ? text : text.Substring((int)(place * (text.Length - length)), length);
        }
        var tokens = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return tokens.Length <= words ? text : string.Join(' ', tokens.AsSpan((int)(place * (tokens.Length - words)), words)!);
    }

    private static bool IsEastAsian(char character) => character is (>= '\u3041' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF');

    private static bool IsThai(char character) => character is >= '\u0E01' and <= '\u0E5B';
}
