using Dragoman.Text.Transliteration;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>Finds the terms of a vocabulary that sound like a term in another script. 8 bytes a key, at most two keys a term. Immutable and thread-safe.</summary>
internal sealed class SoundIndex
{
    private readonly string _language;
    private readonly Func<int, string> _termAt;
    private readonly (int[] Hashes, int[] Terms) _bySounds, _byConsonants, _byConsonantsAlone;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="terms">Its terms, numbered from 0 in this order.</param>
    /// <param name="termAt">Gives the term of a number again.</param>
    /// <param name="language">BCP 47 tag of the terms.</param>
    internal SoundIndex(IEnumerable<string> terms, Func<int, string> termAt, string language)
    {
        (_language, _termAt) = (language, termAt);
        var (sounds, consonants, consonantsAlone) = (new List<(int, int)>(), new List<(int, int)>(), new List<(int, int)>());
        var number = 0;
        foreach (var term in terms)
        {
            var keys = TransliterationKeys.Of(term, language);
            if (keys.Sounds.Length > 0) sounds.Add((Hash(keys.Sounds), number));
            if (keys.Consonants.Length > 0) (keys.HasVowels ? consonants : consonantsAlone).Add((Hash(keys.Consonants), number));
            number++;
        }
        (_bySounds, _byConsonants, _byConsonantsAlone) = (Sorted(sounds), Sorted(consonants), Sorted(consonantsAlone));
    }

    /// <summary>The terms that sound like a term, itself left out, in ordinal order.</summary>
    /// <param name="term">The term.</param>
    /// <param name="language">BCP 47 tag of its text.</param>
    internal List<string> Of(string term, string language)
    {
        var found = new List<string>();
        var keys = TransliterationKeys.Of(term, language);
        if (keys.HasVowels) Collect(_bySounds, keys.Sounds, keys, term, found);
        else Collect(_byConsonants, keys.Consonants, keys, term, found);
        Collect(_byConsonantsAlone, keys.Consonants, keys, term, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private void Collect((int[] Hashes, int[] Terms) sorted, string key, TransliterationKeys keys, string term, List<string> found)
    {
        if (key.Length == 0) return;
        var hash = Hash(key);
        var place = Array.BinarySearch(sorted.Hashes, hash);
        while (place > 0 && sorted.Hashes[place - 1] == hash) place--;
        for (; place >= 0 && place < sorted.Hashes.Length && sorted.Hashes[place] == hash; place++)
        {
            var other = _termAt(sorted.Terms[place]);
            if (other != term && keys.SoundsLike(TransliterationKeys.Of(other, _language))) found.Add(other);
        }
    }

    private static (int[] Hashes, int[] Terms) Sorted(List<(int Hash, int Term)> entries)
    {
        entries.Sort();
        return ([.. entries.Select(entry => entry.Hash)], [.. entries.Select(entry => entry.Term)]);
    }

    private static int Hash(string key) => key.GetHashCode(StringComparison.Ordinal);
}
