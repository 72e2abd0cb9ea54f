using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.Bm25;

/// <summary>Ranks passages by BM25, exactly: what is jumped over could not have been among the best. Passages without any query term are not returned. Thread-safe.</summary>
public sealed class Bm25Retriever : ITermRetriever
{
    private readonly TermSearcher _searcher;
    private readonly IAnalyzer _analyzer;
    private readonly Bm25Options _options;

    /// <summary>Creates a retriever over an index.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="analyzer">Turns queries into terms; of the identity that built the index.</param>
    /// <param name="options">The weights.</param>
    /// <exception cref="IndexMismatchException">The analyzer is another one than the index was built by.</exception>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public Bm25Retriever(SearchIndex index, IAnalyzer analyzer, Bm25Options? options = null)
    {
        _options = options ?? new Bm25Options();
        if (_options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("BM25", problems);
        index.Require(analyzer);
        _analyzer = analyzer;
        _searcher = new TermSearcher(index, Name, statistics => new Bm25Model(_options, statistics));
    }

    /// <inheritdoc/>
    public string Name => "bm25";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default) =>
        RetrieveWeighted(queries.Select(query => new TermQuery(query.Id, TermsOf(query))).ToArray(), options, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> RetrieveWeighted(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken = default) =>
        _searcher.Retrieve(queries, options, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<WeightedTerm> TermsOf(Query query) => QueryTerms.Of(query, _analyzer);

    /// <inheritdoc/>
    public IReadOnlyList<double> Score(IReadOnlyList<WeightedTerm> terms, IReadOnlyList<string> passageIds, RetrievalOptions options) => _searcher.Score(terms, passageIds, options);

    /// <inheritdoc/>
    public ScoreExplanation Explain(IReadOnlyList<WeightedTerm> terms, string passageId, RetrievalOptions options) => _searcher.Explain(terms, passageId, options);

    /// <summary>The score that a passage holding every term of a query endlessly often would approach; a score divided by it says how much of the query was matched, within [0, 1).</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Which passages take part, for the statistics.</param>
    /// <returns>0 for a query without terms.</returns>
    public double UpperBound(Query query, RetrievalOptions options)
    {
        var statistics = _searcher.StatisticsOf(options);
        var model = new Bm25Model(_options, statistics);
        return TermsOf(query).Sum(term => term.Weight * model.Idf(statistics.Of(term.Term).Passages));
    }

    /// <summary>Retrieves by scoring every passage that holds a query term, for comparison.</summary>
    internal IReadOnlyList<IReadOnlyList<RankedPassage>> RetrieveExhaustively(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken) =>
        _searcher.Retrieve(queries, options, cancellationToken, exhaustive: true);
}
