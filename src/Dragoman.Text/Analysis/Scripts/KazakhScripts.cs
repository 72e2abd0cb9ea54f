using System.Buffers;
using System.Text;

namespace Dragoman.Text.Analysis.Scripts;

/// <summary>Writes Kazakh words of the Latin alphabet of 2021 and of the Arabic alphabet (China) in Cyrillic letters.</summary>
/// <remarks>
/// Arabic letters always are Kazakh's. A word in Latin letters can be a foreign name, which stays as it is, and is taken for Kazakh when (a) it has a letter that only Kazakh's alphabet has among
/// those used here (ä ğ ı ñ ö ş ū ü, and ŋ of another edition), (b) it has a q without u, (c) the text's language tag says <c>Latn</c>, or (d) the text has no Cyrillic letter but a
/// word of kind (a). Latin і/й (both <c>i</c> with a dot) follow their place: й after a vowel.
/// </remarks>
internal sealed class KazakhScripts : IScriptFolding
{
    internal static readonly KazakhScripts Instance = new();

    private const string LatinVowels = "aäeıioöuūüy";
    private static readonly SearchValues<char> LatinSigns = SearchValues.Create("äğıñŋöşūü"), FrontSigns = SearchValues.Create("ءٴكگە"), Merged = SearchValues.Create("йяюёщчцэьъһ");

    private KazakhScripts()
    {
    }

    /// <inheritdoc/>
    public bool IsOtherScript(ReadOnlySpan<char> folded, string language)
    {
        if (language.Contains("-Latn", StringComparison.OrdinalIgnoreCase)) return true;
        return folded.ContainsAny(LatinSigns) && !folded.ContainsAnyInRange('\u0400', '\u052F');
    }

    /// <inheritdoc/>
    public string Respell(string word, bool otherScript)
    {
        if (word.AsSpan().ContainsAnyInRange('\u0600', '\u06FF')) return FromArabic(word);
        var isLatin = word.AsSpan().ContainsAnyInRange('a', 'z') || word.AsSpan().ContainsAny(LatinSigns);
        return isLatin && (otherScript || IsKazakh(word)) ? FromLatin(word) : word;
    }

    private static bool IsKazakh(string word)
    {
        if (word.AsSpan().ContainsAny(LatinSigns)) return true;
        for (var at = word.IndexOf('q', StringComparison.Ordinal); at >= 0; at = word.IndexOf('q', at + 1))
            if (at + 1 == word.Length || word[at + 1] != 'u') return true;
        return false;
    }

    private static string FromLatin(string word)
    {
        var cyrillic = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            var afterVowel = i > 0 && LatinVowels.Contains(word[i - 1], StringComparison.Ordinal);
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            if (word[i] == 'i' && next is 'a' or 'u' && !(next == 'u' && i + 2 < word.Length && LatinVowels.Contains(word[i + 2], StringComparison.Ordinal)))
            {
                cyrillic.Append(next == 'a' ? 'я' : 'ю');
                i++;
            }
            else
            {
                cyrillic.Append(word[i] == 'i' && afterVowel ? "й" : Cyrillic(word[i]));
            }
        }
        return cyrillic.ToString();
    }

    private static string Cyrillic(char latin) => latin switch
    {
        'a' => "а", 'ä' => "ә", 'b' => "б", 'd' => "д", 'e' => "е", 'f' => "ф", 'g' => "г", 'ğ' => "ғ", 'h' => "х", 'ı' => "і", 'i' => "и", 'j' => "ж", 'k' => "к", 'l' => "л", 'm' => "м",
        'n' => "н", 'ñ' or 'ŋ' => "ң", 'o' => "о", 'ö' => "ө", 'p' => "п", 'q' => "қ", 'r' => "р", 's' => "с", 'ş' => "ш", 't' => "т", 'u' => "у", 'ū' => "ұ", 'ü' => "ү", 'v' => "в",
        'w' => "у", 'y' => "ы", 'z' => "з", 'c' => "ц", 'x' => "кс",
        _ => latin.ToString(),
    };

    /// <summary>Vowels are back unless a hamza, or one of the letters that only front words have, says otherwise for the whole word.</summary>
    private static string FromArabic(string word)
    {
        var isFront = word.AsSpan().ContainsAny(FrontSigns);
        var cyrillic = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            var letter = FromArabic(word[i], next, isFront, cyrillic.Length > 0 ? cyrillic[^1] : '\0', out var taken);
            cyrillic.Append(letter);
            i += taken - 1;
        }
        return cyrillic.ToString();
    }

    private static string FromArabic(char letter, char next, bool isFront, char before, out int taken)
    {
        taken = 2;
        // What NFKC makes of the letter і, U+0678.
        if (letter == 'ي' && next == 'ٴ') return "і";
        if (letter == 'ي' && next == 'ا') return "я";
        if (letter == 'ي' && next == 'ۋ') return "ю";
        taken = 1;
        return letter switch
        {
            'ء' or 'ٴ' => "",
            'ا' => isFront ? "ә" : "а", 'و' => isFront ? "ө" : "о", 'ۇ' => isFront ? "ү" : "ұ", 'ى' => isFront ? "і" : "ы", 'ە' => "е", 'ۋ' => "у",
            'ي' or 'ی' => before != '\0' && LatinOrCyrillicVowel(before) ? "й" : "и",
            'ب' => "б", 'ۆ' => "в", 'گ' => "г", 'ع' or 'غ' => "ғ", 'د' => "д", 'ج' => "ж", 'ز' => "з", 'ك' or 'ک' => "к", 'ق' => "қ", 'ل' => "л", 'م' => "м", 'ن' => "н", 'ڭ' => "ң",
            'پ' => "п", 'ر' => "р", 'س' => "с", 'ت' => "т", 'ف' => "ф", 'ح' => "х", 'ھ' or 'ه' => "һ", 'چ' => "ч", 'ش' => "ш",
            _ => letter.ToString(),
        };
    }

    private static bool LatinOrCyrillicVowel(char letter) => "аәеиоөуұүыіэюя".Contains(letter, StringComparison.Ordinal);

    /// <summary>The last folding: letters that the three alphabets do not tell apart.</summary>
    internal static string Key(string stem)
    {
        if (!stem.AsSpan().ContainsAny(Merged)) return stem;
        var key = new StringBuilder(stem.Length + 4);
        foreach (var letter in stem)
        {
            key.Append(letter switch
            {
                'й' => "и", 'я' => "иа", 'ю' => "иу", 'ё' => "ио", 'щ' => "ш", 'ц' => "тс", 'э' => "е", 'ь' or 'ъ' => "", 'һ' => "х", 'ч' => "ш",
                _ => letter.ToString(),
            });
        }
        return key.ToString();
    }
}
