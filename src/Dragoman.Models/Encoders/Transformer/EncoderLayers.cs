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

    internal (Tensor Weight, Tensor Bias) Values => (_weight, _bias);

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

    internal (Tensor Scale, Tensor Shift) Values => (_weight, _bias);

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
