namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Turkish: the Snowball stemmer (Çilden, 2007, after Eryiğit and Adalı, 2004; as of version 2.2).</summary>
internal sealed class TurkishStemmer : IStemmer
{
    internal static readonly TurkishStemmer Instance = new();

    private TurkishStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        if (word.Count(TurkishSuffixes.IsVowel) < 2) return word;
        var suffixes = new TurkishSuffixes(word);
        if (!suffixes.CutVerbSuffixes()) return suffixes.Stem;
        suffixes.CutNounSuffixes();
        return Finish(suffixes.Stem);
    }

    /// <summary>Mends what cutting did to the last consonant.</summary>
    private static string Finish(string stem)
    {
        if (stem is "ad" or "soyad") return stem;
        if (stem.Length > 0 && stem[^1] is 'd' or 'g' && stem.LastOrDefault(TurkishSuffixes.IsVowel) is var vowel and not '\0')
            return stem + (vowel switch { 'a' or 'ı' => 'ı', 'e' or 'i' => 'i', 'o' or 'u' => 'u', _ => 'ü' });
        if (stem.Length == 0) return stem;
        return stem[^1] switch
        {
            'b' => stem[..^1] + 'p',
            'c' => stem[..^1] + 'ç',
            'd' => stem[..^1] + 't',
            'ğ' => stem[..^1] + 'k',
            _ => stem,
        };
    }
}
