using System.Diagnostics.CodeAnalysis;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Text.Languages;

/// <summary>The language of a text: a checked BCP 47 tag in its usual spelling, such as <c>kk</c>, <c>zh-Hant</c> or <c>und</c>.</summary>
/// <remarks>
/// Well-formedness follows RFC 5646, section 2.1, without extended language subtags and grandfathered tags; the primary language must be a known one, and is written with its
/// shortest code (<c>kaz</c> becomes <c>kk</c>). Script, region and variants are checked for form only. Two tags are equal when their <see cref="Value"/> is.
/// </remarks>
public sealed record LanguageTag
{
    /// <summary>The tag of a text whose language is not known.</summary>
    public const string Undetermined = LanguageShape.Unknown;

    private static readonly HashSet<string> RightToLeftScripts = new(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"], StringComparer.Ordinal);

    private static readonly HashSet<string> RightToLeftLanguages = new(
        ["ar", "arc", "ars", "ary", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "ota", "pbt", "pes", "pnb", "prs", "ps", "sd", "ug", "ur", "ydd", "yi"], StringComparer.Ordinal);

    private LanguageTag(string language, string? script, string? region, string rest)
    {
        (Language, Script, Region) = (language, script, region);
        Value = language + (script is null ? "" : "-" + script) + (region is null ? "" : "-" + region) + rest;
    }

    /// <summary>Tags with names in <see cref="EnglishName"/> and <see cref="OwnName"/>, for menus; ordered by English name, <c>und</c> not among them.</summary>
    public static IReadOnlyList<LanguageTag> Named { get; } =
        [.. LanguageNames.Named.Where(tag => tag != Undetermined).Select(Parse).OrderBy(tag => tag.EnglishName, StringComparer.Ordinal)];

    /// <summary>The whole tag in its usual spelling: language lower-case, script capitalised, region upper-case.</summary>
    public string Value { get; }

    /// <summary>The primary language: an ISO 639-1 code where there is one, else ISO 639-3, or <c>und</c>.</summary>
    public string Language { get; }

    /// <summary>The ISO 15924 script, for example <c>Hant</c>; null when the tag does not say.</summary>
    public string? Script { get; }

    /// <summary>The ISO 3166-1 or UN M.49 region, for example <c>CN</c>; null when the tag does not say.</summary>
    public string? Region { get; }

    /// <summary>The direction of the script, or of the language's usual script.</summary>
    public WritingDirection Direction =>
        (Script is null ? RightToLeftLanguages.Contains(Language) : RightToLeftScripts.Contains(Script)) ? WritingDirection.RightToLeft : WritingDirection.LeftToRight;

    /// <summary>The language's name in English; the tag itself for languages without a name here.</summary>
    public string EnglishName => (LanguageNames.Of($"{Language}-{Script}") ?? LanguageNames.Of(Language))?.English ?? Value;

    /// <summary>The language's name in the language; the tag itself for languages without a name here.</summary>
    public string OwnName => (LanguageNames.Of($"{Language}-{Script}") ?? LanguageNames.Of(Language))?.Own ?? Value;

    /// <summary>Reads a tag in any case.</summary>
    /// <param name="text">The tag.</param>
    /// <returns>The tag in its usual spelling.</returns>
    /// <exception cref="DragomanException">It is not a tag of a known language; the message says what to use.</exception>
    public static LanguageTag Parse(string text) => TryParse(text, out var tag, out var problem) ? tag : throw new DragomanException(problem);

    /// <summary>Reads a tag in any case, for callers that know the file and line of it.</summary>
    /// <param name="text">The tag.</param>
    /// <param name="tag">The tag in its usual spelling; null when it is not one.</param>
    /// <param name="problem">What is wrong and what to use, one sentence; null when all is well.</param>
    /// <returns>Whether it is a tag of a known language.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LanguageTag? tag, [NotNullWhen(false)] out string? problem)
    {
        tag = null;
        var subtags = (text ?? "").Split('-');
        if (!subtags.All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit)) || subtags[0].Length < 2)
        {
            problem = $"'{text}' is not a language tag; write a BCP 47 tag such as {Suggestion(text)}, or 'und' when the language is not known.";
            return false;
        }
        if (LanguageCodes.PreferredOf(subtags[0].ToLowerInvariant()) is not { } language)
        {
            problem = $"'{text}' names no known language; use an ISO 639 code such as 'zh', 'kk' or 'en', or 'und' when the language is not known.";
            return false;
        }
        var at = 1;
        var script = at < subtags.Length && IsScript(subtags[at]) ? char.ToUpperInvariant(subtags[at][0]) + subtags[at++][1..].ToLowerInvariant() : null;
        var region = at < subtags.Length && IsRegion(subtags[at]) ? subtags[at++].ToUpperInvariant() : null;
        var rest = at;
        while (at < subtags.Length && IsVariant(subtags[at])) at++;
        // An extension or private use: a single letter or digit and what belongs to it.
        if (at < subtags.Length && (subtags[at].Length != 1 || subtags[^1].Length == 1))
        {
            problem = $"'{subtags[at]}' has no place in the language tag '{text}'; the order is language, script, region, variants, as in 'zh-Hant-TW'.";
            return false;
        }
        tag = new LanguageTag(language, script, region, string.Concat(subtags[rest..].Select(subtag => "-" + subtag.ToLowerInvariant())));
        problem = null;
        return true;
    }

    /// <summary>The tag.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;

    private static string Suggestion(string? text)
    {
        var dashed = (text ?? "").Replace('_', '-');
        return dashed != text && TryParse(dashed, out var tag, out _) ? $"'{tag}'" : "'zh', 'kk' or 'zh-Hant'";
    }

    private static bool IsScript(string subtag) => subtag.Length == 4 && subtag.All(char.IsAsciiLetter);

    private static bool IsRegion(string subtag) => (subtag.Length == 2 && subtag.All(char.IsAsciiLetter)) || (subtag.Length == 3 && subtag.All(char.IsAsciiDigit));

    private static bool IsVariant(string subtag) => subtag.Length >= 5 || (subtag.Length == 4 && char.IsAsciiDigit(subtag[0]));
}
