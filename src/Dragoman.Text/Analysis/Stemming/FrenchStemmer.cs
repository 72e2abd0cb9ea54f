namespace Dragoman.Text.Analysis.Stemming;

/// <summary>French: the Snowball stemmer (as of version 2.2).</summary>
internal sealed class FrenchStemmer : IStemmer
{
    internal static readonly FrenchStemmer Instance = new();

    private const string Vowels = "aeiouyâàëéêèïîôûù";

    private static readonly SuffixTable Standard = new(
        "ance iqUe isme able iste eux ances iqUes ismes ables istes", "atrice ateur ation atrices ateurs ations", "logie logies", "usion ution usions utions", "ence ences", "ement ements",
        "ité ités", "if ive ifs ives", "eaux", "aux", "euse euses", "issement issements", "amment", "emment", "ment ments");

    private static readonly SuffixTable BeforeMent = new("iv", "eus", "abl iqU", "ièr Ièr");
    private static readonly SuffixTable BeforeIte = new("abil", "ic", "iv");
    private static readonly SuffixTable VerbsInI = new("îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent issais issait issant issante "
        + "issantes issants isse issent isses issez issiez issions issons it");
    private static readonly SuffixTable Verbs = new("ions", "é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez",
        "âmes ât âtes a ai aIent ais ait ant ante antes ants as asse assent asses assiez assions");
    private static readonly SuffixTable Residue = new("ion", "ier ière Ier Ière", "e");
    private static readonly SuffixTable Doubled = new("enn onn ett ell eill");

    private FrenchStemmer()
    {
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var stem = StemWord.Of(MarkConsonants(word), new char[2 * word.Length + StemWord.Slack]);
        var rv = Rv(stem.Letters);
        var r1 = stem.AfterVowelAndConsonant(0, Vowels);
        var r2 = stem.AfterVowelAndConsonant(r1, Vowels);
        if (CutStandard(ref stem, rv, r1, r2) || CutVerbInI(ref stem, rv) || CutVerb(ref stem, rv, r2))
        {
            if (stem.Ends("Y")) stem[stem.Length - 1] = 'i';
            else if (stem.Ends("ç")) stem[stem.Length - 1] = 'c';
        }
        else
        {
            CutResidue(ref stem, rv, r2);
        }
        if (Doubled.Longest(stem.Letters, out _) > 0) stem.Cut(1);
        FoldAccent(ref stem);
        return stem.ToString().Replace("He", "ë", StringComparison.Ordinal).Replace("Hi", "ï", StringComparison.Ordinal).Replace("H", "", StringComparison.Ordinal)
            .Replace('I', 'i').Replace('U', 'u').Replace('Y', 'y');
    }

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);

    /// <summary>Marks u, i and y that are consonants by capitals, and ë and ï as He and Hi.</summary>
    private static string MarkConsonants(string word)
    {
        var marked = new System.Text.StringBuilder(word.Length + 4);
        for (var i = 0; i < word.Length; i++)
        {
            var (letter, before, after) = (word[i], marked.Length > 0 ? marked[^1] : '\0', i + 1 < word.Length ? word[i + 1] : '\0');
            marked.Append(letter switch
            {
                'u' or 'i' when IsVowel(before) && IsVowel(after) => char.ToUpperInvariant(letter).ToString(),
                'y' when IsVowel(before) || IsVowel(after) => "Y",
                'u' when before == 'q' => "U",
                'ë' => "He",
                'ï' => "Hi",
                _ => letter.ToString(),
            });
        }
        return marked.ToString();
    }

    private static int Rv(ReadOnlySpan<char> letters)
    {
        if (letters.Length >= 3 && IsVowel(letters[0]) && IsVowel(letters[1])) return 3;
        if (letters.StartsWith("par") || letters.StartsWith("col") || letters.StartsWith("tap")) return 3;
        for (var i = 1; i < letters.Length; i++)
            if (IsVowel(letters[i])) return i + 1;
        return letters.Length;
    }

    private static bool CutStandard(ref StemWord stem, int rv, int r1, int r2)
    {
        var length = Standard.Longest(stem.Letters, out var group);
        var start = stem.Length - length;
        switch (group)
        {
            case 0 when start >= r2: stem.Cut(length); return true;
            case 1 when start >= r2:
                stem.Cut(length);
                if (stem.Ends("ic") && !stem.Cut("ic", r2)) stem.Replace(2, "iqU");
                return true;
            case 2 when start >= r2: stem.Replace(length, "log"); return true;
            case 3 when start >= r2: stem.Replace(length, "u"); return true;
            case 4 when start >= r2: stem.Replace(length, "ent"); return true;
            case 5 when start >= rv: stem.Cut(length); CutBeforeMent(ref stem, rv, r1, r2); return true;
            case 6 when start >= r2: stem.Cut(length); CutBeforeIte(ref stem, r2); return true;
            case 7 when start >= r2:
                stem.Cut(length);
                if (stem.Cut("at", r2) && stem.Ends("ic") && !stem.Cut("ic", r2)) stem.Replace(2, "iqU");
                return true;
            case 8: stem.Replace(length, "eau"); return true;
            case 9 when start >= r1: stem.Replace(length, "al"); return true;
            case 10 when start >= r2: stem.Cut(length); return true;
            case 10 when start >= r1: stem.Replace(length, "eux"); return true;
            case 11 when start >= r1 && start > 0 && !IsVowel(stem[start - 1]): stem.Cut(length); return true;
            // Words in -ment go on to the endings of verbs, as participles do.
            case 12 when start >= rv: stem.Replace(length, "ant"); return false;
            case 13 when start >= rv: stem.Replace(length, "ent"); return false;
            case 14 when start > rv && IsVowel(stem[start - 1]): stem.Cut(length); return false;
            default: return false;
        }
    }

    private static void CutBeforeMent(ref StemWord stem, int rv, int r1, int r2)
    {
        var length = BeforeMent.Longest(stem.Letters, out var group);
        var start = stem.Length - length;
        if (group == 0 && start >= r2)
        {
            stem.Cut(length);
            stem.Cut("at", r2);
        }
        else if (group is 1 or 2 && start >= r2) stem.Cut(length);
        else if (group == 1 && start >= r1) stem.Replace(length, "eux");
        else if (group == 3 && start >= rv) stem.Replace(length, "i");
    }

    private static void CutBeforeIte(ref StemWord stem, int r2)
    {
        var length = BeforeIte.Longest(stem.Letters, out var group);
        if (length > 0 && stem.Length - length >= r2) stem.Cut(length);
        else if (group == 0) stem.Replace(length, "abl");
        else if (group == 1) stem.Replace(length, "iqU");
    }

    private static bool CutVerbInI(ref StemWord stem, int rv)
    {
        var length = VerbsInI.Longest(stem.Letters[Math.Min(rv, stem.Length)..], out _);
        if (length == 0 || stem.Length - length <= rv || stem[stem.Length - length - 1] == 'H' || IsVowel(stem[stem.Length - length - 1])) return false;
        stem.Cut(length);
        return true;
    }

    private static bool CutVerb(ref StemWord stem, int rv, int r2)
    {
        var length = Verbs.Longest(stem.Letters[Math.Min(rv, stem.Length)..], out var group);
        if (group < 0 || (group == 0 && stem.Length - length < r2)) return false;
        stem.Cut(length);
        if (group == 2) stem.Cut("e", rv);
        return true;
    }

    private static void CutResidue(ref StemWord stem, int rv, int r2)
    {
        if (stem.Ends("s") && stem.Length > 1 && (stem.Letters[..^1].EndsWith("Hi") || !"aiouès".Contains(stem[stem.Length - 2], StringComparison.Ordinal))) stem.Cut(1);
        var length = Residue.Longest(stem.Letters[Math.Min(rv, stem.Length)..], out var group);
        var start = stem.Length - length;
        if (group == 0 && start >= r2 && start > rv && stem[start - 1] is 's' or 't') stem.Cut(length);
        else if (group == 1) stem.Replace(length, "i");
        else if (group == 2) stem.Cut(length);
    }

    /// <summary>é and è become e when only consonants follow, at least one.</summary>
    private static void FoldAccent(ref StemWord stem)
    {
        var place = stem.Length - 1;
        while (place >= 0 && !IsVowel(stem[place])) place--;
        if (place >= 0 && place < stem.Length - 1 && stem[place] is 'é' or 'è') stem[place] = 'e';
    }
}
