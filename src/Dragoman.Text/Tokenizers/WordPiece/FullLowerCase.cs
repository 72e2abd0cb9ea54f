using System.Globalization;
using System.Text;

namespace Dragoman.Text.Tokenizers.WordPiece;

/// <summary>Unicode's full lower-casing without a language, as Python's <c>str.lower</c>: the capital dotted I keeps its dot, a capital sigma at a word's end becomes ς.</summary>
internal static class FullLowerCase
{
    internal static string Of(ReadOnlySpan<char> text)
    {
        var lower = new StringBuilder(text.Length + 2);
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
            switch (rune.Value)
            {
                case 0x0130: lower.Append("i\u0307"); break;
                case 0x03A3: lower.Append(IsFinal(text, i) ? 'ς' : 'σ'); break;
                default: lower.Append(Rune.ToLowerInvariant(rune)); break;
            }
            i += consumed;
        }
        return lower.ToString();
    }

    /// <summary>Unicode's condition Final_Sigma (section 3.13, table 3-17): a cased letter before, none after, case-ignorable characters skipped.</summary>
    private static bool IsFinal(ReadOnlySpan<char> text, int sigma)
    {
        var before = false;
        for (var rest = text[..sigma]; !rest.IsEmpty;)
        {
            Rune.DecodeLastFromUtf16(rest, out var rune, out var consumed);
            rest = rest[..^consumed];
            if (IsCaseIgnorable(rune)) continue;
            before = IsCased(rune);
            break;
        }
        if (!before) return false;
        for (var rest = text[(sigma + 1)..]; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
            rest = rest[consumed..];
            if (!IsCaseIgnorable(rune)) return !IsCased(rune);
        }
        return true;
    }

    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsCaseIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027 or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;
}
