namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Spanish: the Snowball stemmer (as of version 2.2).</summary>
internal sealed class SpanishStemmer : IStemmer
{
    internal static readonly SpanishStemmer Instance = new();

    private const string Vowels = "aeiouáéíóúü";

    private static readonly SuffixTable Pronoun = new("me se sela selo selas selos la le lo las les los nos");
    private static readonly SuffixTable BeforePronoun = new("iéndo ándo ár ér ír", "ando iendo ar er ir", "yendo");
    private static readonly SuffixTable Standard = new(
        "anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos imiento imientos",
        "adora ador ación adoras adores aciones ante antes ancia ancias", "logía logías", "ución uciones", "encia encias", "amente", "mente", "idad idades", "iva ivo ivas ivos");

    private static readonly SuffixTable BeforeAmente = new("iv", "os ic ad");
    private static readonly SuffixTable BeforeMente = new("ante able ible");
    private static readonly SuffixTable BeforeIdad = new("abil ic iv");
    private static readonly SuffixTable VerbsInY = new("ya ye yan yen yeron yendo yo yó yas yes yais yamos");
    private static readonly SuffixTable Verbs = new("en es éis emos",
        "arían arías arán arás aríais aría aréis aríamos aremos ará aré erían erías erán erás eríais ería eréis eríamos eremos erá eré irían irías irán irás iríais iría iréis iríamos iremos irá iré "
        + "aba ada ida ía ara iera ad ed id ase iese aste iste an aban ían aran ieran asen iesen aron ieron ado ido ando iendo ió ar er ir as abas adas idas ías aras ieras ases ieses ís áis abais "
        + "íais arais ierais aseis ieseis asteis isteis ados idos amos ábamos íamos imos áramos iéramos iésemos ásemos");
    private static readonly SuffixTable Residue = new("os a o á í ó", "e é");

    private SpanishStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var stem = StemWord.Of(word, word.Length <= 64 ? stackalloc char[64 + StemWord.Slack] : new char[word.Length + StemWord.Slack]);
        var rv = RomanceRegions.Rv(stem.Letters, Vowels);
        var r1 = stem.AfterVowelAndConsonant(0, Vowels);
        var r2 = stem.AfterVowelAndConsonant(r1, Vowels);
        CutPronoun(ref stem, rv);
        if (!CutStandard(ref stem, r1, r2)) CutVerb(ref stem, rv);
        var length = Residue.Longest(stem.Letters, out var group);
        if (length > 0 && stem.Length - length >= rv)
        {
            stem.Cut(length);
            if (group == 1 && stem.Ends("gu") && stem.Length - 1 >= rv) stem.Cut(1);
        }
        stem.ReplaceAll('á', 'a');
        stem.ReplaceAll('é', 'e');
        stem.ReplaceAll('í', 'i');
        stem.ReplaceAll('ó', 'o');
        stem.ReplaceAll('ú', 'u');
        return stem.ToString();
    }

    private static void CutPronoun(ref StemWord stem, int rv)
    {
        var pronoun = Pronoun.Longest(stem.Letters, out _);
        if (pronoun == 0) return;
        var before = stem.Letters[..^pronoun];
        var length = BeforePronoun.Longest(before, out var group);
        if (length == 0 || before.Length - length < rv || (group == 2 && !before[..^length].EndsWith("u"))) return;
        stem.Cut(pronoun);
        if (group == 0) stem[stem.Length - length + (length == 5 ? 1 : 0)] = Plain(stem[stem.Length - length + (length == 5 ? 1 : 0)]);
    }

    private static char Plain(char vowel) => vowel switch { 'á' => 'a', 'é' => 'e', 'í' => 'i', _ => vowel };

    private static bool CutStandard(ref StemWord stem, int r1, int r2)
    {
        var length = Standard.Longest(stem.Letters, out var group);
        if (length == 0 || stem.Length - length < (group == 5 ? r1 : r2)) return false;
        stem.Replace(length, group switch { 2 => "log", 3 => "u", 4 => "ente", _ => "" });
        if (group == 1) stem.Cut("ic", r2);
        else if (group == 5) CutBeforeAmente(ref stem, r2);
        else if (group == 6) CutIn(ref stem, BeforeMente, r2);
        else if (group == 7) CutIn(ref stem, BeforeIdad, r2);
        else if (group == 8) stem.Cut("at", r2);
        return true;
    }

    private static void CutBeforeAmente(ref StemWord stem, int r2)
    {
        BeforeAmente.Longest(stem.Letters, out var group);
        if (CutIn(ref stem, BeforeAmente, r2) && group == 0) stem.Cut("at", r2);
    }

    private static bool CutIn(ref StemWord stem, SuffixTable suffixes, int region)
    {
        var length = suffixes.Longest(stem.Letters, out _);
        if (length == 0 || stem.Length - length < region) return false;
        stem.Cut(length);
        return true;
    }

    private static void CutVerb(ref StemWord stem, int rv)
    {
        var region = stem.Letters[Math.Min(rv, stem.Length)..];
        var length = VerbsInY.Longest(region, out _);
        if (length > 0 && stem.Letters[..^length].EndsWith("u"))
        {
            stem.Cut(length);
            return;
        }
        length = Verbs.Longest(region, out var group);
        stem.Cut(length);
        if (group == 0 && stem.Ends("gu")) stem.Cut(1);
    }
}
