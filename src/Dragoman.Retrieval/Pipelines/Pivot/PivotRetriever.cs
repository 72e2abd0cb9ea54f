using System.Collections.Concurrent;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Pipelines.Pivot;

/// <summary>
/// Searches the passages of the query's own language first, where terms match and vectors are surest, and passes the scores on to the passages near those: a short
/// question and a passage of another language are far harder to match than two whole passages. Thread-safe when the encoder is.
/// </summary>
/// <remarks>
/// Feedback before translation (Ballesteros and Croft, SIGIR 1997), with vectors in the place of a dictionary. With s(q, p) = cos(q, p) + μ·e(q, p), where e is the share of
/// the query's weight that BM25 matched, the score is softmax(s / τ) over the direct candidates + λ Σ w(a)·x(a, p) over the pivots a: w = softmax(s / τ) over the
/// m best passages in the query's language, x = softmax((cos(a, p) - r(p) / 2) / τ') over a's n nearest passages, and r(p) the mean cosine of p with its nearest passages in the
/// query's language, which holds back passages that are near everything (CSLS; Conneau et al., ICLR 2018). It helps when the collection holds translations of the
/// passages sought in the query's language. Where every passage exists in one language only, pivots tell nothing, and a small λ keeps them from doing harm. When there is no passage
/// in the query's language, or the language is not stated, only the direct part is left.
/// </remarks>
public sealed class PivotRetriever : IRetriever
{
    private readonly SearchIndex _index;
    private readonly Bm25Retriever _lexical;
    private readonly DenseRetriever _dense;
    private readonly ITextEncoder _encoder;
    private readonly PivotOptions _options;
    private readonly ConcurrentDictionary<(string Language, bool Exact, string PassageId), double> _hubness = new();

    /// <summary>Creates a retriever over an index.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="lexical">Matches terms, over the same index.</param>
    /// <param name="encoder">Turns queries into vectors; of the identity that built the index. The caller owns it.</param>
    /// <param name="options">The weights.</param>
    /// <exception cref="DragomanException">The index has no vectors, or was built by another encoder.</exception>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public PivotRetriever(SearchIndex index, Bm25Retriever lexical, ITextEncoder encoder, PivotOptions? options = null)
    {
        _options = options ?? new PivotOptions();
        if (_options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Pivot retrieval", problems);
        _index = index;
        _lexical = lexical;
        _encoder = encoder;
        _dense = new DenseRetriever(index, encoder);
    }

    /// <inheritdoc/>
    public string Name => "pivot";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        PassageSelection.Of(_index, options);
        return queries.Select(query => Retrieve(query, options, cancellationToken)).ToArray();
    }

    private RankedPassage[] Retrieve(Query query, RetrievalOptions options, CancellationToken cancellationToken)
    {
        var vector = new float[_encoder.Dimension];
        _encoder.EncodeQueries([query.Text], vector);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var found in Softmax(Match(query, vector, options, Math.Max(options.Depth, _options.DirectDepth), cancellationToken), _options.QueryTemperature)) scores[found.PassageId] = found.Score;
        if (_index.Passages.Languages.Contains(query.Language))
        {
            var own = new RetrievalOptions { Languages = [query.Language], Exact = options.Exact, Breadth = options.Breadth };
            var pivots = Softmax(Match(query, vector, own, _options.DirectDepth, cancellationToken).Take(_options.Pivots), _options.QueryTemperature);
            PassOn(pivots, own, options, scores, cancellationToken);
        }
        var ranking = Fusion.RankingOrder.Sorted(scores.Select(entry => new RankedPassage(entry.Key, entry.Value)));
        return ranking.Length <= options.Depth ? ranking : ranking[..options.Depth];
    }

    /// <summary>The nearest passages by cosine plus the weighed share of matched terms, best first.</summary>
    private RankedPassage[] Match(Query query, float[] vector, RetrievalOptions options, int depth, CancellationToken cancellationToken)
    {
        var deep = options with { Depth = depth };
        var near = _dense.Search(vector, deep, PassageSelection.Of(_index, deep), cancellationToken)[0];
        var bound = _lexical.UpperBound(query, deep);
        var matched = _lexical.Retrieve([query], deep, cancellationToken)[0].ToDictionary(found => found.PassageId, found => found.Score, StringComparer.Ordinal);
        return Fusion.RankingOrder.Sorted(near.Select(found => found with { Score = found.Score + (matched.TryGetValue(found.PassageId, out var score) ? _options.LexicalWeight * score / bound : 0) }));
    }

    /// <summary>Adds what the pivots give to the passages near them.</summary>
    private void PassOn(RankedPassage[] pivots, RetrievalOptions own, RetrievalOptions wanted, Dictionary<string, double> scores, CancellationToken cancellationToken)
    {
        // One more than wanted: a pivot is its own nearest neighbour, and what it passes on is not for itself.
        var near = _dense.Search(VectorsOf(pivots.Select(pivot => pivot.PassageId)), wanted with { Depth = _options.Neighbours + 1 }, PassageSelection.Of(_index, wanted), cancellationToken)
            .Select((found, pivot) => found.Where(other => other.PassageId != pivots[pivot].PassageId).Take(_options.Neighbours).ToArray()).ToArray();
        var hubness = Hubness(near.SelectMany(neighbours => neighbours).Select(found => found.PassageId), own, cancellationToken);
        for (var pivot = 0; pivot < pivots.Length; pivot++)
        {
            foreach (var found in Softmax(near[pivot].Select(found => found with { Score = found.Score - hubness[found.PassageId] / 2 }), _options.PassageTemperature))
                scores[found.PassageId] = scores.GetValueOrDefault(found.PassageId) + _options.PivotWeight * pivots[pivot].Score * found.Score;
        }
    }

    /// <summary>r(p) of passages, computed once for each passage and query language: it does not depend on the query.</summary>
    private Dictionary<string, double> Hubness(IEnumerable<string> passageIds, RetrievalOptions own, CancellationToken cancellationToken)
    {
        var language = own.Languages!.Single();
        var known = passageIds.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => _hubness.TryGetValue((language, own.Exact, id), out var value) ? value : double.NaN, StringComparer.Ordinal);
        var missing = known.Where(entry => double.IsNaN(entry.Value)).Select(entry => entry.Key).ToArray();
        if (missing.Length == 0) return known;
        var near = _dense.Search(VectorsOf(missing), own with { Depth = _options.HubNeighbours }, PassageSelection.Of(_index, own), cancellationToken);
        for (var place = 0; place < missing.Length; place++)
        {
            known[missing[place]] = near[place].Select(found => found.Score).DefaultIfEmpty(0).Average();
            _hubness[(language, own.Exact, missing[place])] = known[missing[place]];
        }
        return known;
    }

    private float[] VectorsOf(IEnumerable<string> passageIds)
    {
        var ids = passageIds.ToArray();
        var rows = new float[ids.Length * _encoder.Dimension];
        for (var row = 0; row < ids.Length; row++)
        {
            if (_index.Passages.TryFind(ids[row], out var ordinal)) _index.Vectors!.Read(ordinal, rows.AsSpan(row * _encoder.Dimension, _encoder.Dimension));
        }
        return rows;
    }

    private static RankedPassage[] Softmax(IEnumerable<RankedPassage> ranking, double temperature)
    {
        var scaled = ranking.ToArray();
        if (scaled.Length == 0) return scaled;
        var highest = scaled.Max(found => found.Score);
        var sum = scaled.Sum(found => Math.Exp((found.Score - highest) / temperature));
        for (var place = 0; place < scaled.Length; place++) scaled[place] = scaled[place] with { Score = Math.Exp((scaled[place].Score - highest) / temperature) / sum };
        return scaled;
    }
}
