using System.Text;

namespace Dragoman.Text.Languages.Identification;

/// <summary>What the identifier sees of a text: letters of one script in lower case, words parted by <see cref="Boundary"/>.</summary>
internal static class LetterReader
{
    /// <summary>Longest part of a text that is read, in UTF-16 units; a language shows itself long before.</summary>
    internal const int MaxCharacters = 1 << 15;

    /// <summary>Stands between words and at both ends of a text.</summary>
    internal const char Boundary = ' ';

    private const char Apostrophe = '\'';

    /// <summary>Takes letters, one at a time.</summary>
    internal interface ISink
    {
        /// <summary>Takes a lower-case letter or <see cref="Boundary"/>; never two boundaries in a row, and not one first.</summary>
        void Add(char symbol);
    }

    /// <summary>Whether a text needs <see cref="Composed"/> before it is read: it holds combining or compatibility characters, or halves of surrogate pairs.</summary>
    internal static bool NeedsComposition(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character < 0x300) continue;
            if (character <= 0x36F || character is (>= '\u1100' and <= '\u11FF') or (>= '\uFB00' and <= '\uFEFE') or (>= '\uFF00' and <= '\uFFEF')) return true;
        }
        return false;
    }

    /// <summary>The text in Unicode normalisation form KC; halves of surrogate pairs become U+FFFD.</summary>
    internal static string Composed(ReadOnlySpan<char> text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.ToString());
        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Counts letters by script.</summary>
    /// <param name="text">The text.</param>
    /// <param name="counts">Shape [<see cref="LetterScripts.Count"/>], zeroed by the caller.</param>
    internal static void Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) counts[(int)LetterScripts.OfSupplementary(char.ConvertToUtf32(text[at], text[++at]))]++;
            else counts[(int)LetterScripts.Of(text[at])]++;
        }
    }

    /// <summary>Reads the letters of one script.</summary>
    internal static void Read<TSink>(ReadOnlySpan<char> text, LetterScript script, ref TSink sink) where TSink : struct, ISink, allows ref struct
    {
        var inWord = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            var kind = LetterScripts.Of(character);
            if (kind == script)
            {
                sink.Add(Lower(character));
                inWord = true;
            }
            else if (inWord && kind != LetterScript.Mark)
            {
                if (IsApostrophe(character) && at + 1 < text.Length && LetterScripts.Of(text[at + 1]) == script) sink.Add(Apostrophe);
                else
                {
                    sink.Add(Boundary);
                    inWord = false;
                }
            }
        }
        if (inWord) sink.Add(Boundary);
    }

    // The apostrophes that French, Italian, Ukrainian and Uzbek texts use, and the letters that stand for them.
    private static bool IsApostrophe(char character) => character is '\'' or '\u2019' or '\u2018' or '\u02BB' or '\u02BC' or '`';

    private static char Lower(char character) =>
        character < 128 ? (char)(character | 0x20) : character == '\u0130' ? 'i' : char.ToLowerInvariant(character);
}
