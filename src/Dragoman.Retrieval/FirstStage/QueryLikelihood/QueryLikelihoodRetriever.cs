using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.QueryLikelihood;

/// <summary>Ranks passages by the probability that their language model gives the query (Ponte and Croft, 1998). Passages without any query term are not returned. Thread-safe.</summary>
public sealed class QueryLikelihoodRetriever : ITermRetriever
{
    private readonly TermSearcher _searcher;
    private readonly IAnalyzer _analyzer;

    /// <summary>Creates a retriever over an index.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="analyzer">Turns queries into terms; of the identity that built the index.</param>
    /// <param name="options">The smoothing.</param>
    /// <exception cref="IndexMismatchException">The analyzer is another one than the index was built by.</exception>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public QueryLikelihoodRetriever(SearchIndex index, IAnalyzer analyzer, QueryLikelihoodOptions? options = null)
    {
        options ??= new QueryLikelihoodOptions();
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Query likelihood", problems);
        index.Require(analyzer);
        _analyzer = analyzer;
        Name = options.Smoothing == Smoothing.Dirichlet ? "qld" : "qljm";
        _searcher = new TermSearcher(index, Name, statistics =>
            options.Smoothing == Smoothing.Dirichlet ? new DirichletModel(options.Mu, statistics) : new JelinekMercerModel(options.Lambda, statistics));
    }

    /// <summary>Name of the method: <c>qld</c> with Dirichlet smoothing, <c>qljm</c> with Jelinek-Mercer smoothing.</summary>
    public string Name { get; }

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

    /// <summary>Retrieves by scoring every passage that holds a query term, for comparison.</summary>
    internal IReadOnlyList<IReadOnlyList<RankedPassage>> RetrieveExhaustively(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken) =>
        _searcher.Retrieve(queries, options, cancellationToken, exhaustive: true);
}
