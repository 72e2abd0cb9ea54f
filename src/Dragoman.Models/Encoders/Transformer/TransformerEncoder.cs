using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// BERT or XLM-RoBERTa: token ids to a vector per token. Keys are Hugging Face's with the family's prefix (<c>bert.encoder.layer.0…</c>). Use on several threads at
/// once is safe while nothing trains it.
/// </summary>
public sealed class TransformerEncoder : Module
{
    private const double MaskedScore = -10_000;

    private readonly EmbeddingLayer _embeddings;
    private readonly TransformerLayer[] _layers;
    private readonly DenseLayer? _pooler;

    /// <summary>Makes an encoder whose matrices are zero; <see cref="EncoderInitialiser"/> draws them, <see cref="EncoderFolder"/> loads them.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="withPooler">Whether there is the pooler, a dense layer with tanh over the first token.</param>
    public TransformerEncoder(EncoderConfig config, bool withPooler)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Require("EncoderConfig");
        var prefix = config.KeyPrefix;
        _embeddings = Register(new EmbeddingLayer(prefix, config));
        _layers = [.. Enumerable.Range(0, config.Layers).Select(index => Register(new TransformerLayer(prefix, index, config)))];
        if (withPooler) _pooler = Register(new DenseLayer($"{prefix}pooler.dense", config.HiddenSize, config.HiddenSize));
    }

    /// <summary>The sizes.</summary>
    public EncoderConfig Config { get; }

    /// <summary>Whether <see cref="Pool"/> can be called.</summary>
    public bool HasPooler => _pooler is not null;

    /// <summary>Runs all layers.</summary>
    /// <param name="batch">B sequences of T tokens.</param>
    /// <param name="embedded">What the layers get in the place of <see cref="Embed"/>'s output, shape [B, T, H]: that output with something added to it, say. Null for that output.</param>
    /// <returns>A vector per token, shape [B, T, H]; those of padding mean nothing. The caller owns it.</returns>
    /// <exception cref="ShapeException">The parts of the batch or <paramref name="embedded"/> differ in shape, or T is more than the model has positions for.</exception>
    public Tensor Forward(TokenBatch batch, Tensor? embedded = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = TensorScope.Begin();
        return scope.Keep(Layers(batch, Embedded(batch, embedded))[^1]);                                                 // [B, T, H]
    }

    /// <summary>Runs all layers and gives what the first token became, which costs less than <see cref="Forward"/>: the last layer is computed for that token alone.</summary>
    /// <param name="batch">B sequences of T tokens.</param>
    /// <param name="embedded">As for <see cref="Forward"/>.</param>
    /// <returns>Shape [B, H]; the caller owns it.</returns>
    /// <exception cref="ShapeException">The parts of the batch or <paramref name="embedded"/> differ in shape, or T is more than the model has positions for.</exception>
    public Tensor ForwardFirst(TokenBatch batch, Tensor? embedded = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = TensorScope.Begin();
        var hidden = Embedded(batch, embedded);
        if (Packed(batch, hidden) is not { } packed) return scope.Keep(Layers(batch, hidden)[^1].Select(1, 0));
        var x = packed.Pack(hidden);                                                                                     // [N, H]
        for (var number = 0; number < _layers.Length; number++) x = Next(number, x, packed, firstOnly: number == _layers.Length - 1);
        return scope.Keep(x);                                                                                            // [B, H]
    }

    /// <summary>What the first layer gets: sums of word, position and type vectors, normalised, with dropout in training.</summary>
    /// <param name="batch">B sequences of T tokens.</param>
    /// <returns>Shape [B, T, H]; the caller owns it.</returns>
    /// <exception cref="ShapeException">The parts of the batch differ in shape, or T is more than the model has positions for.</exception>
    public Tensor Embed(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Require(batch);
        return _embeddings.Forward(batch.Ids, batch.TypeIds);
    }

    /// <summary>Runs all layers and gives what each one made, for rankers that look at every layer.</summary>
    /// <param name="batch">B sequences of T tokens.</param>
    /// <returns>L + 1 tensors of shape [B, T, H], the embeddings first. The caller owns them.</returns>
    /// <exception cref="ShapeException">The parts of the batch differ in shape, or T is more than the model has positions for.</exception>
    public IReadOnlyList<Tensor> ForwardAll(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = TensorScope.Begin();
        return scope.Keep(Layers(batch, Embed(batch), keepAll: true));
    }

    /// <summary>The pooler: tanh of a dense layer over the first token.</summary>
    /// <param name="hidden">Vectors, shape [B, T, H], or those of the first tokens alone, shape [B, H].</param>
    /// <returns>Shape [B, H], within (-1, 1).</returns>
    /// <exception cref="InvalidOperationException">The model has no pooler.</exception>
    public Tensor Pool(Tensor hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        if (_pooler is null) throw new InvalidOperationException("The encoder has no pooler.");
        using var scope = TensorScope.Begin();
        return scope.Keep(_pooler.Forward(hidden.Dimensions == 3 ? hidden.Select(1, 0) : hidden).Tanh());
    }

    /// <summary>What the layers make of the embeddings: all of it with the embeddings first, or only the last. On the CPU and in float32 over real tokens alone, elsewhere over the padded batch.</summary>
    private List<Tensor> Layers(TokenBatch batch, Tensor hidden, bool keepAll = false)
    {
        var all = new List<Tensor> { hidden };
        if (Packed(batch, hidden) is { } packed)
        {
            var x = packed.Pack(hidden);                                                                                 // [N, H]
            for (var number = 0; number < _layers.Length; number++)
            {
                x = Next(number, x, packed, firstOnly: false);
                if (keepAll || number == _layers.Length - 1) all.Add(packed.Unpack(x));
            }
            return all;
        }
        var (b, t) = batch.Ids.Shape2("B T");
        var bias = ((1.0 - batch.Mask) * MaskedScore).View(b, 1, 1, t);                                                  // [B, 1, 1, T]
        for (var number = 0; number < _layers.Length; number++)
        {
            all.Add(_layers[number].Forward(all[^1], bias));
            ForwardProbe.Look("layer", all[^1], number);
        }
        return all;
    }

    /// <summary>One layer; its input is freed at once, because a scope's end comes after all layers.</summary>
    private Tensor Next(int number, Tensor x, PackedTokens packed, bool firstOnly)
    {
        using (x)
        {
            var next = _layers[number].ForwardPacked(x, packed.Offsets, firstOnly);
            ForwardProbe.Look("layer", next, number);
            return next;
        }
    }

    private static PackedTokens? Packed(TokenBatch batch, Tensor hidden) =>
        hidden.Type == DType.Float32 && hidden.Device.Kind == DeviceKind.Cpu ? PackedTokens.From(batch.Mask) : null;

    private Tensor Embedded(TokenBatch batch, Tensor? embedded)
    {
        Require(batch);
        var hidden = embedded?.RequireShape("embedded", batch.Ids.Size(0), batch.Ids.Size(1), Config.HiddenSize) ?? _embeddings.Forward(batch.Ids, batch.TypeIds);
        ForwardProbe.Look("embeddings", hidden);
        return hidden;
    }

    private void Require(TokenBatch batch)
    {
        var (b, t) = batch.Ids.Shape2("B T");
        batch.TypeIds.RequireShape("TypeIds", b, t);
        batch.Mask.RequireShape("Mask", b, t);
        if (t > Config.MaxTokens) throw new ShapeException("The batch", $"B, T up to {Config.MaxTokens}", batch.Ids.Shape);
    }
}
