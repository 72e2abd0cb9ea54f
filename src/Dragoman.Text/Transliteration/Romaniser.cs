using System.Globalization;
using System.Text;
using Dragoman.Text.Languages;

namespace Dragoman.Text.Transliteration;

/// <summary>Which vowels a script writes.</summary>
internal enum WrittenVowels
{
    /// <summary>Those that are spoken.</summary>
    AsSpoken,

    /// <summary>Few, and those by letters that are consonants too: Arabic, Hebrew.</summary>
    Few,

    /// <summary>Also some that are not spoken: Devanagari and its relatives.</summary>
    TooMany,
}

/// <summary>Writes words in ASCII letters and digits.</summary>
/// <remarks>
/// Not read: Han characters, whose sound depends on word and language (a Chinese term is a character or a pair of them, never a whole name), Thai and its neighbours, whose vowels are written around
/// consonants and whose words an index does not hold whole, and every other script that is not named in this folder.
/// </remarks>
internal static class Romaniser
{
    private const int FewestKana = 3;

    /// <summary>A word in Latin letters.</summary>
    /// <param name="term">The word; any string.</param>
    /// <param name="language">BCP 47 tag of its text.</param>
    /// <returns>The letters, and which vowels its script writes; null when a character is of a script that is not read, or is no letter, digit or mark.</returns>
    internal static (string Latin, WrittenVowels Vowels)? Romanise(string term, string language)
    {
        if (Normalized(term) is not { } text) return null;
        var latin = new StringBuilder(text.Length + 8);
        var (vowels, kana) = (WrittenVowels.AsSpoken, 0);
        var primary = LanguageTag.TryParse(language, out var tag, out _) ? tag.Language : language;
        for (var position = 0; position < text.Length;)
        {
            var letter = text[position];
            if (AlphabetLetters.LacksVowels(letter)) vowels = WrittenVowels.Few;
            else if (IndicLetters.Has(letter)) vowels = WrittenVowels.TooMany;
            if (HangulSyllables.Has(letter))
            {
                HangulSyllables.Read(text, position++, latin);
            }
            else if (KanaLetters.Has(letter))
            {
                kana++;
                KanaLetters.Read(text, ref position, latin);
            }
            else if (!TryRead(text, ref position, primary, latin))
            {
                return null;
            }
        }
        // Japanese text is indexed by characters and pairs of them: so few kana are a piece of a word.
        return latin.Length == 0 || kana is > 0 and < FewestKana ? null : (latin.ToString(), vowels);
    }

    private static bool TryRead(string text, ref int position, string language, StringBuilder latin)
    {
        if (AlphabetLetters.Read(text.AsSpan(position), language, out var length) is { } letters)
        {
            latin.Append(letters);
            position += length;
            return true;
        }
        if (!Rune.TryGetRuneAt(text, position, out var rune)) return false;
        if (Rune.IsDigit(rune)) latin.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        else if (rune.IsAscii && Rune.IsLetter(rune)) latin.Append((char)rune.Value);
        else if (!(rune.IsBmp && IndicLetters.TryRead(text, position, latin)) && !IsSilent(rune)
            && !TryReadBase(text[position], language, latin)) return false;
        position += rune.Utf16SequenceLength;
        return true;
    }

    /// <summary>Reads a letter without its accents.</summary>
    private static bool TryReadBase(char letter, string language, StringBuilder latin)
    {
        if (char.IsSurrogate(letter)) return false;
        var bare = char.ToLowerInvariant(letter.ToString().Normalize(NormalizationForm.FormD)[0]);
        if (bare == letter) return false;
        var letters = char.IsAsciiLetter(bare) ? bare.ToString() : AlphabetLetters.Read([bare], language, out _);
        latin.Append(letters);
        return letters is not null;
    }

    private static bool IsSilent(Rune rune) =>
        rune.Value is '\'' or '-' or '.' or '’' or 'ʻ' or 'ʼ' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark;

    /// <summary>NFKC in lower case; null for what is no text.</summary>
    private static string? Normalized(string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            if (term[i] is '\uFFFE' or '\uFFFF') return null;
            if (char.IsSurrogate(term[i]) && !(i + 1 < term.Length && char.IsSurrogatePair(term[i], term[i + 1]) && (++i > 0))) return null;
        }
        return Ascii.IsValid(term) ? term.ToLowerInvariant() : term.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }
}
