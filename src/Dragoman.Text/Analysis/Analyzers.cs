using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;

namespace Dragoman.Text.Analysis;

/// <summary>The analyzers by name.</summary>
/// <remarks>
/// A name is <c>multilingual</c>, <c>per-language</c>, <c>plain</c> or a language such as <c>kk</c>; the last two kinds of many languages take variants, as in <c>kk/unstemmed</c> or
/// <c>per-language/stopped</c>. An identity adds the version and that of the data it rests on: <c>kk-v1/unstemmed</c>.
/// </remarks>
public static class Analyzers
{
    /// <summary>The name of the analyzer that is used when none is named.</summary>
    public const string Default = MultilingualAnalyzer.Name;

    // Not before it is asked for: the table of rules takes time that a command without analyzers need not spend.
    private static readonly Lazy<IReadOnlyList<string>> LanguageList = new(() => [.. LanguageTable.All.Select(rules => rules.Language).Order(StringComparer.Ordinal)]);

    /// <summary>Languages with an analyzer of their own: ISO 639 codes in ordinal order.</summary>
    public static IReadOnlyList<string> Languages => LanguageList.Value;

    /// <summary>The names without variants, in ordinal order.</summary>
    public static IReadOnlyList<string> Names => [.. Languages.Concat([MultilingualAnalyzer.Name, PerLanguageAnalyzer.Name, PlainAnalyzer.Name]).Order(StringComparer.Ordinal)];

    /// <summary>The variants that can follow the name of a language or <c>per-language</c> after a slash.</summary>
    public static IReadOnlyList<string> Variants => [.. AnalyzerVariant.Words];

    /// <summary>The analyzer of a name, or of an identity that an index stored.</summary>
    /// <param name="name">A name such as <c>kk</c> or <c>zh/dictionary</c>, or an identity such as <c>kk-v1</c>.</param>
    /// <returns>The analyzer.</returns>
    /// <exception cref="ConfigurationException">No analyzer is called that, it has another version here, or it needs a library that is not installed; the message says what to do.</exception>
    public static IExplainedAnalyzer Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('+')[0].Split('/');
        // The one '+' of a variant's name.
        if (name.Contains("/characters+pairs", StringComparison.Ordinal)) parts = name.Replace("/characters+pairs", "/characters&pairs", StringComparison.Ordinal).Split('+')[0].Replace('&', '+').Split('/');
        var dash = parts[0].LastIndexOf("-v", StringComparison.Ordinal);
        var isIdentity = dash > 0 && parts[0][(dash + 2)..] is { Length: > 0 } version && version.All(char.IsAsciiDigit);
        var analyzer = Create(isIdentity ? parts[0][..dash] : parts[0], parts[1..], name);
        return !isIdentity || analyzer.Identity == name ? analyzer
            : throw new ConfigurationException("analyzer", [$"'{name}' is not to be had; this version of Dragoman on this machine has {analyzer.Identity}."]);
    }

    /// <summary>The analyzer of a language.</summary>
    /// <param name="tag">BCP 47 tag, for example <c>kk</c> or <c>zh-Hant</c>.</param>
    /// <returns>Its own analyzer, or <see cref="MultilingualAnalyzer"/> when it has none.</returns>
    /// <exception cref="DragomanException"><paramref name="tag"/> is not a tag of a known language, or a library is not installed.</exception>
    public static IExplainedAnalyzer ForLanguage(string tag) =>
        LanguageTable.Of(LanguageTag.Parse(tag).Language) is { } rules ? new LanguageAnalyzer(rules, AnalyzerVariant.None) : new MultilingualAnalyzer();

    private static IExplainedAnalyzer Create(string name, string[] words, string asked)
    {
        if (words.Length == 0 && name == MultilingualAnalyzer.Name) return new MultilingualAnalyzer();
        if (words.Length == 0 && name == PlainAnalyzer.Name) return new PlainAnalyzer();
        var rules = LanguageTable.Of(name);
        if (rules is null && name is not (PerLanguageAnalyzer.Name or MultilingualAnalyzer.Name or PlainAnalyzer.Name))
            throw new ConfigurationException("analyzer", [$"'{asked}' is not an analyzer; use {MultilingualAnalyzer.Name}, {PerLanguageAnalyzer.Name}, {PlainAnalyzer.Name} or a language ({string.Join(", ", Languages)})."]);
        if (rules is null && name != PerLanguageAnalyzer.Name) throw new ConfigurationException("analyzer", [$"{name} has no variants; leave out '/{string.Join('/', words)}'."]);
        var variant = AnalyzerVariant.Of(words, out var problem) ?? throw new ConfigurationException("analyzer", [$"'{asked}': {problem}."]);
        return rules is null ? new PerLanguageAnalyzer(variant) : new LanguageAnalyzer(rules, variant);
    }
}
