using System.Collections.Frozen;

namespace Dragoman.Text.Transliteration;

/// <summary>Letters, and pairs of letters, of alphabets and of consonant scripts in Latin letters.</summary>
/// <remarks>
/// Cyrillic after BGN/PCGN (Russian 1947, Ukrainian 2019, Bulgarian 2013, Kazakh 1979, Kyrgyz 1979; Serbian and Macedonian letters by sound), Greek after ELOT 743 / ISO 843
/// type 2 with μπ, ντ, γκ and τζ as they sound in names, Arabic and Persian after BGN/PCGN (1956, 1958) without diacritics, Hebrew after the Academy of the Hebrew Language (2006, simple form),
/// Armenian after BGN/PCGN 1981, Georgian after the national system of 2002. Latin letters without a decomposition get their usual ASCII spelling.
/// </remarks>
internal static class AlphabetLetters
{
    private const string Cyrillic =
        "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya "
        + "ә=a ғ=g қ=k ң=ng ө=o ұ=u ү=u һ=h і=i җ=j ҙ=z ҫ=s ҡ=k ҳ=h ҷ=j ӣ=i ӯ=u ў=u є=ye ї=yi ґ=g ј=y љ=ly њ=ny ћ=ch ђ=dj џ=dzh ѓ=g ќ=k ѕ=dz";

    private const string Greek =
        "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=kh ψ=ps ω=o "
        + "ου=ou μπ=b ντ=d γκ=g γγ=ng γξ=nx γχ=nkh τζ=j τσ=ts αυ=av ευ=ev αι=e ει=i οι=i υι=i";

    private const string Arabic =
        "ا=a أ=a إ=i آ=a ٱ=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=gh ف=f ق=k ك=k ک=k ل=l م=m ن=n ه=h ہ=h ھ=h ە=e و=w ؤ=w ۇ=u ۆ=o ۋ=v ي=y ی=y ى=y ئ=y ے=y ة=a "
        + "پ=p چ=ch ژ=zh گ=g ڭ=ng ڤ=v ٹ=t ڈ=d ڑ=r ں=n ء= ٴ= ـ=";

    private const string Hebrew = "א=a ב=b ג=g ד=d ה=h ו=w ז=z ח=h ט=t י=y כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע=a פ=p ף=f צ=ts ץ=ts ק=k ר=r ש=sh ת=t";

    private const string Armenian =
        "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n շ=sh ո=o չ=ch պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r ց=ts ւ=v փ=p ք=k և=ev օ=o ֆ=f ու=u";

    private const string Georgian =
        "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=k შ=sh ჩ=ch ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h";

    private const string Latin = "ı=i ß=ss æ=ae ø=o œ=oe đ=d ð=d þ=th ł=l ə=a ŋ=ng ħ=h ĸ=k ŧ=t";

    private static readonly FrozenDictionary<string, string> Common = Letters([Cyrillic, Greek, Arabic, Hebrew, Armenian, Georgian, Latin]);

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> OfLanguage = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal)
    {
        ["uk"] = Letters(["г=h и=y є=ye ї=yi й=y"]),
        ["be"] = Letters(["г=h ў=w"]),
        ["bg"] = Letters(["щ=sht ъ=a"]),
        ["kk"] = Letters(["щ=sh у=u"]),
        ["mn"] = Letters(["ж=j"]),
        ["az"] = Letters(["c=j x=kh q=g"]),
        ["tr"] = Letters(["c=j"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a letter, or a pair that stands for one sound.</summary>
    /// <param name="text">Lower-case text.</param>
    /// <param name="language">Primary language of the text.</param>
    /// <param name="length">How many characters were read.</param>
    /// <returns>Its Latin letters, may be none; null when it is no letter of these scripts.</returns>
    internal static string? Read(ReadOnlySpan<char> text, string language, out int length)
    {
        var own = OfLanguage.GetValueOrDefault(language);
        for (length = Math.Min(2, text.Length); length > 0; length--)
        {
            if (own is not null && own.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var latin)) return latin;
            if (Common.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out latin)) return latin;
        }
        return null;
    }

    /// <summary>Whether a letter is of a script that leaves most vowels out.</summary>
    internal static bool LacksVowels(char letter) => letter is (>= '\u0590' and <= '\u05FF') or (>= '\u0600' and <= '\u06FF') or (>= '\u0750' and <= '\u077F');

    private static FrozenDictionary<string, string> Letters(string[] scripts) =>
        scripts.SelectMany(script => script.Split(' ')).Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
