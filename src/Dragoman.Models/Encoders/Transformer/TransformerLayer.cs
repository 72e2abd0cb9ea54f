using Dragoman.Tensors;
using Dragoman.Tensors.Layers;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Multi-head self-attention and a feed-forward layer, each added to its input and normalised (Vaswani et al., NIPS 2017, section 3).</summary>
internal sealed class TransformerLayer : Module
{
    private readonly EncoderConfig _config;
    private readonly DenseLayer _query, _key, _value, _attentionOutput, _intermediate, _output;
    private readonly NormLayer _attentionNorm, _outputNorm;
    private readonly Lock _gate = new();
    private FusedTransformerLayer? _fused;
    private Tensor? _fusedFor;

    internal TransformerLayer(string prefix, int index, EncoderConfig config)
    {
        _config = config;
        var (name, h) = ($"{prefix}encoder.layer.{index}", config.HiddenSize);
        _query = Register(new DenseLayer($"{name}.attention.self.query", h, h));
        _key = Register(new DenseLayer($"{name}.attention.self.key", h, h));
        _value = Register(new DenseLayer($"{name}.attention.self.value", h, h));
        _attentionOutput = Register(new DenseLayer($"{name}.attention.output.dense", h, h));
        _attentionNorm = Register(new NormLayer($"{name}.attention.output.LayerNorm", h, config.LayerNormEpsilon));
        _intermediate = Register(new DenseLayer($"{name}.intermediate.dense", h, config.IntermediateSize));
        _output = Register(new DenseLayer($"{name}.output.dense", config.IntermediateSize, h));
        _outputNorm = Register(new NormLayer($"{name}.output.LayerNorm", h, config.LayerNormEpsilon));
    }

    /// <summary>The layer over padded sequences, by one operator after another: any device and type.</summary>
    /// <param name="x">Vectors, shape [B, T, H].</param>
    /// <param name="bias">Added to attention scores: 0 for tokens, -10,000 for padding, shape [B, 1, 1, T].</param>
    /// <returns>Shape [B, T, H].</returns>
    internal Tensor Forward(Tensor x, Tensor bias)
    {
        using var scope = TensorScope.Begin();
        var attended = _attentionOutput.Forward(Attention(x, bias)).Dropout(_config.HiddenDropout, IsTraining);          // [B, T, H]
        var middle = _attentionNorm.Forward(x + attended);
        var fed = _output.Forward(Activate(_intermediate.Forward(middle))).Dropout(_config.HiddenDropout, IsTraining);
        return scope.Keep(_outputNorm.Forward(middle + fed));                                                            // [B, T, H]
    }

    /// <summary>The layer over sequences laid end to end, as one call: float32 in main memory, and gradients of the first order.</summary>
    /// <param name="x">Vectors, shape [N, H].</param>
    /// <param name="offsets">Where each sequence begins and, last, N; shape [B + 1].</param>
    /// <param name="firstOnly">Give only what the first token of each sequence becomes.</param>
    /// <returns>Shape [N, H], or [B, H].</returns>
    internal Tensor ForwardPacked(Tensor x, Tensor offsets, bool firstOnly) =>
        Fused().Forward(x, offsets, firstOnly, IsTraining ? _config.AttentionDropout : 0, IsTraining ? _config.HiddenDropout : 0);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _fused?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The native layer over the parameters' values; made anew when they were replaced, as by moving between devices.</summary>
    private FusedTransformerLayer Fused()
    {
        lock (_gate)
        {
            var weight = _query.Values.Weight;
            if (_fused is not null && ReferenceEquals(weight, _fusedFor)) return _fused;
            _fused?.Dispose();
            var weights = new FusedLayerWeights(
                _query.Values, _key.Values, _value.Values, _attentionOutput.Values, _attentionNorm.Values, _intermediate.Values, _output.Values, _outputNorm.Values);
            var activation = _config.Activation switch
            {
                EncoderActivation.Gelu => FusedActivation.Gelu,
                EncoderActivation.GeluTanh => FusedActivation.GeluTanh,
                _ => FusedActivation.Relu,
            };
            _fusedFor = weight;
            return _fused = new FusedTransformerLayer(weights, _config.Heads, activation, _config.LayerNormEpsilon);
        }
    }

    private Tensor Attention(Tensor x, Tensor bias)
    {
        var (b, t, h) = x.Shape3("B T H");
        var s = h / _config.Heads;
        Tensor Split(Tensor projected) => projected.View(b, t, _config.Heads, s).Transpose(1, 2);                        // [B, A, T, S]
        var queries = Split(_query.Forward(x) * (1 / Math.Sqrt(s)));
        var scores = queries.MatMul(Split(_key.Forward(x)).Transpose(2, 3));                                             // [B, A, T, T]
        var weights = (scores + bias).Softmax(-1).Dropout(_config.AttentionDropout, IsTraining);
        return weights.MatMul(Split(_value.Forward(x))).Transpose(1, 2).Reshape(b, t, h);                                // [B, T, H]
    }

    private Tensor Activate(Tensor x) => _config.Activation switch
    {
        EncoderActivation.Gelu => x.Gelu(),
        EncoderActivation.GeluTanh => x.GeluTanh(),
        _ => x.Relu(),
    };
}
