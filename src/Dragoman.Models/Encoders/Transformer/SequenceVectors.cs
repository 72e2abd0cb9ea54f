using Dragoman.Tensors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>How <see cref="SequenceVectors"/> encodes.</summary>
public sealed record SequenceVectorsOptions
{
    /// <summary>How token vectors become one.</summary>
    /// <value><see cref="Pooling.Mean"/> by default.</value>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Whether vectors are scaled to Euclidean length 1.</summary>
    /// <value>True by default.</value>
    public bool Normalise { get; init; } = true;

    /// <summary>The type of large products.</summary>
    public Precision Precision { get; init; }

    /// <summary>Most tokens of a batch, padding among them.</summary>
    /// <value>4,096 by default: more is no faster and needs more memory.</value>
    public int MaxBatchTokens { get; init; } = 4096;

    /// <summary>Batches computed side by side on the CPU, each by one thread, so that the vectors do not depend on their number; null for one batch after the other, each by all threads of libtorch. Nothing on other devices.</summary>
    /// <value>Null by default.</value>
    public int? BatchThreads { get; init; }
}

/// <summary>Encodes token sequences into vectors with a transformer, in batches of like length.</summary>
public static class SequenceVectors
{
    /// <summary>Encodes sequences.</summary>
    /// <param name="encoder">The encoder, not in training.</param>
    /// <param name="sequences">N sequences.</param>
    /// <param name="vectors">Receives the vectors, shape [N, H], row-major; at least N·H long.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="token">Stops between batches.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> is too short.</exception>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">A sequence is longer than the model has positions for.</exception>
    public static void Encode(
        TransformerEncoder encoder, IReadOnlyList<TokenSequence> sequences, Span<float> vectors, SequenceVectorsOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(sequences);
        options ??= new SequenceVectorsOptions();
        var width = encoder.Config.HiddenSize;
        if (vectors.Length < sequences.Count * width) throw new ArgumentException($"{sequences.Count} vectors of {width} floats do not fit into {vectors.Length}.", nameof(vectors));
        var device = encoder.Parameters[0].Value.Device;
        var batches = LengthBatches.Cut(sequences, options.MaxBatchTokens).ToList();
        if (options.BatchThreads is { } threads && device.Kind == DeviceKind.Cpu)
        {
            var encoded = new float[batches.Count][];
            BatchThreads.Run(batches.Count, threads, batch => encoded[batch] = EncodeBatch(encoder, sequences, batches[batch], options, device), token);
            for (var batch = 0; batch < batches.Count; batch++) Place(encoded[batch], batches[batch], width, vectors);
            return;
        }
        foreach (var indices in batches)
        {
            token.ThrowIfCancellationRequested();
            Place(EncodeBatch(encoder, sequences, indices, options, device), indices, width, vectors);
        }
    }

    private static float[] EncodeBatch(TransformerEncoder encoder, IReadOnlyList<TokenSequence> sequences, int[] indices, SequenceVectorsOptions options, Device device)
    {
        using var off = NoGrad.Begin();
        using var autocast = PrecisionChoice.Begin(options.Precision, device.Kind);
        using var scope = TensorScope.Begin();
        var batch = TokenBatch.Pad([.. indices.Select(index => sequences[index])], encoder.Config.PadTokenId, device);
        return PoolingLayer.Forward(encoder, options.Pooling == Pooling.Mean ? encoder.Forward(batch) : encoder.ForwardFirst(batch), batch.Mask, options.Pooling, options.Normalise).ToArray<float>();
    }

    private static void Place(float[] rows, int[] indices, int width, Span<float> vectors)
    {
        for (var row = 0; row < indices.Length; row++) rows.AsSpan(row * width, width).CopyTo(vectors[(indices[row] * width)..]);
    }
}
