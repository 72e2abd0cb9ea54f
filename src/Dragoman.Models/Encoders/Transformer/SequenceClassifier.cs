using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// An encoder with Hugging Face's one-label sequence-classification head. BERT: pooler, dropout, linear (<c>classifier</c>). XLM-R: first token, dropout, dense, tanh,
/// dropout, linear (<c>classifier.dense</c>, <c>classifier.out_proj</c>).
/// </summary>
public sealed class SequenceClassifier : Module
{
    private readonly DenseLayer? _dense;
    private readonly DenseLayer _output;

    /// <summary>Makes a classifier whose matrices are zero; <see cref="EncoderInitialiser"/> draws them, <see cref="EncoderFolder"/> loads them.</summary>
    /// <param name="config">The encoder's sizes.</param>
    public SequenceClassifier(EncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var bert = config.Family == EncoderFamily.Bert;
        Encoder = Register(new TransformerEncoder(config, withPooler: bert));
        if (!bert) _dense = Register(new DenseLayer("classifier.dense", config.HiddenSize, config.HiddenSize));
        _output = Register(new DenseLayer(bert ? "classifier" : "classifier.out_proj", config.HiddenSize, 1));
    }

    /// <summary>The encoder.</summary>
    public TransformerEncoder Encoder { get; }

    /// <summary>Scores sequences.</summary>
    /// <param name="batch">B sequences of T tokens.</param>
    /// <param name="embedded">What the encoder's layers get in the place of its embeddings' output; see <see cref="TransformerEncoder.Forward"/>.</param>
    /// <returns>Logits, shape [B], unbounded; the caller owns them.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The batch does not fit the model.</exception>
    public Tensor Forward(TokenBatch batch, Tensor? embedded = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = TensorScope.Begin();
        var dropout = Encoder.Config.HiddenDropout;
        var first = Encoder.ForwardFirst(batch, embedded);                                                               // [B, H]
        var pooled = _dense is null ? Encoder.Pool(first) : _dense.Forward(first.Dropout(dropout, IsTraining)).Tanh();   // [B, H]
        var logits = _output.Forward(pooled.Dropout(dropout, IsTraining)).Squeeze(-1);                                   // [B]
        ForwardProbe.Look("head", logits);
        return scope.Keep(logits.Type == DType.Float64 ? logits : logits.To(DType.Float32));
    }
}
