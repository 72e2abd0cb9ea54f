using System.Buffers;
using System.Text;

namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>
/// Kazakh written in Cyrillic, turned into the two other alphabets it is written in, so that they can be recognised: Latin as decreed in 2021 and the Arabic alphabet of Kazakhs in China.
/// </summary>
internal static class KazakhTransliteration
{
    private static readonly SearchValues<char> FrontVowels = SearchValues.Create("әөүі"), FrontByItself = SearchValues.Create("егк");

    private static readonly Dictionary<char, string> LatinOf = Table(
        "а a ә ä б b в v г g ғ ğ д d е e ё io ж j з z и i й i к k қ q л l м m н n ң ñ о o ө ö п p р r с s т t у u ұ ū ү ü ф f х h һ h ц ts ч ch ш ş щ ştş ъ _ ы y і ı ь _ э e ю iu я ia");

    private static readonly Dictionary<char, string> ArabicOf = Table(
        "а ا ә ا б ب в ۆ г گ ғ ع д د е ە ё يو ж ج з ز и ي й ي к ك қ ق л ل м م н ن ң ڭ о و ө و п پ р ر с س т ت у ۋ ұ ۇ ү ۇ ф ف х ح һ ھ ц تس ч چ ш ش щ شش ъ _ ы ى і ى ь _ э ە ю يۋ я يا");

    /// <summary>The text in Latin letters, lower-case; what is not Cyrillic stays.</summary>
    internal static string ToLatin(string text) => Convert(text.ToLowerInvariant(), LatinOf);

    /// <summary>The text in Arabic letters. A word with a front vowel starts with a hamza, unless е, г or к already show that it is a front word.</summary>
    internal static string ToArabic(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var word in text.ToLowerInvariant().Split(' '))
        {
            if (result.Length > 0) result.Append(' ');
            if (word.AsSpan().ContainsAny(FrontVowels) && !word.AsSpan().ContainsAny(FrontByItself)) result.Append('ء');
            result.Append(Convert(word, ArabicOf));
        }
        return result.Replace(',', '،').Replace('?', '؟').ToString();
    }

    private static string Convert(string text, Dictionary<char, string> table)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (table.TryGetValue(character, out var letters)) result.Append(letters);
            else result.Append(character);
        }
        return result.ToString();
    }

    private static Dictionary<char, string> Table(string pairs)
    {
        var parts = pairs.Split(' ');
        return Enumerable.Range(0, parts.Length / 2).ToDictionary(i => parts[2 * i][0], i => parts[2 * i + 1] == "_" ? "" : parts[2 * i + 1]);
    }
}
