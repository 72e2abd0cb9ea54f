using System.Collections.Frozen;
using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;

namespace Dragoman.Text.Analysis;

/// <summary>For collections of many languages: each text goes through the analyzer of its own language, or through <see cref="MultilingualAnalyzer"/> when that has none or is not known. Thread-safe.</summary>
/// <remarks>
/// A query meets the passages of its own language with equal terms. Other languages share names, numbers and borrowed words with it; words in Latin letters inside text of another script are
/// stemmed as English for that reason.
/// </remarks>
public sealed class PerLanguageAnalyzer : IExplainedAnalyzer
{
    /// <summary>The name in configurations.</summary>
    public const string Name = "per-language";

    /// <summary>Raised whenever any language's version is, or when a language is added.</summary>
    internal const int Version = 1;

    private readonly FrozenDictionary<string, LanguageAnalyzer> _analyzers;
    private readonly MultilingualAnalyzer _fallback = new();

    /// <summary>Creates the analyzers of all languages.</summary>
    /// <exception cref="ConfigurationException">A library that an analyzer needs is not installed; the message says what to do.</exception>
    public PerLanguageAnalyzer()
        : this(AnalyzerVariant.None)
    {
    }

    internal PerLanguageAnalyzer(AnalyzerVariant variant)
    {
        _analyzers = LanguageTable.All.ToFrozenDictionary(rules => rules.Language, rules => new LanguageAnalyzer(rules, variant), StringComparer.Ordinal);
        var data = _analyzers.Values.SelectMany(analyzer => analyzer.Data).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Identity = FormattableString.Invariant($"{Name}-v{Version}{variant.Suffix}") + string.Concat(data.Select(part => "+" + part));
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public void Analyze(string text, string language, ICollection<string> terms) => Of(language).Analyze(text, language, terms);

    /// <inheritdoc/>
    public void Locate(string text, string language, ICollection<PositionedTerm> terms) => Of(language).Locate(text, language, terms);

    /// <inheritdoc/>
    public Analysis Explain(string text, string language) => Of(language).Explain(text, language);

    private IExplainedAnalyzer Of(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (_analyzers.TryGetValue(language, out var exact)) return exact;
        return LanguageTag.TryParse(language, out var tag, out _) && _analyzers.TryGetValue(tag.Language, out var primary) ? primary : _fallback;
    }
}
