using Dragoman.Collections.Errors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Whether a folder's tokenizer and weights belong together: what a damaged vocabulary would otherwise change without a word.</summary>
public static class VocabularyFit
{
    /// <summary>A vocabulary smaller than this share of the model's was cut short; padding of a table for speed adds far less.</summary>
    private const double SmallestShare = 0.9;

    /// <summary>Refuses a tokenizer with ids that the model has no vectors for, or with far fewer than it has.</summary>
    /// <param name="folder">The model folder, for the message.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="config">Its configuration.</param>
    /// <exception cref="DragomanException">They do not fit.</exception>
    public static void Require(string folder, ITokenizer tokenizer, EncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(config);
        if (tokenizer.VocabularySize > config.VocabularySize)
            throw new DragomanException($"{folder}: the tokenizer has {tokenizer.VocabularySize} ids, the model vectors for {config.VocabularySize} (vocab_size in config.json); the files belong to different models.");
        if (tokenizer.VocabularySize < config.VocabularySize * SmallestShare)
            throw new DragomanException($"{folder}: the tokenizer has only {tokenizer.VocabularySize} of the model's {config.VocabularySize} ids (vocab_size in config.json); is its vocabulary file truncated?");
    }
}
