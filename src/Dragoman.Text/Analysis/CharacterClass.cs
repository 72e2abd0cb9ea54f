using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis;

/// <summary>What an analyzer needs to know about a character.</summary>
internal static class CharacterClass
{
    /// <summary>Whether it is a letter or a decimal digit.</summary>
    internal static bool IsWord(Rune rune) =>
        rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>Whether it belongs to the letter before it: a combining mark, or a joiner.</summary>
    internal static bool ContinuesWord(Rune rune) => IsMark(rune) || rune.Value is 0x200C or 0x200D;

    internal static bool IsMark(Rune rune) =>
        !rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Whether it belongs to a script that is written without spaces between words, or, as Hangul, with many endings joined to them; such text is cut into pairs of characters.</summary>
    internal static bool IsUnspaced(Rune rune) => rune.Value >= 0x0E01 && (IsEastAsian(rune.Value) || IsSouthEastAsian(rune.Value));

    private static bool IsEastAsian(int code) => code is 0x3005 or 0x3007 or (>= 0x1100 and <= 0x11FF) or (>= 0x3031 and <= 0x3035) or (>= 0x303B and <= 0x303C) or (>= 0x3041 and <= 0x3096)
        or (>= 0x309D and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x3105 and <= 0x318E) or (>= 0x31A0 and <= 0x31BF) or (>= 0x31F0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97C) or (>= 0xAC00 and <= 0xD7FB) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1B000 and <= 0x1B16F)
        or (>= 0x20000 and <= 0x3FFFD);

    // Thai and Lao, Myanmar with its extensions, Khmer.
    private static bool IsSouthEastAsian(int code) =>
        code is (>= 0x0E01 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0xA9E0 and <= 0xA9FE) or (>= 0xAA60 and <= 0xAA7F);
}
