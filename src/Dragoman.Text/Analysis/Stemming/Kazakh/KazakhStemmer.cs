using System.Collections.Frozen;

namespace Dragoman.Text.Analysis.Stemming.Kazakh;

/// <summary>A light stemmer of Kazakh in Cyrillic letters, our own: cuts plural, possessive, case and predicate suffixes of nouns with -лық before them, and tense, participle, converb, infinitive and negation of verbs.</summary>
/// <remarks>
/// A suffix is cut only where Kazakh could have put it: its vowels agree with the stem's (back or front), its first consonant with the stem's last sound, slots come in their order, and what is
/// left is long enough and has a vowel. Words that lost a vowel or a voiceless ending before a suffix get it back (халқы, кітабы). No dictionary is used, so a stem need not be a word; it only
/// has to be the same for the forms of one word.
/// </remarks>
internal sealed class KazakhStemmer : IStemmer
{
    internal static readonly KazakhStemmer Instance = new();

    // Letters that must be left: fewer for suffixes that are seldom part of a stem. Chosen on development queries, see reproductions/analyzers.
    private const int Minimum = 2, LongMinimum = 4;

    private const int MaxRounds = 8;

    private static readonly KazakhSuffix[]
        Predicate = KazakhSuffixes.Of("MYн сYң сYз MYз сYңдAр сYздAр"),
        Case = KazakhSuffixes.Of("NYң GA CY DA BAн Mен"),
        CaseOfPossessed = KazakhSuffixes.Of("на не нда нде нан нен"),
        Possessive = KazakhSuffixes.Of("'м 'ң 'мYз 'ңYз 'сY -Yм -Yң -YмYз -YңYз -Y"),
        AccusativeOfPossessed = KazakhSuffixes.Of("'сYн -Yн"),
        Plural = KazakhSuffixes.Of("LAр"),
        Relative = KazakhSuffixes.Of("DAgY нікі дікі тікі"),
        Derived = KazakhSuffixes.Of("LYK"),
        Tense = KazakhSuffixes.Of("GAн -AтYн 'йтYн -AдY 'йдY DYм DYK DYңYз DY сA сAм сAң сAK сAңYз -Yп -Aр 'р"),
        Infinitive = KazakhSuffixes.Of("у"),
        Negation = KazakhSuffixes.Of("PA");

    private static readonly FrozenDictionary<string, string> LostVowels = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["халқ"] = "халық", ["орн"] = "орын", ["ерн"] = "ерін", ["мұрн"] = "мұрын", ["мойн"] = "мойын", ["қойн"] = "қойын", ["қарн"] = "қарын", ["ауз"] = "ауыз", ["көңл"] = "көңіл",
        ["құлқ"] = "құлық", ["қырқ"] = "қырық", ["ырқ"] = "ырық", ["келн"] = "келін", ["бөрк"] = "бөрік", ["көрк"] = "көрік", ["ғұрп"] = "ғұрып", ["әрп"] = "әріп", ["ерк"] = "ерік", ["парқ"] = "парық",
        ["нарқ"] = "нарық", ["аул"] = "ауыл", ["даус"] = "дауыс", ["тамр"] = "тамыр",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private KazakhStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        // A stem that looks inflected itself (балам) is cut again, so that it and its forms end as one.
        for (var round = 0; round < MaxRounds; round++)
        {
            var stem = Restore(CutVerb(CutNoun(word)));
            if (stem == word) break;
            word = stem;
        }
        return word;
    }

    private static ReadOnlySpan<char> CutNoun(ReadOnlySpan<char> word)
    {
        Cut(ref word, Predicate, LongMinimum);
        CutCaseAndPossessive(ref word);
        Cut(ref word, Plural, Minimum);
        if (Cut(ref word, Derived, LongMinimum)) Cut(ref word, Plural, Minimum);
        if (Cut(ref word, Relative, Minimum))
        {
            Cut(ref word, Possessive, Minimum);
            Cut(ref word, Plural, Minimum);
        }
        return word;
    }

    private static void CutCaseAndPossessive(ref ReadOnlySpan<char> word)
    {
        if (Cut(ref word, AccusativeOfPossessed, LongMinimum)) return;
        foreach (var suffix in CaseOfPossessed)
        {
            if (!word.EndsWith(suffix.Text) || word.Length - suffix.Text.Length < 3 || word[^(suffix.Text.Length + 1)] is not ('ы' or 'і')) continue;
            word = word[..^suffix.Text.Length];
            Cut(ref word, Possessive, Minimum);
            return;
        }
        if (!IsCountry(word)) Cut(ref word, Case, Minimum);
        Cut(ref word, Possessive, LongMinimum);
    }

    /// <summary>Names in -стан, which looks like an ablative.</summary>
    private static bool IsCountry(ReadOnlySpan<char> word) => word.Length >= 8 && word.EndsWith("стан");

    private static ReadOnlySpan<char> CutVerb(ReadOnlySpan<char> word)
    {
        if (Cut(ref word, Tense, LongMinimum) || Cut(ref word, Infinitive, LongMinimum)) Cut(ref word, Negation, LongMinimum);
        return word;
    }

    private static bool Cut(ref ReadOnlySpan<char> word, KazakhSuffix[] suffixes, int minimum)
    {
        foreach (var suffix in suffixes)
        {
            if (!suffix.Fits(word, minimum)) continue;
            word = word[..^suffix.Text.Length];
            return true;
        }
        return false;
    }

    private static string Restore(ReadOnlySpan<char> stem)
    {
        if (stem.Length > 0 && stem[^1] is 'ғ' or 'г' or 'б') stem = string.Concat(stem[..^1], stem[^1] switch { 'ғ' => "қ", 'г' => "к", _ => "п" });
        var text = stem.ToString();
        return LostVowels.GetValueOrDefault(text, text);
    }
}
