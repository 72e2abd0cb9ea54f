using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Models.Encoders;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>A bi-encoder's cosines: those of its weights as they are, so that one in training may be asked between steps. A text that occurs in many pairs is encoded once.</summary>
/// <param name="encoder">The encoder, not in training mode.</param>
/// <param name="owns">Whether it is freed with the scorer.</param>
internal sealed class EncoderPairScorer(ITextEncoder encoder, bool owns = false) : IPairScorer
{
    private const int BlockTexts = 4096;

    public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var width = encoder.Dimension;
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (query, _) in pairs) rows.TryAdd(query.Text, rows.Count);
        var queries = new float[checked(rows.Count * width)];
        encoder.EncodeQueries([.. rows.OrderBy(row => row.Value).Select(row => row.Key)], queries);
        var scores = new float[pairs.Count];
        foreach (var block in Enumerable.Range(0, pairs.Count).GroupBy(at => pairs[at].Passage.FullText, StringComparer.Ordinal).Chunk(BlockTexts))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var passages = new float[block.Length * width];
            encoder.Encode([.. block.Select(pairsOf => pairsOf.Key)], passages);
            for (var row = 0; row < block.Length; row++)
                foreach (var at in block[row]) scores[at] = TensorPrimitives.Dot<float>(queries.AsSpan(rows[pairs[at].Query.Text] * width, width), passages.AsSpan(row * width, width));
        }
        return PairScorers.RequireFinite(scores, pairs);
    }

    public void Dispose()
    {
        if (owns) encoder.Dispose();
    }
}
