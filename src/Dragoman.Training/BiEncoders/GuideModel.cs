using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Tensors;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Dragoman.Training.BiEncoders;

/// <summary>A bi-encoder that says which passages of a batch may well answer a query that they do not belong to: those it scores above the query's own (GISTEmbed; Solatorio, 2024).</summary>
/// <param name="encoder">The bi-encoder, which is then owned.</param>
/// <param name="margin">See <see cref="InBatchMask.OfGuide"/>.</param>
internal sealed class GuideModel(ITextEncoder encoder, double margin) : IDisposable
{
    private (IReadOnlyList<TrainingGroup> Groups, float[] Scores)? _last;

    /// <summary>True where a passage is no negative of a query, shape [B, B + M].</summary>
    /// <param name="groups">The B groups.</param>
    /// <param name="device">Where it goes.</param>
    internal Tensor Excluded(IReadOnlyList<TrainingGroup> groups, Device device)
    {
        if (_last?.Groups != groups) _last = (groups, Scores(groups));                      // the passes of a batch ask again
        using var scope = TensorScope.Begin();
        return scope.Keep(InBatchMask.OfGuide(Tensor.From(_last!.Value.Scores, groups.Count, _last.Value.Scores.Length / groups.Count), margin).To(device));
    }

    public void Dispose() => encoder.Dispose();

    private float[] Scores(IReadOnlyList<TrainingGroup> groups)
    {
        var width = encoder.Dimension;
        var queries = new float[groups.Count * width];
        encoder.EncodeQueries([.. groups.Select(group => group.Query.Text)], queries);
        var texts = groups.Select(group => group.Positive).Concat(groups.SelectMany(group => group.Negatives)).Select(passage => passage.FullText).ToList();
        var passages = new float[texts.Count * width];
        encoder.Encode(texts, passages);
        var scores = new float[groups.Count * texts.Count];
        for (var row = 0; row < groups.Count; row++)
            for (var column = 0; column < texts.Count; column++)
                scores[row * texts.Count + column] = TensorPrimitives.Dot<float>(queries.AsSpan(row * width, width), passages.AsSpan(column * width, width));
        return scores;
    }
}
