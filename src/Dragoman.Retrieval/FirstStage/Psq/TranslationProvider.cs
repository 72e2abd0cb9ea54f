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

    /// <summary>Whether passages of a language can be found by queries of another through a table, or because they are one language.</summary>
    internal bool Has(string queryLanguage, string passageLanguage) => queryLanguage == passageLanguage || folder.Pairs.Contains(TableOf(queryLanguage, passageLanguage));

    /// <summary>The translations between two languages; where there is no table, terms written alike.</summary>
    internal TermTranslations Between(string queryLanguage, string passageLanguage) =>
        queryLanguage == passageLanguage ? TermTranslations.Same : _translations.GetOrAdd((queryLanguage, passageLanguage), Load).Value;

    /// <summary>The background of a query language.</summary>
    internal TermCounts Counts(string queryLanguage) => _counts.GetOrAdd(queryLanguage, language => new Lazy<TermCounts>(() => folder.Counts(language))).Value;

    private Lazy<TermTranslations> Load((string Query, string Passage) pair) => new(() =>
    {
        if (!Has(pair.Query, pair.Passage)) return TermTranslations.Alike(options.Identity);
        var (from, to) = TableOf(pair.Query, pair.Passage);
        var table = folder.Table(from, to, cut);
        return options.Model == PsqModel.Hmm ? TermTranslations.FromPassageTerms(table, options, pair.Query, pair.Passage) : TermTranslations.FromQueryTerms(table, options.Identity);
    });

    private (string From, string To) TableOf(string queryLanguage, string passageLanguage) =>
        options.Model == PsqModel.Hmm ? (passageLanguage, queryLanguage) : (queryLanguage, passageLanguage);
}
