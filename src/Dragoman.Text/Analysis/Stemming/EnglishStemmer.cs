using System.Buffers;
using System.Collections.Frozen;

namespace Dragoman.Text.Analysis.Stemming;

/// <summary>English: Porter's second stemmer (Snowball "english", as of its version 2.2).</summary>
internal sealed class EnglishStemmer : IStemmer
{
    internal static readonly EnglishStemmer Instance = new();

    private const string Vowels = "aeiouy";
    private static readonly SearchValues<char> AnyVowel = SearchValues.Create(Vowels);

    private static readonly FrozenDictionary<string, string> Whole = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli",
        ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> AfterPlural =
        FrozenSet.Create(StringComparer.Ordinal, "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed");

    private static readonly SuffixTable Possessive = new("' 's 's'");
    private static readonly SuffixTable Plural = new("sses", "ied ies", "s", "us ss");
    private static readonly SuffixTable Past = new("eed eedly", "ed edly ing ingly");
    private static readonly SuffixTable PastRest = new("at bl iz", "bb dd ff gg mm nn pp rr tt");

    private static readonly string[] SecondEndings = ["tion", "ence", "ance", "able", "ent", "ize", "ate", "al", "ful", "ous", "ive", "ble", "og", "ful", "less", ""];
    private static readonly SuffixTable Second = new("tional", "enci", "anci", "abli", "entli", "izer ization", "ational ation ator", "alism aliti alli", "fulness", "ousli ousness",
        "iveness iviti", "biliti bli", "ogi", "fulli", "lessli", "li");

    private static readonly string[] ThirdEndings = ["tion", "ate", "al", "ic", "", ""];
    private static readonly SuffixTable Third = new("tional", "ational", "alize", "icate iciti ical", "ful ness", "ative");
    private static readonly SuffixTable Fourth = new("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize", "ion");

    private EnglishStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        if (Whole.TryGetValue(word, out var known)) return known;
        if (word.Length < 3) return word;
        var stem = StemWord.Of(word.StartsWith('\'') ? word[1..] : word, word.Length <= 64 ? stackalloc char[64 + StemWord.Slack] : new char[word.Length + StemWord.Slack]);
        MarkConsonantY(ref stem);
        var (r1, r2) = Regions(stem);
        CutPlural(ref stem);
        if (!AfterPlural.Contains(stem.ToString()))
        {
            CutPast(ref stem, r1);
            if (stem.Length > 2 && stem[stem.Length - 1] is 'y' or 'Y' && !IsVowel(stem[stem.Length - 2])) stem[stem.Length - 1] = 'i';
            CutDerivation(ref stem, r1, r2);
            if (stem.Ends("e") && (stem.Length - 1 >= r2 || (stem.Length - 1 >= r1 && !IsShort(stem.Letters[..^1])))) stem.Cut(1);
            else if (stem.Ends("ll") && stem.Length - 1 >= r2) stem.Cut(1);
        }
        stem.ReplaceAll('Y', 'y');
        return stem.Length == 0 ? word : stem.ToString();
    }

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);

    private static void MarkConsonantY(ref StemWord stem)
    {
        for (var i = 0; i < stem.Length; i++)
            if (stem[i] == 'y' && (i == 0 || IsVowel(stem[i - 1]))) stem[i] = 'Y';
    }

    private static (int R1, int R2) Regions(StemWord stem)
    {
        var letters = stem.Letters;
        var r1 = letters.StartsWith("gener") || letters.StartsWith("arsen") ? 5 : letters.StartsWith("commun") ? 6 : stem.AfterVowelAndConsonant(0, Vowels);
        return (r1, stem.AfterVowelAndConsonant(r1, Vowels));
    }

    private static void CutPlural(ref StemWord stem)
    {
        stem.Cut(Possessive.Longest(stem.Letters, out _));
        Plural.Longest(stem.Letters, out var group);
        if (group == 0) stem.Cut(2);
        else if (group == 1) stem.Cut(stem.Length > 4 ? 2 : 1);
        else if (group == 2 && stem.Length > 2 && stem.Letters[..^2].ContainsAny(AnyVowel)) stem.Cut(1);
    }

    private static void CutPast(ref StemWord stem, int r1)
    {
        var length = Past.Longest(stem.Letters, out var group);
        if (group == 0 && stem.Length - length >= r1) stem.Replace(length, "ee");
        if (group != 1 || !stem.Letters[..^length].ContainsAny(AnyVowel)) return;
        stem.Cut(length);
        PastRest.Longest(stem.Letters, out var rest);
        if (rest == 1) stem.Cut(1);
        else if (rest == 0 || (stem.Length == r1 && IsShort(stem.Letters))) stem.Replace(0, "e");
    }

    private static void CutDerivation(ref StemWord stem, int r1, int r2)
    {
        var length = Second.Longest(stem.Letters, out var group);
        var before = stem.Length > length ? stem[stem.Length - length - 1] : '\0';
        if (group >= 0 && stem.Length - length >= r1 && (group != 12 || before == 'l') && (group != 15 || "cdeghkmnrt".Contains(before, StringComparison.Ordinal))) stem.Replace(length, SecondEndings[group]);
        length = Third.Longest(stem.Letters, out group);
        if (group >= 0 && stem.Length - length >= (group == 5 ? r2 : r1)) stem.Replace(length, ThirdEndings[group]);
        length = Fourth.Longest(stem.Letters, out group);
        if (group >= 0 && stem.Length - length >= r2 && (group == 0 || stem[stem.Length - length - 1] is 's' or 't')) stem.Cut(length);
    }

    /// <summary>Whether letters end in a short syllable.</summary>
    private static bool IsShort(ReadOnlySpan<char> letters) =>
        letters.Length == 2 ? IsVowel(letters[0]) && !IsVowel(letters[1])
        : letters.Length > 2 && !IsVowel(letters[^3]) && IsVowel(letters[^2]) && !IsVowel(letters[^1]) && letters[^1] is not ('w' or 'x' or 'Y');
}
