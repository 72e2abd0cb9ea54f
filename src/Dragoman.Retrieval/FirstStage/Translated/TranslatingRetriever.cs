using System.Collections.Concurrent;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Fusion;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Translators;

namespace Dragoman.Retrieval.FirstStage.Translated;

/// <summary>
/// Query translation: a query is translated into each language of the passages that take part, and each language is searched by its own translation. Thread-safe when the retriever and the translator are.
/// </summary>
/// <remarks>
/// A language is searched as a collection of its own: its translation meets its passages alone, with document frequencies and lengths counted over them, and the rankings of all languages are merged by score.
/// Scores of two languages are sums of the same number of query terms, each weighing 1 in all, where the translator translates word by word; where it translates whole texts, a language whose translations are longer gains by that.
/// Passages in the query's own language, and those in languages that the translator does not give, are searched with the query as it is.
/// </remarks>
public sealed class TranslatingRetriever : IRetriever
{
    private readonly SearchIndex _index;
    private readonly ITermRetriever _retriever;
    private readonly ITranslator _translator;
    private readonly ConcurrentDictionary<(string From, string To), bool> _supported = new();

    /// <summary>Creates a retriever.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="retriever">Finds passages by terms; over the same index.</param>
    /// <param name="translator">Translates; the caller owns it.</param>
    /// <exception cref="ConfigurationException">The translations are terms of another analyzer than the index was built by.</exception>
    public TranslatingRetriever(SearchIndex index, ITermRetriever retriever, ITranslator translator)
    {
        if (translator.TermsOf is { } terms && terms != index.Manifest.Analyzer)
            throw new ConfigurationException("Translation", [$"the translations are terms of analyzer {terms}, index {index.FolderPath} was built by {index.Manifest.Analyzer}; build the index with that analyzer, or train tables with the index's."]);
        (_index, _retriever, _translator) = (index, retriever, translator);
    }

    /// <summary>The method and the kind of translator: <c>bm25+table</c>, <c>qld+rm3+libretranslate</c>.</summary>
    public string Name => $"{_retriever.Name}+{_translator.Name}";

    /// <summary>Pairs of languages that were asked for and that the translator does not translate between, in ordinal order.</summary>
    public IReadOnlyList<(string From, string To)> Untranslated => [.. _supported.Where(pair => !pair.Value).Select(pair => pair.Key).Order()];

    /// <inheritdoc/>
    /// <exception cref="TranslationException">The translator fails.</exception>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var languages = LanguagesOf(options);
        var found = queries.Select(_ => new List<RankedPassage>()).ToArray();
        foreach (var language in languages)
        {
            var terms = TermsOf(queries, language, cancellationToken);
            var rankings = _retriever.RetrieveWeighted(terms, options with { Languages = [language], ExcludedLanguages = [] }, cancellationToken);
            for (var query = 0; query < queries.Count; query++) found[query].AddRange(rankings[query]);
        }
        return found.Select(ranking => (IReadOnlyList<RankedPassage>)RankingOrder.Sorted(ranking).Take(options.Depth).ToArray()).ToArray();
    }

    /// <summary>Scores given passages for a query, each by the translation into its language; the scores are those of <see cref="Retrieve"/>, to the last bit.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passageIds">Ids of passages of the index.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A score for every id, in their order.</returns>
    /// <exception cref="DragomanException">The index holds no passage of an id, or the translator fails.</exception>
    public IReadOnlyList<double> Score(Query query, IReadOnlyList<string> passageIds, CancellationToken cancellationToken = default)
    {
        var scores = new double[passageIds.Count];
        foreach (var places in Enumerable.Range(0, passageIds.Count).GroupBy(place => LanguageOf(passageIds[place]), StringComparer.Ordinal))
        {
            var terms = TermsOf([query], places.Key, cancellationToken)[0].Terms;
            var part = _retriever.Score(terms, [.. places.Select(place => passageIds[place])], new RetrievalOptions { Languages = [places.Key] });
            foreach (var (at, place) in places.Index()) scores[place] = part[at];
        }
        return scores;
    }

    /// <summary>Says term by term why a passage scores as it does; the terms are those of the translation.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passageId">The passage.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DragomanException">There is no such passage, or the translator fails.</exception>
    public ScoreExplanation Explain(Query query, string passageId, CancellationToken cancellationToken = default)
    {
        var language = LanguageOf(passageId);
        return _retriever.Explain(TermsOf([query], language, cancellationToken)[0].Terms, passageId, new RetrievalOptions { Languages = [language] }) with { Method = Name };
    }

    /// <summary>The query in the language of a passage; null where it is searched as it is.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passageId">The passage.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DragomanException">There is no such passage, or the translator fails.</exception>
    public TranslatedText? TranslationOf(Query query, string passageId, CancellationToken cancellationToken = default)
    {
        var language = LanguageOf(passageId);
        return Translates(query.Language, language, cancellationToken) ? _translator.TranslateAsync([query.Text], query.Language, language, cancellationToken).GetAwaiter().GetResult()[0] : null;
    }

    /// <summary>The terms of queries in a language, for a translator that takes several texts at once.</summary>
    private TermQuery[] TermsOf(IReadOnlyList<Query> queries, string language, CancellationToken cancellationToken)
    {
        var terms = new TermQuery[queries.Count];
        foreach (var group in Enumerable.Range(0, queries.Count).GroupBy(place => queries[place].Language, StringComparer.Ordinal))
        {
            if (!Translates(group.Key, language, cancellationToken))
            {
                foreach (var place in group) terms[place] = new TermQuery(queries[place].Id, _retriever.TermsOf(queries[place]));
                continue;
            }
            var texts = group.Select(place => queries[place].Text).ToArray();
            var translations = _translator.TranslateAsync(texts, group.Key, language, cancellationToken).GetAwaiter().GetResult();
            foreach (var (at, place) in group.Index())
            {
                if (translations[at].Problem is { } problem) throw new DragomanException($"The translation of query {queries[place].Id} into {language} {problem}; change the query or leave it out.");
                terms[place] = new TermQuery(queries[place].Id, TranslatedTerms.Of(translations[at], _translator.TermsOf is not null, language, _retriever));
            }
        }
        return terms;
    }

    private bool Translates(string from, string to, CancellationToken cancellationToken)
    {
        if (from == to) return false;
        if (from == LanguageShape.Unknown) throw new ConfigurationException("Translation", ["the language of a query is not known, so that it cannot be translated; name it in the file of queries (lang) or with --from."]);
        if (to == LanguageShape.Unknown) return false;
        if (_supported.TryGetValue((from, to), out var known)) return known;
        return _supported[(from, to)] = _translator.SupportsAsync(from, to, cancellationToken).GetAwaiter().GetResult();
    }

    private string[] LanguagesOf(RetrievalOptions options) => [.. PassageSelection.Of(_index, options).Partitions.Select(partition => partition.Tag).Distinct(StringComparer.Ordinal)];

    private string LanguageOf(string passageId) =>
        _index.Passages.TryFind(passageId, out var ordinal) ? _index.Passages.PartitionOf(ordinal).Tag : throw new DragomanException($"Index {_index.FolderPath} holds no passage {passageId}.");
}
