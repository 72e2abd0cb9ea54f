using System.Globalization;

namespace Dragoman.Text.Languages.Identification;

/// <summary>What a character counts as in the histogram of scripts.</summary>
internal enum LetterScript : byte
{
    /// <summary>No letter: white space, digits, punctuation, symbols.</summary>
    None,
    /// <summary>A mark that belongs to the letter before it and decides nothing.</summary>
    Mark,
    Latin, Cyrillic, Arabic,
    /// <summary>Han, Hiragana, Katakana and Bopomofo, which Chinese and Japanese mix.</summary>
    EastAsian,
    Hangul, Greek, Hebrew, Devanagari, Thai, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala, Lao, Tibetan, Myanmar, Georgian, Ethiopic, Khmer, Armenian,
    /// <summary>A letter of a script that is not in this list.</summary>
    Other,
}

/// <summary>The script of characters, and the language of scripts that (nearly) one language alone uses.</summary>
internal static class LetterScripts
{
    internal const int Count = (int)LetterScript.Other + 1;

    // Blocks of the Unicode Character Database, Blocks.txt; a character in one is a letter or mark of the script only if its general category says so.
    private static readonly (int First, int Last, LetterScript Script)[] Blocks =
    [
        (0x0041, 0x024F, LetterScript.Latin), (0x0250, 0x02AF, LetterScript.Latin), (0x1E00, 0x1EFF, LetterScript.Latin), (0x2C60, 0x2C7F, LetterScript.Latin), (0xA720, 0xA7FF, LetterScript.Latin),
        (0xAB30, 0xAB6F, LetterScript.Latin), (0xFB00, 0xFB06, LetterScript.Latin), (0xFF21, 0xFF5A, LetterScript.Latin),
        (0x0370, 0x03FF, LetterScript.Greek), (0x1F00, 0x1FFF, LetterScript.Greek),
        (0x0400, 0x052F, LetterScript.Cyrillic), (0x1C80, 0x1C8F, LetterScript.Cyrillic), (0x2DE0, 0x2DFF, LetterScript.Cyrillic), (0xA640, 0xA69F, LetterScript.Cyrillic),
        (0x0530, 0x058F, LetterScript.Armenian), (0x0590, 0x05FF, LetterScript.Hebrew), (0xFB1D, 0xFB4F, LetterScript.Hebrew),
        (0x0600, 0x06FF, LetterScript.Arabic), (0x0750, 0x077F, LetterScript.Arabic), (0x0870, 0x08FF, LetterScript.Arabic), (0xFB50, 0xFDFF, LetterScript.Arabic), (0xFE70, 0xFEFE, LetterScript.Arabic),
        (0x0900, 0x097F, LetterScript.Devanagari), (0xA8E0, 0xA8FF, LetterScript.Devanagari), (0x0980, 0x09FF, LetterScript.Bengali), (0x0A00, 0x0A7F, LetterScript.Gurmukhi),
        (0x0A80, 0x0AFF, LetterScript.Gujarati), (0x0B00, 0x0B7F, LetterScript.Oriya), (0x0B80, 0x0BFF, LetterScript.Tamil), (0x0C00, 0x0C7F, LetterScript.Telugu),
        (0x0C80, 0x0CFF, LetterScript.Kannada), (0x0D00, 0x0D7F, LetterScript.Malayalam), (0x0D80, 0x0DFF, LetterScript.Sinhala), (0x0E00, 0x0E7F, LetterScript.Thai),
        (0x0E80, 0x0EFF, LetterScript.Lao), (0x0F00, 0x0FFF, LetterScript.Tibetan), (0x1000, 0x109F, LetterScript.Myanmar), (0xA9E0, 0xA9FF, LetterScript.Myanmar), (0xAA60, 0xAA7F, LetterScript.Myanmar),
        (0x10A0, 0x10FF, LetterScript.Georgian), (0x1C90, 0x1CBF, LetterScript.Georgian), (0x1200, 0x139F, LetterScript.Ethiopic), (0x2D80, 0x2DDF, LetterScript.Ethiopic),
        (0x1780, 0x17FF, LetterScript.Khmer), (0x1100, 0x11FF, LetterScript.Hangul), (0x3130, 0x318F, LetterScript.Hangul), (0xA960, 0xA97F, LetterScript.Hangul), (0xAC00, 0xD7FF, LetterScript.Hangul),
        (0x3005, 0x3007, LetterScript.EastAsian), (0x3041, 0x312F, LetterScript.EastAsian), (0x31A0, 0x31BF, LetterScript.EastAsian), (0x31F0, 0x31FF, LetterScript.EastAsian),
        (0x3400, 0x4DBF, LetterScript.EastAsian), (0x4E00, 0x9FFF, LetterScript.EastAsian), (0xF900, 0xFAFF, LetterScript.EastAsian), (0xFF66, 0xFF9F, LetterScript.EastAsian),
    ];

    private static readonly LetterScript[] Table = Fill();

    /// <summary>The script of a UTF-16 unit; surrogates count as <see cref="LetterScript.EastAsian"/> or <see cref="LetterScript.Other"/> by <see cref="OfSupplementary"/>.</summary>
    internal static LetterScript Of(char character) => Table[character];

    /// <summary>The script of a character beyond the Basic Multilingual Plane.</summary>
    internal static LetterScript OfSupplementary(int code) =>
        code is (>= 0x20000 and <= 0x3FFFD) or (>= 0x1B000 and <= 0x1B16F) ? LetterScript.EastAsian
        : CharUnicodeInfo.GetUnicodeCategory(code) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter ? LetterScript.Other : LetterScript.None;

    /// <summary>The language that a script alone gives; null where several languages of the model share it.</summary>
    internal static string? OnlyLanguage(LetterScript script) => script switch
    {
        LetterScript.Hangul => "ko", LetterScript.Greek => "el", LetterScript.Hebrew => "he", LetterScript.Devanagari => "hi", LetterScript.Thai => "th", LetterScript.Bengali => "bn",
        LetterScript.Gurmukhi => "pa", LetterScript.Gujarati => "gu", LetterScript.Oriya => "or", LetterScript.Tamil => "ta", LetterScript.Telugu => "te", LetterScript.Kannada => "kn",
        LetterScript.Malayalam => "ml", LetterScript.Sinhala => "si", LetterScript.Lao => "lo", LetterScript.Tibetan => "bo", LetterScript.Myanmar => "my", LetterScript.Georgian => "ka",
        LetterScript.Ethiopic => "am", LetterScript.Khmer => "km", LetterScript.Armenian => "hy",
        _ => null,
    };

    /// <summary>How much a letter of a script counts in the histogram: a Han character or a Hangul syllable says about as much as several letters of an alphabet.</summary>
    internal static float Weight(LetterScript script) => script switch
    {
        LetterScript.EastAsian => 3f,
        LetterScript.Hangul => 2.5f,
        LetterScript.Ethiopic => 1.5f,
        _ => 1f,
    };

    private static LetterScript[] Fill()
    {
        var table = new LetterScript[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++) table[code] = Kind((char)code);
        foreach (var (first, last, script) in Blocks)
            for (var code = first; code <= last; code++)
                if (table[code] == LetterScript.Other) table[code] = script;
        (table[0x3005], table[0x30FC]) = (LetterScript.EastAsian, LetterScript.EastAsian);
        return table;
    }

    private static LetterScript Kind(char character) => char.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter => LetterScript.Other,
        UnicodeCategory.ModifierLetter => character is >= '\u0640' and <= '\u06FF' or >= '\u0E00' ? LetterScript.Mark : LetterScript.None,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => LetterScript.Mark,
        _ => character is '\u200C' or '\u200D' or '\u00AD' ? LetterScript.Mark : LetterScript.None,
    };
}
