using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;

namespace Dragoman.Models.CrossEncoders;

/// <summary>How a <see cref="CrossEncoder"/> scores.</summary>
public sealed record CrossEncoderOptions
{
    /// <summary>The type of large products.</summary>
    public Precision Precision { get; init; }

    /// <summary>Most tokens of a batch, padding among them.</summary>
    /// <value>4,096 by default: more is no faster and needs more memory.</value>
    public int MaxBatchTokens { get; init; } = 4096;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxBatchTokens <= 0) yield return $"CrossEncoder.MaxBatchTokens is {MaxBatchTokens}; use 1 or more.";
    }
}

/// <summary>
/// Scores a query and a passage read together: the encoder's first token goes through the classification head to one number. Scoring is thread-safe while
/// nothing trains the model.
/// </summary>
/// <remarks>The text pair reads [CLS] query [SEP] passage [SEP] for BERT and its counterpart for XLM-R; making the ids is the tokenizer's work.</remarks>
public sealed class CrossEncoder : IDisposable
{
    private readonly CrossEncoderOptions _options;

    /// <summary>Wraps a classifier, which the cross-encoder then owns.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    public CrossEncoder(SequenceClassifier model, CrossEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _options = options ?? new CrossEncoderOptions();
        NewKeys = [];
    }

    /// <summary>The encoder and its head, to be trained.</summary>
    public SequenceClassifier Model { get; }

    /// <summary>Keys of parameters that the folder lacked and that were drawn at random; empty for a trained model.</summary>
    public IReadOnlyList<string> NewKeys { get; private init; }

    /// <summary>The longest pair in tokens, special tokens included.</summary>
    public int MaxTokens => Model.Encoder.Config.MaxTokens;

    /// <summary>Loads a cross-encoder from a Hugging Face model folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <param name="allowNewHead">True to begin training from an encoder alone: its head is drawn at random. False refuses such a folder.</param>
    /// <exception cref="Dragoman.Tensors.Errors.CheckpointException">A tensor is missing, unknown or of another shape.</exception>
    public static CrossEncoder Load(string folder, CrossEncoderOptions? options = null, bool allowNewHead = false) =>
        new(EncoderFolder.LoadClassifier(folder, allowNewHead, out var newKeys), options) { NewKeys = newKeys };

    /// <summary>Scores pairs, recording gradients if they are on: the forward pass of training.</summary>
    /// <param name="batch">B pairs.</param>
    /// <returns>Scores, shape [B], unbounded; the caller owns them.</returns>
    public Tensor Forward(TokenBatch batch) => Model.Forward(batch);

    /// <summary>Scores pairs without gradients, in batches of like length.</summary>
    /// <param name="pairs">N pairs of query and passage.</param>
    /// <param name="token">Stops between batches.</param>
    /// <returns>N scores in the order of <paramref name="pairs"/>, unbounded, higher is better.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">A pair is longer than <see cref="MaxTokens"/>.</exception>
    public float[] Score(IReadOnlyList<TokenSequence> pairs, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var scores = new float[pairs.Count];
        var device = Model.Parameters[0].Value.Device;
        using var off = NoGrad.Begin();
        using var autocast = PrecisionChoice.Begin(_options.Precision, device.Kind);
        foreach (var indices in LengthBatches.Cut(pairs, _options.MaxBatchTokens))
        {
            token.ThrowIfCancellationRequested();
            using var scope = TensorScope.Begin();
            var batch = TokenBatch.Pad([.. indices.Select(index => pairs[index])], Model.Encoder.Config.PadTokenId, device);
            var part = Model.Forward(batch).ToArray<float>();
            for (var i = 0; i < indices.Length; i++) scores[indices[i]] = part[i];
        }
        return scores;
    }

    /// <summary>Writes the model as a Hugging Face folder. Tokenizer files are the caller's.</summary>
    /// <param name="folder">The folder, made if need be.</param>
    public void Save(string folder) => EncoderFolder.Save(Model, folder);

    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
