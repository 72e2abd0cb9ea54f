using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace Dragoman.Collections;

/// <summary>
/// A light check of language tags as data files carry them: the shape of BCP 47 (RFC 5646, section 2.1). The primary subtag is two letters of ISO 639-1 or any
/// three letters, since no longer one is registered; so <c>english</c>, <c>zh_CN</c> and <c>cn</c> are refused, <c>zh-Hant</c> and <c>kaz</c> pass.
/// </summary>
public static class LanguageShape
{
    /// <summary>The tag of a text whose language is not known.</summary>
    public const string Unknown = "und";

    // ISO 639-1 with the withdrawn codes that BCP 47 keeps (bh, in, iw, ji, jw, mo, sh).
    private static readonly FrozenSet<string> TwoLetters = (
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl " +
        "gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv " +
        "mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr " +
        "ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string?> Known = new(StringComparer.Ordinal);

    /// <summary>Checks a tag and gives it the usual case: <c>ZH-hant-tw</c> becomes <c>zh-Hant-TW</c>.</summary>
    /// <param name="tag">The tag; empty means <see cref="Unknown"/>.</param>
    /// <returns>The tag in its usual case; null when it is malformed or its language unknown.</returns>
    public static string? Normalise(string tag) => Known.Count < 4096 ? Known.GetOrAdd(tag, Compute) : Compute(tag);

    /// <summary>Says what is wrong with a tag that <see cref="Normalise"/> refuses.</summary>
    /// <param name="tag">The tag.</param>
    public static string Problem(string tag) =>
        $"\"{tag}\" is not a language tag; use a BCP 47 tag such as \"kk\", \"zh\" or \"zh-Hant\", or \"{Unknown}\" when the language is not known.";

    private static string? Compute(string tag)
    {
        if (tag.Length == 0) return Unknown;
        var parts = tag.Split('-');
        if (parts[0].Length is not (2 or 3) || !parts[0].All(char.IsAsciiLetter)) return null;
        parts[0] = parts[0].ToLowerInvariant();
        if (parts[0].Length == 2 && !TwoLetters.Contains(parts[0])) return null;
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i].Length is < 1 or > 8 || !parts[i].All(char.IsAsciiLetterOrDigit)) return null;
            parts[i] = parts[i].Length switch
            {
                2 when parts[i - 1].Length > 1 => parts[i].ToUpperInvariant(),
                4 when parts[i - 1].Length > 1 => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(parts[i].ToLowerInvariant()),
                _ => parts[i].ToLowerInvariant(),
            };
        }
        return string.Join('-', parts);
    }
}
