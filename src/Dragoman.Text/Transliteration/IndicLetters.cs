using System.Collections.Frozen;
using System.Text;

namespace Dragoman.Text.Transliteration;

/// <summary>Devanagari in Latin letters after the Hunterian system of India's Survey, without diacritics, and the scripts that Unicode lays out alike: Bengali to Malayalam.</summary>
/// <remarks>
/// A consonant has an a unless a vowel sign or a virama follows, or the word ends. Deviation: an a that speech drops inside a word is kept, because no spelling says so. The blocks of Unicode from U+0980 to
/// U+0D7F repeat the order of ISCII (The Unicode Standard, chapter 12), so that a letter is read as Devanagari's at the same place.
/// </remarks>
internal static class IndicLetters
{
    private const char Virama = '\u094D', Nukta = '\u093C';
    private const int BlockSize = 0x80, Devanagari = 0x0900, LastBlock = 0x0D00;

    private static readonly FrozenDictionary<char, string> Consonants = Letters(
        "क=k ख=kh ग=g घ=gh ङ=n च=ch छ=chh ज=j झ=jh ञ=n ट=t ठ=th ड=d ढ=dh ण=n त=t थ=th द=d ध=dh न=n ऩ=n प=p फ=ph ब=b भ=bh म=m य=y र=r ऱ=r ल=l ळ=l ऴ=l व=v श=sh ष=sh स=s ह=h");

    private static readonly FrozenDictionary<char, string> Vowels = Letters("अ=a आ=a इ=i ई=i उ=u ऊ=u ऋ=ri ऍ=e ऎ=e ए=e ऐ=ai ऑ=o ऒ=o ओ=o औ=au");

    private static readonly FrozenDictionary<char, string> Signs = Letters("ा=a ि=i ी=i ु=u ू=u ृ=ri ॅ=e ॆ=e े=e ै=ai ॉ=o ॊ=o ो=o ौ=au ँ=n ं=n ः=h");

    /// <summary>Whether a character is of one of these scripts.</summary>
    internal static bool Has(char letter) => letter is >= (char)Devanagari and < (char)(LastBlock + BlockSize);

    /// <summary>Reads a character; false when it is no letter or sign.</summary>
    /// <param name="text">The word.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="latin">Receives its Latin letters.</param>
    internal static bool TryRead(string text, int position, StringBuilder latin)
    {
        var letter = AsDevanagari(text[position]);
        if (letter is Virama or Nukta) return true;
        if (Consonants.TryGetValue(letter, out var consonant))
        {
            latin.Append(consonant);
            var next = position + 1;
            if (next < text.Length && AsDevanagari(text[next]) == Nukta) next++;
            if (next < text.Length && !(AsDevanagari(text[next]) is var after && (after == Virama || after is >= '\u093E' and <= '\u094C'))) latin.Append('a');
            return true;
        }
        if (!Vowels.TryGetValue(letter, out var vowel) && !Signs.TryGetValue(letter, out vowel)) return false;
        latin.Append(vowel);
        return true;
    }

    private static char AsDevanagari(char letter) => Has(letter) ? (char)(Devanagari + ((letter - Devanagari) % BlockSize)) : letter;

    private static FrozenDictionary<char, string> Letters(string script) => script.Split(' ').Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0][0], pair => pair[1]);
}
