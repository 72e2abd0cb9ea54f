using Dragoman.Collections.Errors;
using Dragoman.Text.Tokenizers.SentencePiece;
using Dragoman.Text.Tokenizers.WordPiece;

namespace Dragoman.Text.Tokenizers;

/// <summary>Loads the tokenizer of a model folder in Hugging Face's layout; needs no weights.</summary>
/// <remarks>
/// <c>vocab.txt</c> means WordPiece; <c>sentencepiece.bpe.model</c>, <c>spiece.model</c> or a single other <c>*.model</c> means SentencePiece unigram. <c>tokenizer_config.json</c>,
/// <c>special_tokens_map.json</c>, <c>added_tokens.json</c> and <c>config.json</c> are honoured when they are there.
/// </remarks>
public static class TokenizerLoader
{
    private static readonly string[] XlmRobertaTypes = ["xlm-roberta", "xlm-roberta-xl"], SentencePieceNames = ["sentencepiece.bpe.model", "spiece.model"];

    /// <summary>Loads a folder's tokenizer.</summary>
    /// <param name="folder">The model folder.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="DataFormatException">The folder or a file in it is missing, truncated or malformed, or of a kind that is not supported; the message names it.</exception>
    public static ITokenizer FromFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new DataFormatException(folder, 0, "the folder does not exist; expected a model folder with vocab.txt or a SentencePiece .model file.");
        var settings = new TokenizerSettings(folder);
        if (SentencePieceNames.Select(settings.PathOf).FirstOrDefault(File.Exists) is { } named) return FromSentencePiece(named, settings);
        if (File.Exists(settings.PathOf("vocab.txt"))) return FromWordPiece(settings);
        if (OnlyModelFile(folder) is { } model) return FromSentencePiece(model, settings);
        throw new DataFormatException(folder, 0, "found no tokenizer; expected vocab.txt (WordPiece), sentencepiece.bpe.model, spiece.model or one other .model file (SentencePiece). A tokenizer.json alone is not supported.");
    }

    private static string? OnlyModelFile(string folder)
    {
        var models = Directory.GetFiles(folder, "*.model");
        return models.Length <= 1
            ? models.FirstOrDefault()
            : throw new DataFormatException(folder, 0, $"found {models.Length} .model files ({string.Join(", ", models.Select(Path.GetFileName).Order(StringComparer.Ordinal))}); expected one, or one named sentencepiece.bpe.model.");
    }

    private static SentencePieceTokenizer FromSentencePiece(string path, TokenizerSettings settings)
    {
        var model = SentencePieceModel.Read(path);
        var vocabulary = UsesXlmRobertaIds(path, settings) ? SentencePieceVocabulary.XlmRoberta(model, settings.AddedTokens, settings.Flag("dragoman_text_types") ?? false) : SentencePieceVocabulary.Plain(model, settings.AddedTokens);
        // RoBERTa's positions start behind the pad id; BERT's with the same tokenizer do not.
        var reservedPositions = XlmRobertaTypes.Contains(settings.ModelType) ? 2 : 0;
        return new SentencePieceTokenizer(model, path, vocabulary, settings.MaxLength(reservedPositions));
    }

    /// <summary>The tokenizer's class decides, then the model's type; encoders of another type with XLM-R's file (multilingual MiniLM, E5) use XLM-R's ids too.</summary>
    private static bool UsesXlmRobertaIds(string path, TokenizerSettings settings)
    {
        if (settings.TokenizerClass?.StartsWith("XLMRoberta", StringComparison.Ordinal) == true) return true;
        if (settings.ModelType is not { } type) return false;
        if (XlmRobertaTypes.Contains(type)) return true;
        if (Path.GetFileName(path) != "sentencepiece.bpe.model") return false;
        return type is "bert"
            ? true
            : throw new DataFormatException(settings.PathOf("config.json"), 0, $"model_type is '{type}', whose SentencePiece ids are not known here; expected one of {string.Join(", ", XlmRobertaTypes)}, bert.");
    }

    private static WordPieceTokenizer FromWordPiece(TokenizerSettings settings)
    {
        var path = settings.PathOf("vocab.txt");
        var vocabulary = WordPieceVocabulary.Read(path);
        var special = new Dictionary<string, int>(settings.AddedTokens, StringComparer.Ordinal);
        string Role(string role, string byDefault)
        {
            var name = settings.Special(role) ?? byDefault;
            if (!special.ContainsKey(name))
                special[name] = vocabulary.IdOf(name) ?? throw new DataFormatException(path, 0, $"the vocabulary of {vocabulary.Count} tokens lacks {name}, the {role}. Is the file truncated, or does special_tokens_map.json belong to another model?");
            return name;
        }
        var roles = new SpecialTokenNames(Role("unk_token", "[UNK]"), Role("cls_token", "[CLS]"), Role("sep_token", "[SEP]"), Role("pad_token", "[PAD]"), settings.Special("mask_token") ?? "[MASK]");
        foreach (var token in settings.AdditionalSpecialTokens().Append(roles.Mask))
        {
            if (vocabulary.IdOf(token) is { } id) special.TryAdd(token, id);
        }
        // transformers lower-cases when nothing says otherwise; a vocabulary with capitals would be half lost, so that it says otherwise too.
        var lowerCase = settings.Flag("do_lower_case") ?? !vocabulary.IsCased;
        var options = new WordPieceOptions(lowerCase, settings.Flag("strip_accents") ?? lowerCase, settings.Flag("tokenize_chinese_chars") ?? true);
        return new WordPieceTokenizer(vocabulary, options, special, roles, settings.MaxLength(reservedPositions: 0));
    }
}
