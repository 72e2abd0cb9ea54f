namespace Dragoman.Text.Analysis.Stemming;

/// <summary>German: the Snowball stemmer (as of version 2.2). Expects ss for ß.</summary>
internal sealed class GermanStemmer : IStemmer
{
    internal static readonly GermanStemmer Instance = new();

    private const string Vowels = "aeiouyäöü";

    private static readonly SuffixTable First = new("em ern er", "e en es", "s");
    private static readonly SuffixTable Second = new("en er est", "st");
    private static readonly SuffixTable Derivation = new("end ung", "ig ik isch", "lich heit", "keit");

    private GermanStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var stem = StemWord.Of(word, word.Length <= 64 ? stackalloc char[64 + StemWord.Slack] : new char[word.Length + StemWord.Slack]);
        MarkConsonants(ref stem);
        if (stem.Length >= 3)
        {
            var r1 = stem.AfterVowelAndConsonant(0, Vowels);
            var r2 = stem.AfterVowelAndConsonant(r1, Vowels);
            CutInflection(ref stem, Math.Max(3, r1));
            CutDerivation(ref stem, Math.Max(3, r1), r2);
        }
        stem.ReplaceAll('Y', 'y');
        stem.ReplaceAll('U', 'u');
        stem.ReplaceAll('ä', 'a');
        stem.ReplaceAll('ö', 'o');
        stem.ReplaceAll('ü', 'u');
        return stem.ToString();
    }

    /// <summary>Marks u and y between vowels, which are consonants.</summary>
    private static void MarkConsonants(ref StemWord stem)
    {
        for (var i = 1; i + 1 < stem.Length; i++)
            if (stem[i] is 'u' or 'y' && IsVowel(stem[i - 1]) && IsVowel(stem[i + 1])) stem[i] = char.ToUpperInvariant(stem[i]);
    }

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);

    private static bool Follows(StemWord stem, int suffix, string letters) => stem.Length > suffix && letters.Contains(stem[stem.Length - suffix - 1], StringComparison.Ordinal);

    private static void CutInflection(ref StemWord stem, int r1)
    {
        var length = First.Longest(stem.Letters, out var group);
        if (length > 0 && stem.Length - length >= r1 && (group != 2 || Follows(stem, 1, "bdfghklmnrt")))
        {
            stem.Cut(length);
            if (group == 1 && stem.Ends("niss")) stem.Cut(1);
        }
        length = Second.Longest(stem.Letters, out group);
        if (length > 0 && stem.Length - length >= r1 && (group == 0 || (Follows(stem, 2, "bdfghklmnt") && stem.Length >= 6))) stem.Cut(length);
    }

    private static void CutDerivation(ref StemWord stem, int r1, int r2)
    {
        var length = Derivation.Longest(stem.Letters, out var group);
        if (length == 0 || stem.Length - length < r2 || (group == 1 && Follows(stem, length, "e"))) return;
        stem.Cut(length);
        if (group == 0 && stem.Ends("ig", r2) && !Follows(stem, 2, "e")) stem.Cut(2);
        else if (group == 2 && (stem.Ends("er", r1) || stem.Ends("en", r1))) stem.Cut(2);
        else if (group == 3 && !stem.Cut("lich", r2)) stem.Cut("ig", r2);
    }
}
