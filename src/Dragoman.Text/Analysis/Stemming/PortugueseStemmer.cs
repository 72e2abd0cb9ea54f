namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Portuguese: the Snowball stemmer (as of version 2.2).</summary>
internal sealed class PortugueseStemmer : IStemmer
{
    internal static readonly PortugueseStemmer Instance = new();

    private const string Vowels = "aeiouáéíóúâêô";

    // Nasal vowels are two letters here: a~ and o~.
    private static readonly SuffixTable Standard = new(
        "eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos adora ador aça~o adoras adores aço~es ante antes ância",
        "logia logias", "uça~o uço~es", "ência ências", "amente", "mente", "idade idades", "iva ivo ivas ivos", "ira iras");

    private static readonly SuffixTable BeforeAmente = new("iv", "os ic ad");
    private static readonly SuffixTable BeforeMente = new("ante avel ível");
    private static readonly SuffixTable BeforeIdade = new("abil ic iv");
    private static readonly SuffixTable Verbs = new(
        "ada ida ia aria eria iria ará ara erá era irá ava asse esse isse aste este iste ei arei erei irei am iam ariam eriam iriam aram eram iram avam em arem erem irem assem essem issem ado ido "
        + "ando endo indo ara~o era~o ira~o ar er ir as adas idas ias arias erias irias arás aras erás eras irás avas es ardes erdes irdes ares eres ires asses esses isses astes estes istes is ais "
        + "eis íeis aríeis eríeis iríeis áreis areis éreis ereis íreis ireis ásseis ésseis ísseis áveis ados idos ámos amos íamos aríamos eríamos iríamos áramos éramos íramos ávamos emos aremos "
        + "eremos iremos ássemos êssemos íssemos imos armos ermos irmos eu iu ou ira iras");
    private static readonly SuffixTable Residue = new("os a i o á í ó");

    private PortugueseStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var spelled = word.Replace("ã", "a~", StringComparison.Ordinal).Replace("õ", "o~", StringComparison.Ordinal);
        var stem = StemWord.Of(spelled, spelled.Length <= 64 ? stackalloc char[64 + StemWord.Slack] : new char[spelled.Length + StemWord.Slack]);
        var rv = RomanceRegions.Rv(stem.Letters, Vowels);
        var r1 = stem.AfterVowelAndConsonant(0, Vowels);
        var r2 = stem.AfterVowelAndConsonant(r1, Vowels);
        if (CutStandard(ref stem, rv, r1, r2) || CutVerb(ref stem, rv))
        {
            if (stem.Ends("ci") && stem.Length - 1 >= rv) stem.Cut(1);
        }
        else
        {
            CutIn(ref stem, Residue, rv);
        }
        CutForm(ref stem, rv);
        return stem.ToString().Replace("a~", "ã", StringComparison.Ordinal).Replace("o~", "õ", StringComparison.Ordinal);
    }

    private static bool CutStandard(ref StemWord stem, int rv, int r1, int r2)
    {
        var length = Standard.Longest(stem.Letters, out var group);
        if (length == 0 || stem.Length - length < (group switch { 4 => r1, 8 => rv, _ => r2 })) return false;
        if (group == 8 && !stem.Letters[..^length].EndsWith("e")) return false;
        stem.Replace(length, group switch { 1 => "log", 2 => "u", 3 => "ente", 8 => "ir", _ => "" });
        if (group == 4) CutBeforeAmente(ref stem, r2);
        else if (group == 5) CutIn(ref stem, BeforeMente, r2);
        else if (group == 6) CutIn(ref stem, BeforeIdade, r2);
        else if (group == 7) stem.Cut("at", r2);
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

    private static bool CutVerb(ref StemWord stem, int rv)
    {
        var length = Verbs.Longest(stem.Letters[Math.Min(rv, stem.Length)..], out _);
        stem.Cut(length);
        return length > 0;
    }

    private static void CutForm(ref StemWord stem, int rv)
    {
        if (stem.Ends("ç"))
        {
            stem[stem.Length - 1] = 'c';
            return;
        }
        if (!stem.Cut("e", rv) && !stem.Cut("é", rv) && !stem.Cut("ê", rv)) return;
        if ((stem.Ends("gu") || stem.Ends("ci")) && stem.Length - 1 >= rv) stem.Cut(1);
    }
}
