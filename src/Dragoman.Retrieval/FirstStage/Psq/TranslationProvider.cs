using System.Collections.Concurrent;
using Dragoman.Collections;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>Gives the translations between two languages out of a folder of tables, each read once. Thread-safe.</summary>
/// <param name="folder">The tables.</param>
/// <param name="cut">Which translations to keep.</param>
/// <param name="options">The model, and how terms stand for themselves.</param>
internal sealed class TranslationProvider(TranslationFolder folder, TranslationCut cut, PsqOptions options)
{
    private readonly ConcurrentDictionary<(string Query, string Passage), Lazy<TermTranslations>> _translations = new();
    private readonly ConcurrentDictionary<string, Lazy<TermCounts>> _counts = new(StringComparer.Ordinal);

    /// <summary>Whether passages of a language can be found by queries of another.</summary>
    internal bool Has(string queryLanguage, string passageLanguage) =>
        queryLanguage == passageLanguage || folder.Pairs.Contains((passageLanguage, queryLanguage));

    /// <summary>The translations between two languages.</summary>
    internal TermTranslations Between(string queryLanguage, string passageLanguage) =>
        queryLanguage == passageLanguage ? TermTranslations.Same : _translations.GetOrAdd((queryLanguage, passageLanguage), Load).Value;

    /// <summary>The background of a query language.</summary>
    internal TermCounts Counts(string queryLanguage) => _counts.GetOrAdd(queryLanguage, language => new Lazy<TermCounts>(() => folder.Counts(language))).Value;

    private Lazy<TermTranslations> Load((string Query, string Passage) pair) => new(() => options.Model == PsqModel.Hmm
        ? TermTranslations.FromPassageTerms(folder.Table(pair.Passage, pair.Query, cut), options.Identity)
        : TermTranslations.FromQueryTerms(folder.Table(pair.Query, pair.Passage, cut), options.Identity));
}
