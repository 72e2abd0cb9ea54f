using System.Buffers;

namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Russian: the Snowball stemmer (as of version 2.2). Expects е for ё.</summary>
internal sealed class RussianStemmer : IStemmer
{
    internal static readonly RussianStemmer Instance = new();

    private const string Vowels = "аеиоуыэюя";
    private static readonly SearchValues<char> AnyVowel = SearchValues.Create(Vowels);

    // Group 0 of these follows а or я only.
    private static readonly SuffixTable Gerund = new("в вши вшись", "ив ивши ившись ыв ывши ывшись");
    private static readonly SuffixTable Adjective = new("ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
    private static readonly SuffixTable Participle = new("ем нн вш ющ щ", "ивш ывш ующ");
    private static readonly SuffixTable Reflexive = new("ся сь");
    private static readonly SuffixTable Verb = new("ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
        "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");
    private static readonly SuffixTable Noun = new("а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");
    private static readonly SuffixTable Derivation = new("ост ость");
    private static readonly SuffixTable Superlative = new("ейш ейше");

    private RussianStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var stem = StemWord.Of(word, word.Length <= 64 ? stackalloc char[64 + StemWord.Slack] : new char[word.Length + StemWord.Slack]);
        var rv = stem.Letters.IndexOfAny(AnyVowel) + 1;
        if (rv == 0) return word;
        var r1 = stem.AfterVowelAndConsonant(0, Vowels);
        var r2 = stem.AfterVowelAndConsonant(r1, Vowels);
        if (!CutAfterA(ref stem, Gerund, rv)) CutInflection(ref stem, rv);
        stem.Cut("и", rv);
        var length = Derivation.Longest(stem.Letters[rv..], out _);
        if (length > 0 && stem.Length - length >= r2) stem.Cut(length);
        Tidy(ref stem, rv);
        return stem.ToString();
    }

    private static void CutInflection(ref StemWord stem, int rv)
    {
        stem.Cut(Reflexive.Longest(stem.Letters[rv..], out _));
        var length = Adjective.Longest(stem.Letters[rv..], out _);
        stem.Cut(length);
        if (length > 0) CutAfterA(ref stem, Participle, rv);
        else if (!CutAfterA(ref stem, Verb, rv)) stem.Cut(Noun.Longest(stem.Letters[rv..], out _));
    }

    /// <summary>Cuts the longest suffix, of which those of group 0 must follow а or я.</summary>
    private static bool CutAfterA(ref StemWord stem, SuffixTable suffixes, int rv)
    {
        var length = suffixes.Longest(stem.Letters[rv..], out var group);
        if (group < 0 || (group == 0 && !(stem.Length - length > rv && stem[stem.Length - length - 1] is 'а' or 'я'))) return false;
        stem.Cut(length);
        return true;
    }

    private static void Tidy(ref StemWord stem, int rv)
    {
        var length = Superlative.Longest(stem.Letters[rv..], out _);
        stem.Cut(length);
        if (!stem.Cut("ь", length > 0 ? int.MaxValue : rv) && stem.Ends("нн", rv)) stem.Cut(1);
    }
}
