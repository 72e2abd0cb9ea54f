using System.Buffers;

namespace Dragoman.Text.Analysis.Stemming;

/// <summary>A Turkish word that loses its suffixes from the right, chain by chain.</summary>
/// <remarks>A mark is a function of where the rest of the word ends; it gives where the rest ends without its suffix, or -1 when the suffix is not there.</remarks>
internal sealed class TurkishSuffixes(string word)
{
    private static readonly SearchValues<char> AnyVowel = SearchValues.Create("aeıioöuü");

    private delegate int Mark(string word, int end);

    private static readonly Mark
        Plural = Harmonic(null, "ler", "lar"),
        PluralPossessive = Plain(null, "leri", "ları"),
        Possessive = Plain(OptionalU, "mız", "miz", "muz", "müz", "nız", "niz", "nuz", "nüz", "m", "n"),
        PossessiveS = Harmonic(OptionalS, "ı", "i", "u", "ü"),
        AccusativeY = Harmonic(OptionalY, "ı", "i", "u", "ü"),
        AccusativeN = Harmonic(null, "nı", "ni", "nu", "nü"),
        Genitive = Harmonic(OptionalN, "ın", "in", "un", "ün"),
        DativeY = Harmonic(OptionalY, "a", "e"),
        DativeN = Harmonic(null, "na", "ne"),
        Locative = Harmonic(null, "da", "de", "ta", "te"),
        LocativeN = Harmonic(null, "nda", "nde"),
        Ablative = Harmonic(null, "dan", "den", "tan", "ten"),
        AblativeN = Harmonic(null, "ndan", "nden"),
        Instrumental = Harmonic(OptionalY, "la", "le"),
        Relative = Plain(null, "ki"),
        Equative = Harmonic(OptionalN, "ca", "ce"),
        PersonI = Harmonic(OptionalY, "ım", "im", "um", "üm"),
        PersonYou = Harmonic(null, "sın", "sin", "sun", "sün"),
        PersonWe = Harmonic(OptionalY, "ız", "iz", "uz", "üz"),
        PersonYouAll = Plain(null, "sınız", "siniz", "sunuz", "sünüz"),
        PersonYour = Harmonic(null, "nız", "niz", "nuz", "nüz"),
        Copula = Harmonic(null, "tır", "tir", "tur", "tür", "dır", "dir", "dur", "dür"),
        Manner = Plain(null, "casına", "cesine"),
        Past = Harmonic(OptionalY, "tım", "tim", "tum", "tüm", "dım", "dim", "dum", "düm", "tın", "tin", "tun", "tün", "dın", "din", "dun", "dün", "tık", "tik", "tuk", "tük", "dık", "dik", "duk", "dük",
            "tı", "ti", "tu", "tü", "dı", "di", "du", "dü"),
        Conditional = Plain(OptionalY, "sam", "san", "sak", "sem", "sen", "sek", "sa", "se"),
        Evidential = Harmonic(OptionalY, "mış", "miş", "muş", "müş"),
        While = Plain(OptionalY, "ken");

    private int _end = word.Length;

    /// <summary>What is left of the word.</summary>
    internal string Stem => word[.._end];

    internal static bool IsVowel(char letter) => letter is 'a' or 'e' or 'ı' or 'i' or 'o' or 'ö' or 'u' or 'ü';

    /// <summary>Cuts the suffixes of nominal verbs.</summary>
    /// <returns>Whether suffixes of nouns can follow.</returns>
    internal bool CutVerbSuffixes()
    {
        if (Cut(First(_end, Evidential, Past, Conditional, While))) return true;
        var manner = Manner(word, _end);
        if (manner >= 0 && Cut(Evidential(word, Or(First(manner, PersonYouAll, Plural, PersonI, PersonYou, PersonWe), manner)))) return true;
        if (Cut(Plural(word, _end)))
        {
            Cut(First(_end, Copula, Past, Conditional, Evidential));
            return false;
        }
        var your = PersonYour(word, _end);
        if (your >= 0 && Cut(First(your, Past, Conditional))) return true;
        if (Cut(First(_end, PersonYouAll, PersonWe, PersonYou, PersonI)))
        {
            Cut(Evidential(word, _end));
            return true;
        }
        if (Cut(Copula(word, _end))) Cut(Evidential(word, Or(First(_end, PersonYouAll, Plural, PersonI, PersonYou, PersonWe), _end)));
        return true;
    }

    /// <summary>Cuts the suffixes of nouns.</summary>
    internal void CutNounSuffixes()
    {
        if (Cut(Plural(word, _end))) CutChainBeforeKi();
        else if (Cut(Equative(word, _end))) CutAfterEquative();
        else if (!CutCaseWithN() && !CutAblativeN()) CutOtherCases();
    }

    private void CutAfterEquative()
    {
        if (Cut(PluralPossessive(word, _end)) || CutPossessiveChain(Possessive, PossessiveS)) return;
        if (Cut(Plural(word, _end))) CutChainBeforeKi();
    }

    private bool CutCaseWithN()
    {
        var bare = First(_end, LocativeN, DativeN);
        if (bare < 0) return false;
        if (Cut(PluralPossessive(word, bare))) return true;
        if (Cut(PossessiveS(word, bare)))
        {
            if (Cut(Plural(word, _end))) CutChainBeforeKi();
            return true;
        }
        return CutChainBeforeKi(bare);
    }

    private bool CutAblativeN()
    {
        var bare = First(_end, AblativeN, AccusativeN);
        if (bare < 0) return false;
        if (Cut(PossessiveS(word, bare)))
        {
            if (Cut(Plural(word, _end))) CutChainBeforeKi();
            return true;
        }
        // Recognised, and left as it is.
        return PluralPossessive(word, bare) >= 0;
    }

    private void CutOtherCases()
    {
        if (Cut(Ablative(word, _end)))
        {
            if (CutPossessiveChain(Possessive)) return;
            if (Cut(Plural(word, _end))) CutChainBeforeKi();
            else CutChainBeforeKi();
        }
        else if (Cut(First(_end, Genitive, Instrumental)))
        {
            // Without a chain after it, the plural is cut all the same, and what was before it is tried for the others.
            if (Cut(Plural(word, _end)) && CutChainBeforeKi()) return;
            if (!CutPossessiveChain(Possessive, PossessiveS)) CutChainBeforeKi();
        }
        else if (!Cut(PluralPossessive(word, _end)) && !CutChainBeforeKi())
        {
            CutLastCases();
        }
    }

    private void CutLastCases()
    {
        if (Cut(First(_end, Locative, AccusativeY, DativeY)))
        {
            if (Cut(Possessive(word, _end))) Cut(Plural(word, _end));
            else if (!Cut(Plural(word, _end))) return;
            CutChainBeforeKi();
        }
        else
        {
            CutPossessiveChain(Possessive, PossessiveS);
        }
    }

    /// <summary>A possessive, and the plural before it with what comes before that.</summary>
    private bool CutPossessiveChain(params ReadOnlySpan<Mark> marks)
    {
        if (!Cut(First(_end, marks))) return false;
        if (Cut(Plural(word, _end))) CutChainBeforeKi();
        return true;
    }

    private bool CutChainBeforeKi() => CutChainBeforeKi(_end);

    /// <summary>The chain of noun suffixes that ends in -ki.</summary>
    private bool CutChainBeforeKi(int end)
    {
        var bare = Relative(word, end);
        if (bare < 0) return false;
        if (Cut(Locative(word, bare)))
        {
            if (Cut(Plural(word, _end))) CutChainBeforeKi();
            else CutPossessiveChain(Possessive);
            return true;
        }
        if (Cut(Genitive(word, bare)))
        {
            if (!Cut(PluralPossessive(word, _end)) && !CutPossessiveChain(Possessive, PossessiveS)) CutChainBeforeKi();
            return true;
        }
        var locative = LocativeN(word, bare);
        if (locative < 0) return false;
        if (Cut(PluralPossessive(word, locative))) return true;
        if (!Cut(PossessiveS(word, locative))) return CutChainBeforeKi(locative);
        if (Cut(Plural(word, _end))) CutChainBeforeKi();
        return true;
    }

    private bool Cut(int end)
    {
        if (end < 0) return false;
        _end = end;
        return true;
    }

    private int First(int end, params ReadOnlySpan<Mark> marks)
    {
        foreach (var mark in marks)
            if (mark(word, end) is >= 0 and var rest) return rest;
        return -1;
    }

    private static int Or(int end, int otherwise) => end >= 0 ? end : otherwise;

    private static Mark Plain(Mark? optional, params string[] suffixes)
    {
        var ordered = suffixes.OrderByDescending(suffix => suffix.Length).ToArray();
        return (word, end) =>
        {
            var rest = word.AsSpan(0, end);
            foreach (var suffix in ordered)
                if (rest.EndsWith(suffix)) return optional is null ? end - suffix.Length : optional(word, end - suffix.Length);
            return -1;
        };
    }

    private static Mark Harmonic(Mark? optional, params string[] suffixes)
    {
        var plain = Plain(optional, suffixes);
        return (word, end) => IsHarmonic(word.AsSpan(0, end)) ? plain(word, end) : -1;
    }

    /// <summary>Whether the last two vowels go together.</summary>
    private static bool IsHarmonic(ReadOnlySpan<char> rest)
    {
        var last = rest.LastIndexOfAny(AnyVowel);
        if (last < 0) return false;
        var fitting = rest[last] switch { 'a' => "aıou", 'e' => "eiöü", 'ı' => "aı", 'i' => "ei", 'o' or 'u' => "ou", _ => "öü" };
        return rest[..last].ContainsAny(fitting);
    }

    private static int OptionalN(string word, int end) => Optional(word, end, 'n');

    private static int OptionalS(string word, int end) => Optional(word, end, 's');

    private static int OptionalY(string word, int end) => Optional(word, end, 'y');

    /// <summary>A consonant that belongs to the suffix when a vowel is before it, or else any letter with a vowel before it.</summary>
    private static int Optional(string word, int end, char consonant)
    {
        if (end < 2 || !IsVowel(word[end - 2])) return -1;
        return word[end - 1] == consonant ? end - 1 : end;
    }

    /// <summary>A close vowel that belongs to the suffix when no vowel is before it, or else any letter with none before it.</summary>
    private static int OptionalU(string word, int end)
    {
        if (end < 2 || IsVowel(word[end - 2])) return -1;
        return word[end - 1] is 'ı' or 'i' or 'u' or 'ü' ? end - 1 : end;
    }
}
