namespace Dragoman.Text.Tokenizers;

/// <summary>
/// Turns text into the ids a model was trained with. Implementations are immutable and thread-safe; the same text always gives the same ids.
/// </summary>
/// <remarks>Load one from a model folder with <see cref="TokenizerLoader.FromFolder"/>.</remarks>
public interface ITokenizer
{
    /// <summary>Number of ids a model needs embeddings for: every id is at least 0 and below this.</summary>
    int VocabularySize { get; }

    /// <summary>The id that fills up shorter texts of a batch.</summary>
    int PadId { get; }

    /// <summary>The id of text the vocabulary does not cover.</summary>
    int UnknownId { get; }

    /// <summary>The longest input of the model in tokens, special tokens included; null when the folder does not say.</summary>
    int? MaxLength { get; }

    /// <summary>Tokens and ids of a text, without special tokens around it. Special tokens spelled out in the text are recognised.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <returns>The tokens, possibly none.</returns>
    Tokenization Tokenize(string text);

    /// <summary>Appends the ids of a text, without special tokens around it: the fastest way to ids.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="ids">Receives the ids; not cleared.</param>
    void AppendIds(string text, List<int> ids);

    /// <summary>The id of a token as the vocabulary spells it, special tokens included; null when the vocabulary lacks it.</summary>
    /// <param name="token">The token, for example <c>##ing</c> or <c>▁and</c>.</param>
    /// <returns>The id, or null.</returns>
    int? IdOf(string token);

    /// <summary>Special tokens that <see cref="Combine"/> adds around one text, or around a pair.</summary>
    /// <param name="pair">True for a pair of texts.</param>
    /// <returns>The number of tokens.</returns>
    int SpecialTokens(bool pair);

    /// <summary>Puts special tokens around texts whose ids are known, after shortening them to fit.</summary>
    /// <param name="first">Ids of the first text, from <see cref="AppendIds"/> or <see cref="Tokenize"/>.</param>
    /// <param name="second">Ids of the second text; null for a single text.</param>
    /// <param name="maxLength">Longest result in tokens, special tokens included; null for no limit.</param>
    /// <param name="truncation">Which text of a pair is shortened; a single text loses its end.</param>
    /// <returns>The sequence a model reads.</returns>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The limit leaves no room: it is below the number of special tokens, or the first text alone fills it under <see cref="Truncation.OnlySecond"/>.</exception>
    EncodedText Combine(IReadOnlyList<int> first, IReadOnlyList<int>? second, int? maxLength = null, Truncation truncation = Truncation.LongestFirst);

    /// <summary>Encodes one text as the model reads it.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="maxLength">Longest result in tokens, special tokens included; null for no limit.</param>
    /// <returns>The sequence with special tokens.</returns>
    EncodedText Encode(string text, int? maxLength = null)
    {
        var ids = new List<int>();
        AppendIds(text, ids);
        return Combine(ids, null, maxLength);
    }

    /// <summary>Encodes two texts as the model reads a pair, for example a query and a passage.</summary>
    /// <param name="first">The first text.</param>
    /// <param name="second">The second text.</param>
    /// <param name="maxLength">Longest result in tokens, special tokens included; null for no limit.</param>
    /// <param name="truncation">Which text is shortened.</param>
    /// <returns>The sequence with special tokens.</returns>
    EncodedText EncodePair(string first, string second, int? maxLength = null, Truncation truncation = Truncation.LongestFirst)
    {
        var (firstIds, secondIds) = (new List<int>(), new List<int>());
        AppendIds(first, firstIds);
        AppendIds(second, secondIds);
        return Combine(firstIds, secondIds, maxLength, truncation);
    }
}
