using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Fusion;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>Fuses BM25 and dense retrieval by reciprocal rank, BM25 weighed by how much of the query it matched. Thread-safe when both retrievers are.</summary>
/// <remarks>
/// Across languages a query shares little with a passage but names and numbers, and the first rank of such a ranking says little: one number in common puts
/// any passage there. So BM25's part is w / (k + rank), w = min(1, e / e₀)², where the evidence e is the passage's score over the score that matching every
/// query term would approach (terms the passages do not know included) and e₀ is <see cref="HybridOptions.FullEvidence"/>. With full matches this is plain
/// reciprocal rank fusion (Cormack et al., SIGIR 2009); without matches it is the dense ranking.
/// </remarks>
public sealed class HybridRetriever : IRetriever
{
    private readonly Bm25Retriever _lexical;
    private readonly DenseRetriever _dense;
    private readonly HybridOptions _options;

    /// <summary>Creates a retriever from two over the same index.</summary>
    /// <param name="lexical">Matches terms.</param>
    /// <param name="dense">Matches vectors.</param>
    /// <param name="options">How to fuse.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public HybridRetriever(Bm25Retriever lexical, DenseRetriever dense, HybridOptions? options = null)
    {
        _options = options ?? new HybridOptions();
        if (_options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Hybrid retrieval", problems);
        _lexical = lexical;
        _dense = dense;
    }

    /// <inheritdoc/>
    public string Name => "hybrid";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var deep = options with { Depth = options.Depth < 1 ? options.Depth : Math.Max(options.Depth, _options.CandidateDepth) };
        var dense = _dense.Retrieve(queries, deep, cancellationToken);
        var lexical = _lexical.Retrieve(queries, deep, cancellationToken);
        return queries.Select((query, place) => Fuse(dense[place], lexical[place], _lexical.UpperBound(query, options), options.Depth)).ToArray();
    }

    private RankedPassage[] Fuse(IReadOnlyList<RankedPassage> dense, IReadOnlyList<RankedPassage> lexical, double bound, int depth)
    {
        var fused = new FusedScores();
        for (var rank = 1; rank <= dense.Count; rank++) fused.Add(dense[rank - 1].PassageId, 1 / (_options.K + rank));
        for (var rank = 1; rank <= lexical.Count; rank++)
        {
            var evidence = lexical[rank - 1].Score / bound;
            var weight = evidence >= _options.FullEvidence ? 1 : Math.Pow(evidence / _options.FullEvidence, 2);
            fused.Add(lexical[rank - 1].PassageId, weight / (_options.K + rank));
        }
        return fused.Take(depth);
    }
}
