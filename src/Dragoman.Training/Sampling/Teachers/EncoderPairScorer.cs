using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Models.Encoders;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>
/// Scores pairs by a bi-encoder: cosines. Each distinct text of a call is encoded once; vectors of queries are kept, so that a scorer is made anew when the encoder has learned.
/// </summary>
/// <param name="encoder">The encoder.</param>
/// <param name="owns">Whether it is freed with the scorer.</param>
internal sealed class EncoderPairScorer(ITextEncoder encoder, bool owns = false) : IPairScorer
{
    private const int TextsAtOnce = 2048;
    private readonly Dictionary<string, float[]> _queries = new(StringComparer.Ordinal);

    public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        Encode([.. pairs.Select(pair => pair.Query.Text).Distinct(StringComparer.Ordinal).Where(text => !_queries.ContainsKey(text))], encoder.EncodeQueries, _queries, cancellationToken);
        var passages = new Dictionary<string, float[]>(StringComparer.Ordinal);
        Encode([.. pairs.Select(pair => pair.Passage.FullText).Distinct(StringComparer.Ordinal)], encoder.Encode, passages, cancellationToken);
        return [.. pairs.Select(pair => TensorPrimitives.Dot<float>(_queries[pair.Query.Text], passages[pair.Passage.FullText]))];
    }

    public void Dispose()
    {
        if (owns) encoder.Dispose();
    }

    private void Encode(string[] texts, Encoding encode, Dictionary<string, float[]> vectors, CancellationToken cancellationToken)
    {
        var width = encoder.Dimension;
        foreach (var block in texts.Chunk(TextsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = new float[block.Length * width];
            encode(block, rows);
            for (var at = 0; at < block.Length; at++) vectors[block[at]] = rows.AsSpan(at * width, width).ToArray();
        }
    }

    private delegate void Encoding(IReadOnlyList<string> texts, Span<float> vectors);
}
