using Dragoman.Cli.Workers;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Cli.Vectors;

/// <summary>Opens the encoder of a model folder for <c>dragoman encode</c>, whatever its kind.</summary>
internal static class VectorSources
{
    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The model folder; <c>model_type</c> in its config.json decides the kind.</param>
    /// <param name="side">What the texts are, to use what the model says of queries or passages; null to encode them as they are.</param>
    /// <param name="pooling">How token vectors become one; null for the model's own, or the mean.</param>
    /// <param name="normalise">Whether vectors are scaled to length 1.</param>
    /// <param name="precision">Type of the matrix products.</param>
    /// <param name="device">Where to compute; null for a CUDA device where there is one.</param>
    /// <exception cref="ConfigurationException">The options do not fit the kind of model.</exception>
    internal static IVectorSource Open(string folder, EncodedSide? side, Pooling? pooling, bool normalise, Precision precision, DeviceChoice? device)
    {
        if (!PlacedEncoder.IsStatic(folder, device)) return Transformer(folder, side, pooling, normalise, precision, device ?? DeviceChoice.Auto);
        if (pooling is not null) throw new ConfigurationException("encode", [$"--pooling does not apply to {folder}, a static encoder, which has its own weighted mean; leave it out."]);
        return new BiEncoderVectors(EncoderLoader.FromFolder(folder), side);
    }

    private static TransformerVectors Transformer(string folder, EncodedSide? side, Pooling? asked, bool normalise, Precision precision, DeviceChoice device)
    {
        var place = device.Resolve(StartedWorker.LocalRank);
        var model = side is null ? new SentenceModel() : SentenceModelFiles.Read(folder);
        var pooling = asked ?? model.Pooling;
        var prompt = side == EncodedSide.Query ? model.QueryPrompt : model.PassagePrompt;
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var encoder = EncoderFolder.LoadEncoder(folder);
        VocabularyFit.Require(folder, tokenizer, encoder.Config);
        encoder.To(place);
        if (pooling != Pooling.Pooler || encoder.HasPooler)
        {
            var form = new VectorForm
            {
                Encoder = TransformerTextEncoder.IdentityOf(folder),
                Dimension = encoder.Config.HiddenSize,
                Side = Spelling(side),
                Pooling = side is null || asked is not null ? pooling.ToString().ToLowerInvariant() : null,
                Normalized = normalise,
                Precision = PrecisionChoice.Resolve(precision, place.Kind) == Precision.BFloat16 ? "bfloat16" : "float32",
            };
            // A thread for each batch, so that the vectors are the same whatever the number of threads.
            var options = new SequenceVectorsOptions { Pooling = pooling, Normalise = normalise, Precision = precision, BatchThreads = Torch.Threads };
            return new TransformerVectors(encoder, tokenizer, prompt, Math.Min(model.MaxLength ?? int.MaxValue, encoder.Config.MaxTokens), options, form);
        }
        encoder.Dispose();
        throw new ConfigurationException("encode", [$"{folder} has no pooler; use --pooling cls or mean."]);
    }

    private static string? Spelling(EncodedSide? side) => side?.ToString().ToLowerInvariant();

    private sealed class TransformerVectors(TransformerEncoder encoder, ITokenizer tokenizer, string prompt, int maxLength, SequenceVectorsOptions options, VectorForm form) : IVectorSource
    {
        public VectorForm Form => form;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors, CancellationToken cancellationToken)
        {
            var sequences = texts.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(text => tokenizer.Encode(prompt + text, maxLength)).Select(text => new TokenSequence(text.Ids, text.TypeIds)).ToList();
            SequenceVectors.Encode(encoder, sequences, vectors, options, cancellationToken);
        }

        public void Dispose() => encoder.Dispose();
    }

    /// <summary>A bi-encoder's vectors have length 1 already.</summary>
    private sealed class BiEncoderVectors(ITextEncoder encoder, EncodedSide? side) : IVectorSource
    {
        public VectorForm Form => new() { Encoder = encoder.Identity, Dimension = encoder.Dimension, Side = Spelling(side), Pooling = null, Normalized = true, Precision = "float32" };

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (side == EncodedSide.Query) encoder.EncodeQueries(texts, vectors);
            else encoder.Encode(texts, vectors);
        }

        public void Dispose() => encoder.Dispose();
    }
}
