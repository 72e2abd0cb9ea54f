using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>x·Wᵀ + b under the keys <c>NAME.weight</c> and <c>NAME.bias</c>. First values are zero until they are drawn or loaded.</summary>
internal sealed class DenseLayer : Module
{
    private readonly Parameter _weight, _bias;

    internal DenseLayer(string name, long inputs, long outputs)
    {
        _weight = Register($"{name}.weight", Tensor.Zeros([outputs, inputs]));
        _bias = Register($"{name}.bias", Tensor.Zeros([outputs]));
    }

    internal Tensor Forward(Tensor x) => x.Linear(_weight, _bias);
}

/// <summary>LayerNorm under the keys <c>NAME.weight</c> and <c>NAME.bias</c>.</summary>
internal sealed class NormLayer : Module
{
    private readonly Parameter _weight, _bias;
    private readonly double _epsilon;

    internal NormLayer(string name, long width, double epsilon)
    {
        _epsilon = epsilon;
        _weight = Register($"{name}.weight", Tensor.Ones([width]));
        _bias = Register($"{name}.bias", Tensor.Zeros([width]));
    }

    internal Tensor Forward(Tensor x) => x.LayerNorm(_weight, _bias, _epsilon);
}

/// <summary>Sums of word, position and type vectors, normalised (BERT's figure 2).</summary>
internal sealed class EmbeddingLayer : Module
{
    private readonly EncoderConfig _config;
    private readonly Parameter _words, _positions, _types;
    private readonly NormLayer _norm;

    internal EmbeddingLayer(string prefix, EncoderConfig config)
    {
        _config = config;
        _words = Register($"{prefix}embeddings.word_embeddings.weight", Tensor.Zeros([config.VocabularySize, config.HiddenSize]));
        _positions = Register($"{prefix}embeddings.position_embeddings.weight", Tensor.Zeros([config.MaxPositions, config.HiddenSize]));
        _types = Register($"{prefix}embeddings.token_type_embeddings.weight", Tensor.Zeros([config.TypeVocabularySize, config.HiddenSize]));
        _norm = Register(new NormLayer($"{prefix}embeddings.LayerNorm", config.HiddenSize, config.LayerNormEpsilon));
    }

    /// <param name="ids">Token ids, shape [B, T].</param>
    /// <param name="typeIds">Text types, shape [B, T].</param>
    /// <returns>Shape [B, T, H].</returns>
    internal Tensor Forward(Tensor ids, Tensor typeIds)
    {
        using var scope = TensorScope.Begin();
        var (_, t) = ids.Shape2("B T");
        var roberta = _config.Family == EncoderFamily.XlmRoberta;
        var words = _words.Value.Embedding(ids, _config.PadTokenId);                                                     // [B, T, H]
        var positions = roberta ? _positions.Value.Embedding(PositionsAfterPadding(ids), _config.PadTokenId) : _positions.Value.Narrow(0, 0, t);
        var types = _config.TypeVocabularySize == 1 ? _types.Value.Select(0, 0) : _types.Value.Embedding(typeIds);
        return scope.Keep(_norm.Forward(words + positions + types).Dropout(_config.HiddenDropout, IsTraining));          // [B, T, H]
    }

    /// <summary>RoBERTa counts real tokens from the padding id plus one; padding keeps the padding id.</summary>
    private Tensor PositionsAfterPadding(Tensor ids)
    {
        var real = ids.Ne(_config.PadTokenId).To(DType.Int64);
        return real.CumulativeSum(1) * real + (long)_config.PadTokenId;                                                  // [B, T]
    }
}

/// <summary>Multi-head self-attention and a feed-forward layer, each added to its input and normalised (Vaswani et al., NIPS 2017, section 3).</summary>
internal sealed class TransformerLayer : Module
{
    private readonly EncoderConfig _config;
    private readonly DenseLayer _query, _key, _value, _attentionOutput, _intermediate, _output;
    private readonly NormLayer _attentionNorm, _outputNorm;

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
