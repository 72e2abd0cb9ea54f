using System.Text;

namespace Dragoman.Text.Transliteration;

/// <summary>Hangul in Latin letters after the Revised Romanization of Korean (Ministry of Culture and Tourism, notice 2000-8).</summary>
/// <remarks>
/// A final consonant before a vowel is written as the initial it sounds like, ㄹㄹ as ll. Deviation: other assimilations between syllables (신라, Silla) are not written.
/// </remarks>
internal static class HangulSyllables
{
    private const char First = '\uAC00', Last = '\uD7A3';
    private const int VowelCount = 21, FinalCount = 28, Silent = 11, R = 5, FinalL = 8;

    private static readonly string[] Initials = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];

    private static readonly string[] Vowels =
        ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];

    private static readonly string[] Finals =
        ["", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"];

    private static readonly string[] BeforeVowel =
        ["", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m", "b", "ps", "s", "ss", "ng", "j", "ch", "k", "t", "p", ""];

    /// <summary>Whether a character is a syllable.</summary>
    internal static bool Has(char letter) => letter is >= First and <= Last;

    /// <summary>Reads a syllable.</summary>
    /// <param name="text">The word.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="latin">Receives its Latin letters.</param>
    internal static void Read(string text, int position, StringBuilder latin)
    {
        var (initial, vowel, final) = Parts(text[position]);
        var doubled = position > 0 && Has(text[position - 1]) && Parts(text[position - 1]).Final == FinalL && initial == R;
        latin.Append(doubled ? "l" : Initials[initial]).Append(Vowels[vowel]);
        var carried = position + 1 < text.Length && Has(text[position + 1]) && Parts(text[position + 1]).Initial == Silent;
        latin.Append((carried ? BeforeVowel : Finals)[final]);
    }

    private static (int Initial, int Vowel, int Final) Parts(char syllable)
    {
        var index = syllable - First;
        return (index / (VowelCount * FinalCount), index / FinalCount % VowelCount, index % FinalCount);
    }
}
