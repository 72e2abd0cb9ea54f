using Dragoman.Collections;
using Dragoman.Retrieval.Reranking;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>A cross-encoder's logits: those of its weights as they are, so that one in training may be asked between steps.</summary>
/// <param name="reranker">Scores with the model, which must not be in training mode.</param>
/// <param name="owned">What is freed with this; null when the model is the caller's.</param>
internal sealed class RerankerPairScorer(Reranker reranker, IDisposable? owned = null) : IPairScorer
{
    private const int BlockPairs = 8192;

    public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var (scores, done) = (new float[pairs.Count], 0);
        foreach (var block in pairs.Chunk(BlockPairs))
        {
            reranker.Score([.. block.Select(pair => (pair.Query.Text, pair.Passage.FullText))], cancellationToken).CopyTo(scores, done);
            done += block.Length;
        }
        return PairScorers.RequireFinite(scores, pairs);
    }

    public void Dispose() => owned?.Dispose();
}
