using System.Collections.Concurrent;
using System.Globalization;

namespace Dragoman.Collections;

/// <summary>
/// A light check of language tags as data files carry them: the shape of BCP 47 (RFC 5646, section 2.1). The primary subtag is two letters that <see cref="LanguageCodes"/> knows or
/// any three letters, since no longer one is registered; so <c>english</c>, <c>zh_CN</c> and <c>cn</c> are refused, <c>zh-Hant</c> and <c>kaz</c> pass.
/// </summary>
public static class LanguageShape
{
    /// <summary>The tag of a text whose language is not known.</summary>
    public const string Unknown = "und";

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
        if (parts[0].Length == 2 && LanguageCodes.PreferredOf(parts[0]) is null) return null;
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
