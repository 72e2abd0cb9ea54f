using Dragoman.Collections.Storage;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// A bi-encoder: BERT or XLM-R, one vector of length 1 per text. Folders are Hugging Face's, with the files of sentence-transformers where they are there. Needs libtorch. Thread-safe while
/// nothing trains it.
/// </summary>
public sealed class TransformerTextEncoder : ITextEncoder
{
    private const int TextsForBatchThreads = 256;
    private readonly ITokenizer _tokenizer;
    private readonly SentenceModel _model;
    private readonly SequenceVectorsOptions _options;
    private readonly int _maxLength, _queryLength;

    /// <summary>Joins an encoder, which is then owned, and its tokenizer.</summary>
    /// <param name="encoder">The encoder, not in training.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="model">How a text becomes one vector.</param>
    /// <param name="identity">Name and fingerprint.</param>
    /// <param name="precision">The type of large products.</param>
    public TransformerTextEncoder(TransformerEncoder encoder, ITokenizer tokenizer, SentenceModel model, string identity, Precision precision = Precision.Auto)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(model);
        (Encoder, _tokenizer, _model, Identity) = (encoder, tokenizer, model, identity);
        _options = new SequenceVectorsOptions { Pooling = model.Pooling, Normalise = true, Precision = precision };
        _maxLength = Math.Min(model.MaxLength ?? int.MaxValue, encoder.Config.MaxTokens);
        _queryLength = Math.Min(model.QueryMaxLength ?? int.MaxValue, _maxLength);
    }

    /// <summary>The encoder, to be trained.</summary>
    public TransformerEncoder Encoder { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Dimension => Encoder.Config.HiddenSize;

    /// <summary>Loads a model folder.</summary>
    /// <param name="folder">Hugging Face layout; files of sentence-transformers say how a text becomes one vector, else it is the mean over tokens.</param>
    /// <param name="precision">The type of large products.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">A file is missing or malformed, or the parts do not fit together.</exception>
    public static TransformerTextEncoder Load(string folder, Precision precision = Precision.Auto)
    {
        var model = SentenceModelFiles.Read(folder);
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var encoder = EncoderFolder.LoadEncoder(folder);
        try
        {
            VocabularyFit.Require(folder, tokenizer, encoder.Config);
            return new TransformerTextEncoder(encoder, tokenizer, model, IdentityOf(folder), precision);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>The identity of the encoder of a folder: the folder's name and a fingerprint of its files.</summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">There is no such folder.</exception>
    public static string IdentityOf(string folder) => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}-{Fingerprint.OfFolder(folder)}";

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<string> texts, Span<float> vectors) => Encode(texts, _model.PassagePrompt, _maxLength, vectors);

    /// <inheritdoc/>
    public void EncodeQueries(IReadOnlyList<string> texts, Span<float> vectors) => Encode(texts, _model.QueryPrompt, _queryLength, vectors);

    /// <inheritdoc/>
    public void Dispose() => Encoder.Dispose();

    private void Encode(IReadOnlyList<string> texts, string prompt, int maxLength, Span<float> vectors)
    {
        var sequences = texts.AsParallel().AsOrdered().Select(text => _tokenizer.Encode(prompt + text, maxLength)).Select(text => new TokenSequence(text.Ids, text.TypeIds)).ToList();
        // Few texts are sooner done by all threads together, many by a thread for each batch.
        SequenceVectors.Encode(Encoder, sequences, vectors, _options with { BatchThreads = texts.Count < TextsForBatchThreads ? null : Torch.Threads });
    }
}
