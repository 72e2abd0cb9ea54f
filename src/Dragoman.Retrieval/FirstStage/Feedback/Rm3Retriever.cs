using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Feedback;

/// <summary>Retrieves twice: terms of the passages found first expand the query (RM3; Abdul-Jaleel et al., TREC 2004). Thread-safe.</summary>
/// <remarks>
/// With the passages D found first, P(t|R) ∝ Σ over D of P(d|q) tf(t, d) / |d| (RM1; Lavrenko and Croft, SIGIR 2001), cut to its best terms and scaled to sum 1, and the query's own weights
/// scaled to sum 1, the new weight is λ q(t) + (1 - λ) P(t|R).
/// Deviation: for BM25, whose scores are no probabilities, P(d|q) is the passage's share of the sum of scores, as Anserini takes it; for query likelihood it is the softmax of the scores.
/// </remarks>
public sealed class Rm3Retriever : ITermRetriever
{
    private const int AlwaysRare = 10;
    private readonly SearchIndex _index;
    private readonly ITermRetriever _first;
    private readonly Rm3Options _options;

    /// <summary>Creates a retriever.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="first">Retrieves both times; over the same index.</param>
    /// <param name="options">How much to expand.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public Rm3Retriever(SearchIndex index, ITermRetriever first, Rm3Options? options = null)
    {
        _options = options ?? new Rm3Options();
        if (_options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("RM3", problems);
        _index = index;
        _first = first;
    }

    /// <summary>Name of the method: <c>bm25+rm3</c>, <c>qld+rm3</c>.</summary>
    public string Name => _first.Name + "+rm3";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default) =>
        RetrieveWeighted(queries.Select(query => new TermQuery(query.Id, TermsOf(query))).ToArray(), options, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> RetrieveWeighted(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken = default) =>
        _first.RetrieveWeighted(Expand(queries, options, cancellationToken), options, cancellationToken);

    /// <summary>The terms of a query before it is expanded.</summary>
    /// <param name="query">The query.</param>
    public IReadOnlyList<WeightedTerm> TermsOf(Query query) => _first.TermsOf(query);

    /// <inheritdoc/>
    public IReadOnlyList<double> Score(IReadOnlyList<WeightedTerm> terms, IReadOnlyList<string> passageIds, RetrievalOptions options) => _first.Score(Expand(terms, options), passageIds, options);

    /// <summary>Says term by term why a passage scores as it does; the terms are those of the expanded query.</summary>
    /// <inheritdoc/>
    public ScoreExplanation Explain(IReadOnlyList<WeightedTerm> terms, string passageId, RetrievalOptions options) => _first.Explain(Expand(terms, options), passageId, options) with { Method = Name };

    /// <summary>The expanded queries.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="options">Which passages take part; the depth is not used.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For every query its own terms and those gained, best first, weights summing to 1; a query that finds nothing stays as it is.</returns>
    public IReadOnlyList<TermQuery> Expand(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var statistics = new CollectionStatistics(PassageSelection.Of(_index, options).Partitions);
        var found = _first.RetrieveWeighted(queries, options with { Depth = _options.Passages }, cancellationToken);
        return queries.Select((query, place) => found[place].Count == 0 ? query : query with { Terms = Mix(query.Terms, Gained(found[place], statistics)) }).ToArray();
    }

    private IReadOnlyList<WeightedTerm> Expand(IReadOnlyList<WeightedTerm> terms, RetrievalOptions options) => Expand([new TermQuery("", terms)], options)[0].Terms;

    /// <summary>The best terms of the passages, weights summing to 1.</summary>
    private List<WeightedTerm> Gained(IReadOnlyList<RankedPassage> found, CollectionStatistics statistics)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        var shares = Shares(found);
        for (var place = 0; place < found.Count; place++)
        {
            _index.Passages.TryFind(found[place].PassageId, out var ordinal);
            double length = _index.Terms.Length(ordinal);
            foreach (var (term, frequency) in _index.Terms.TermsOf(ordinal)) weights[term] = weights.GetValueOrDefault(term) + shares[place] * (frequency / length);
        }
        var limit = Math.Max(AlwaysRare, _options.MaxShare * statistics.PassageCount);
        var best = weights.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Where(entry => statistics.Of(entry.Key).Passages <= limit).Take(_options.Terms).Select(entry => new WeightedTerm(entry.Key, entry.Value)).ToList();
        return Scaled(best);
    }

    private double[] Shares(IReadOnlyList<RankedPassage> found)
    {
        var highest = found[0].Score;
        var weights = found.Select(passage => _first is Bm25.Bm25Retriever ? passage.Score : Math.Exp(passage.Score - highest)).ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => sum > 0 ? weight / sum : 1.0 / weights.Length);
    }

    private List<WeightedTerm> Mix(IReadOnlyList<WeightedTerm> query, List<WeightedTerm> gained)
    {
        if (gained.Count == 0) return [.. query];
        var mixed = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (term, weight) in Scaled(query)) mixed[term] = _options.QueryWeight * weight;
        foreach (var (term, weight) in gained) mixed[term] = mixed.GetValueOrDefault(term) + (1 - _options.QueryWeight) * weight;
        return [.. mixed.Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new WeightedTerm(entry.Key, entry.Value))];
    }

    private static List<WeightedTerm> Scaled(IReadOnlyList<WeightedTerm> terms)
    {
        var sum = terms.Sum(term => term.Weight);
        return [.. terms.Select(term => term with { Weight = term.Weight / sum })];
    }
}
