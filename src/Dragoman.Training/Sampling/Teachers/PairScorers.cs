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
    /// <summary>Loads a cross-encoder or a bi-encoder.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="maxLength">Longest pair that a cross-encoder reads, in tokens.</param>
    /// <param name="precision">Type of the matrix products.</param>
    /// <param name="device">Where it computes; null for the CPU.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The folder holds neither.</exception>
    internal static IPairScorer Load(string folder, int maxLength, Precision precision, Device? device)
    {
        if (!EncoderLoader.IsCrossEncoder(folder))
        {
            var encoder = EncoderLoader.FromFolder(folder, precision);
            if (encoder is TransformerTextEncoder transformer && device is { } there) transformer.Encoder.To(there);
            return new EncoderPairScorer(encoder, owns: true);
        }
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var model = CrossEncoder.Load(folder, new CrossEncoderOptions { Precision = precision });
        try
        {
            VocabularyFit.Require(folder, tokenizer, model.Model.Encoder.Config);
            if (device is { } there) model.Model.To(there);
            return new RerankerPairScorer(new Reranker(model, tokenizer, new RerankOptions { MaxLength = Math.Min(maxLength, model.MaxTokens) }), model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
