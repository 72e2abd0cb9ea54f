using Dragoman.Collections;
using Dragoman.Retrieval.Reranking;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Scores pairs by a cross-encoder: logits.</summary>
/// <param name="reranker">Reads them.</param>
/// <param name="owned">What is freed with it; null for nothing.</param>
internal sealed class RerankerPairScorer(Reranker reranker, IDisposable? owned = null) : IPairScorer
{
    public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken) =>
        reranker.Score([.. pairs.Select(pair => (pair.Query.Text, pair.Passage.FullText))], cancellationToken);

    public void Dispose() => owned?.Dispose();
}
