using System.Buffers;
using System.Text;

namespace Dragoman.Text.Transliteration;

/// <summary>Brings different romanisations of a sound together: kh and h, ph and f, x and ks, ck and k, w and v, y and i, single and double letters.</summary>
internal static class SoundFolding
{
    private const string Vowels = "aeiou";
    private static readonly SearchValues<char> AnyVowel = SearchValues.Create(Vowels);

    // Longest first.
    private static readonly (string From, string To)[] Spellings =
    [
        ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("chh", "ch"), ("dzh", "j"), ("ch", "ch"), ("ph", "f"), ("tz", "ts"), ("ck", "k"), ("gh", "g"), ("kh", "h"), ("th", "t"), ("dh", "d"), ("bh", "b"),
        ("zh", "j"), ("jh", "j"), ("dj", "j"), ("dz", "j"), ("qu", "kv"), ("q", "k"), ("x", "ks"), ("y", "i"),
    ];

    /// <summary>Folds the letters of a word; folding again changes nothing.</summary>
    /// <param name="latin">ASCII letters, lower case.</param>
    internal static string Fold(string latin)
    {
        for (; ; )
        {
            var folded = Once(latin);
            if (folded == latin) return folded;
            latin = folded;
        }
    }

    /// <summary>Without the vowels at the end, which differ between languages and which stemming cuts off in some.</summary>
    internal static string WithoutEnding(string folded) => folded.TrimEnd(Vowels.ToCharArray());

    /// <summary>
    /// What remains of a word in a script that leaves vowels out: the consonants, the first letter marked when it is a vowel. Some letters that Arabic does not tell apart become one: p and b, v and f, ch and sh, ts and s, j and g.
    /// </summary>
    /// <param name="latin">ASCII letters, lower case, not folded.</param>
    /// <param name="hasVowels">Whether the script wrote vowels; where it did not, w and y are vowels except at the start.</param>
    internal static string Consonants(string latin, bool hasVowels)
    {
        var isGlide = latin[0] == 'y' || (!hasVowels && latin[0] == 'w');
        var folded = Fold(hasVowels ? latin : latin[..1] + latin[1..].Replace("w", "", StringComparison.Ordinal).Replace("y", "", StringComparison.Ordinal));
        folded = folded.Replace("ch", "sh", StringComparison.Ordinal).Replace("ts", "s", StringComparison.Ordinal);
        var bare = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            var letter = i == 0 && isGlide ? latin[0] == 'y' ? 'y' : 'f'
                : AnyVowel.Contains(folded[i]) ? i == 0 ? 'a' : '\0'
                : folded[i] switch { 'j' => 'g', 'p' => 'b', 'v' => 'f', var other => other };
            if (letter != '\0' && (bare.Length == 0 || bare[^1] != letter)) bare.Append(letter);
        }
        return bare.ToString();
    }

    private static string Once(string latin)
    {
        var folded = new StringBuilder(latin.Length + 4);
        for (var i = 0; i < latin.Length;)
        {
            var rest = latin.AsSpan(i);
            var taken = 1;
            var sound = latin.AsSpan(i, 1);
            foreach (var (from, to) in Spellings)
            {
                if (!rest.StartsWith(from, StringComparison.Ordinal)) continue;
                taken = from.Length;
                sound = to;
                break;
            }
            if (taken == 1 && rest[0] == 'c') sound = rest.Length > 1 && rest[1] is 'e' or 'i' or 'y' ? "s" : "k";
            if (taken == 1 && rest[0] == 'w') sound = IsMute(latin, i) ? "" : "v";
            foreach (var letter in sound)
                if (folded.Length == 0 || folded[^1] != letter) folded.Append(letter);
            i += taken;
        }
        return folded.ToString();
    }

    /// <summary>Whether a w only lengthens the vowel before it: Newcastle, Warsaw.</summary>
    private static bool IsMute(string latin, int place) =>
        place > 0 && AnyVowel.Contains(latin[place - 1]) && (place + 1 == latin.Length || !(AnyVowel.Contains(latin[place + 1]) || latin[place + 1] == 'y'));
}
