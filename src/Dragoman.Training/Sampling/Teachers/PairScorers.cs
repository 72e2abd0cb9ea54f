using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Opens models that score pairs.</summary>
internal static class PairScorers
{
    /// <summary>Loads a cross-encoder, whose scores are logits, or a bi-encoder, whose scores are cosines.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="maxLength">Longest pair that a cross-encoder reads, in tokens.</param>
    /// <param name="precision">Type of the matrix products.</param>
    /// <param name="device">Where it computes; null for the CPU.</param>
    /// <exception cref="DragomanException">The folder holds neither.</exception>
    internal static IPairScorer Load(string folder, int maxLength, Precision precision, Device? device = null)
    {
        if (EncoderLoader.IsCrossEncoder(folder)) return CrossEncoderOf(folder, maxLength, precision, device);
        var encoder = EncoderLoader.FromFolder(folder, precision);
        if (encoder is TransformerTextEncoder transformer && device is { } place) transformer.Encoder.To(place);
        return new EncoderPairScorer(encoder, owns: true);
    }

    /// <summary>Refuses scores that are no finite numbers.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="pairs">Whose they are.</param>
    /// <exception cref="DragomanException">One is not.</exception>
    internal static float[] RequireFinite(float[] scores, IReadOnlyList<(Query Query, Passage Passage)> pairs)
    {
        var at = Array.FindIndex(scores, score => !float.IsFinite(score));
        return at < 0 ? scores : throw new DragomanException($"The model scores passage {pairs[at].Passage.Id} for query {pairs[at].Query.Id} as {scores[at]}; its weights are damaged, or try precision float32.");
    }

    private static RerankerPairScorer CrossEncoderOf(string folder, int maxLength, Precision precision, Device? device)
    {
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var model = CrossEncoder.Load(folder, new CrossEncoderOptions { Precision = precision });
        try
        {
            VocabularyFit.Require(folder, tokenizer, model.Model.Encoder.Config);
            if (device is { } place) model.Model.To(place);
            return new RerankerPairScorer(new Reranker(model, tokenizer, new RerankOptions { MaxLength = Math.Min(maxLength, model.MaxTokens) }), model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
