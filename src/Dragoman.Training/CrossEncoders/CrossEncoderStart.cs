using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Makes the model and the tokenizer that training starts with, and the tokenizer's files in the output folder.</summary>
internal static class CrossEncoderStart
{
    private static readonly string[] TokenizerFiles =
        ["vocab.txt", "sentencepiece.bpe.model", "spiece.model", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.json"];

    /// <summary>Copies the tokenizer into a folder and loads it from there.</summary>
    /// <param name="start">What to start from.</param>
    /// <param name="folder">The output folder, which holds no config.json yet.</param>
    internal static ITokenizer Tokenizer(EncoderStart start, string folder)
    {
        var source = start.From ?? start.Vocabulary!;
        foreach (var name in TokenizerFiles.Where(name => File.Exists(Path.Combine(source, name)))) File.Copy(Path.Combine(source, name), Path.Combine(folder, name));
        if (start.From is not null)
        {
            File.Copy(Path.Combine(source, "config.json"), Path.Combine(folder, "config.json"));
            return TokenizerLoader.FromFolder(folder);
        }
        if (!File.Exists(Path.Combine(folder, "vocab.txt"))) UseXlmRobertaIds(source, folder);
        return TokenizerLoader.FromFolder(folder);
    }

    /// <summary>Loads the model, or draws one.</summary>
    /// <param name="start">What to start from.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="folder">The output folder with the tokenizer.</param>
    /// <param name="drawn">Keys of parameters drawn at random.</param>
    /// <exception cref="ConfigurationException">The encoder cannot read pairs of the wanted length, or its vocabulary is smaller than the tokenizer's.</exception>
    internal static SequenceClassifier Model(EncoderStart start, ITokenizer tokenizer, string folder, out IReadOnlyList<string> drawn)
    {
        var model = start.From is { } from ? EncoderFolder.LoadClassifier(from, allowNewHead: true, out drawn) : Draw(start, tokenizer, folder, out drawn);
        var config = model.Encoder.Config;
        var problems = new List<string>();
        if (start.MaxLength > config.MaxTokens) problems.Add($"encoder.max_length is {start.MaxLength}, but the encoder reads up to {config.MaxTokens} tokens.");
        if (tokenizer.VocabularySize > config.VocabularySize) problems.Add($"the tokenizer has {tokenizer.VocabularySize} ids, but the encoder's table {config.VocabularySize} rows; do they belong together?");
        if (problems.Count == 0) return model;
        model.Dispose();
        throw new ConfigurationException(start.From ?? start.Vocabulary!, problems);
    }

    private static SequenceClassifier Draw(EncoderStart start, ITokenizer tokenizer, string folder, out IReadOnlyList<string> drawn)
    {
        var bert = File.Exists(Path.Combine(folder, "vocab.txt"));
        var model = new SequenceClassifier(new EncoderConfig
        {
            Family = bert ? EncoderFamily.Bert : EncoderFamily.XlmRoberta,
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = start.Hidden,
            Layers = start.Layers,
            Heads = start.Heads,
            IntermediateSize = start.Intermediate,
            MaxPositions = start.MaxLength + (bert ? 0 : tokenizer.PadId + 1),
            TypeVocabularySize = bert ? 2 : 1,
            PadTokenId = tokenizer.PadId,
            HiddenDropout = start.Dropout,
            AttentionDropout = start.Dropout,
        });
        EncoderInitialiser.Initialise(model, model.Encoder.Config);
        drawn = [.. model.Parameters.Select(parameter => parameter.Name)];
        return model;
    }

    /// <summary>A SentencePiece vocabulary by itself gets XLM-R's special tokens and file names, which say so in tokenizer_config.json.</summary>
    private static void UseXlmRobertaIds(string source, string folder)
    {
        var known = TokenizerFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(path => path.EndsWith(".model", StringComparison.Ordinal) && File.Exists(path));
        var models = Directory.GetFiles(source, "*.model");
        if (known is null && models.Length == 1) File.Copy(models[0], Path.Combine(folder, "sentencepiece.bpe.model"));
        var settings = Path.Combine(folder, "tokenizer_config.json");
        if (!File.Exists(settings)) File.WriteAllText(settings, """{"tokenizer_class": "XLMRobertaTokenizer"}""" + "\n");
    }
}
