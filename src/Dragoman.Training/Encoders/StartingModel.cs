using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Static;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Training.Encoders;

/// <summary>Makes the model and the tokenizer that training starts with, and the tokenizer's files in the output folder.</summary>
internal static class StartingModel
{
    private static readonly string[] TokenizerFiles =
        ["vocab.txt", "sentencepiece.bpe.model", "spiece.model", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.json"];

    /// <summary>The folder that the tokenizer comes from.</summary>
    internal static string Source(EncoderStart start) => start.From ?? start.Embeddings ?? start.Vocabulary!;

    /// <summary>Copies the tokenizer into a folder and loads it from there.</summary>
    /// <param name="start">What to start from.</param>
    /// <param name="folder">The output folder, which holds no config.json yet.</param>
    internal static ITokenizer Tokenizer(EncoderStart start, string folder)
    {
        var source = Source(start);
        foreach (var name in TokenizerFiles.Where(name => File.Exists(Path.Combine(source, name)))) File.Copy(Path.Combine(source, name), Path.Combine(folder, name));
        if (start.From is not null)
        {
            File.Copy(Path.Combine(source, "config.json"), Path.Combine(folder, "config.json"));
            return TokenizerLoader.FromFolder(folder);
        }
        if (!File.Exists(Path.Combine(folder, "vocab.txt"))) UseXlmRobertaIds(source, folder, withTextTypes: start.FirstLayers != FirstLayers.Random);
        return TokenizerLoader.FromFolder(folder);
    }

    /// <summary>Loads a classifier, or draws one.</summary>
    /// <param name="start">What to start from.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="folder">The output folder with the tokenizer.</param>
    /// <param name="drawn">Keys of parameters drawn at random.</param>
    /// <exception cref="ConfigurationException">The encoder cannot read inputs of the wanted length, or its vocabulary is smaller than the tokenizer's.</exception>
    internal static SequenceClassifier Classifier(EncoderStart start, ITokenizer tokenizer, string folder, out IReadOnlyList<string> drawn)
    {
        var model = start.From is { } from
            ? EncoderFolder.LoadClassifier(from, allowNewHead: true, out drawn)
            : Draw(start, tokenizer, folder, config => new SequenceClassifier(config), out drawn);
        Require(start, tokenizer, model, model.Encoder.Config);
        return model;
    }

    /// <summary>Loads an encoder without a head, or draws one.</summary>
    /// <inheritdoc cref="Classifier"/>
    internal static TransformerEncoder Encoder(EncoderStart start, ITokenizer tokenizer, string folder, out IReadOnlyList<string> drawn)
    {
        drawn = [];
        var model = start.From is { } from
            ? EncoderFolder.LoadEncoder(from)
            : Draw(start, tokenizer, folder, config => new TransformerEncoder(config, withPooler: false), out drawn);
        Require(start, tokenizer, model, model.Config);
        return model;
    }

    private static void Require(EncoderStart start, ITokenizer tokenizer, Module model, EncoderConfig config)
    {
        var problems = new List<string>();
        if (start.MaxLength > config.MaxTokens) problems.Add($"encoder.max_length is {start.MaxLength}, but the encoder reads up to {config.MaxTokens} tokens.");
        if (tokenizer.VocabularySize > config.VocabularySize) problems.Add($"the tokenizer has {tokenizer.VocabularySize} ids, but the encoder's table {config.VocabularySize} rows; do they belong together?");
        if (problems.Count == 0)
        {
            if (start.FreezeEmbeddings) WordEmbeddings(model).RequiresGrad = false;
            return;
        }
        model.Dispose();
        throw new ConfigurationException(Source(start), problems);
    }

    private static T Draw<T>(EncoderStart start, ITokenizer tokenizer, string folder, Func<EncoderConfig, T> make, out IReadOnlyList<string> drawn)
        where T : Module
    {
        var bert = File.Exists(Path.Combine(folder, "vocab.txt"));
        using var embeddings = start.Embeddings is { } path ? StaticEncoderFolder.Load(path) : null;
        var hidden = embeddings?.Dimension ?? start.Hidden;
        var config = new EncoderConfig
        {
            Family = bert ? EncoderFamily.Bert : EncoderFamily.XlmRoberta,
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = hidden,
            Layers = start.Layers,
            Heads = start.Heads,
            IntermediateSize = start.Intermediate,
            MaxPositions = start.MaxLength + (bert ? 0 : tokenizer.PadId + 1),
            TypeVocabularySize = bert || start.FirstLayers != FirstLayers.Random ? 2 : 1,
            PadTokenId = tokenizer.PadId,
            HiddenDropout = start.Dropout,
            AttentionDropout = start.Dropout,
        };
        var model = make(config);
        EncoderInitialiser.Initialise(model, config);
        if (embeddings is not null) Copy(embeddings.Embeddings, WordEmbeddings(model), othersToZero: start.FirstLayers == FirstLayers.Mean);
        if (start.FirstLayers == FirstLayers.Mean) MeanInitialiser.Initialise(model, config);
        if (model is SequenceClassifier classifier && start.FirstLayers == FirstLayers.Matching) MatchingInitialiser.Initialise(classifier);
        drawn = [.. model.Parameters.Where(parameter => embeddings is null || !IsWordEmbeddings(parameter)).Select(parameter => parameter.Name)];
        return model;
    }

    /// <summary>
    /// Copies the vectors of SentencePiece's pieces to XLM-R's ids: every piece from the third on moves up by one. All are scaled by one factor, so that they have the length that
    /// vectors drawn at random have on average; the special tokens' stay drawn, or become 0.
    /// </summary>
    private static void Copy(StaticEmbeddings source, Tensor target, bool othersToZero)
    {
        const int control = 3;
        var (dimension, pieces) = (source.Dimension, source.VocabularySize);
        var table = source.Table.Span;
        var scales = source.Scales.Span;
        var rows = new float[(pieces - control) * dimension];
        for (var at = 0; at < rows.Length; at++) rows[at] = table[control * dimension + at] * scales[control + at / dimension];
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var moved = target.Narrow(0, control + 1, pieces - control);
        var vectors = Tensor.From(rows, pieces - control, dimension);
        var factor = moved.Norm().Item() / vectors.Norm().Item();
        if (othersToZero) target.ZeroInPlace();
        moved.CopyInPlace(vectors * factor);
    }

    private static Tensor WordEmbeddings(Module model) => model.Parameters.Single(IsWordEmbeddings).Value;

    private static bool IsWordEmbeddings(Parameter parameter) => parameter.Name.EndsWith("word_embeddings.weight", StringComparison.Ordinal);

    /// <summary>A SentencePiece vocabulary by itself gets XLM-R's special tokens and file names, which say so in tokenizer_config.json.</summary>
    private static void UseXlmRobertaIds(string source, string folder, bool withTextTypes)
    {
        var known = TokenizerFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(path => path.EndsWith(".model", StringComparison.Ordinal) && File.Exists(path));
        var models = Directory.GetFiles(source, "*.model");
        if (known is null && models.Length == 1) File.Copy(models[0], Path.Combine(folder, "sentencepiece.bpe.model"));
        var settings = Path.Combine(folder, "tokenizer_config.json");
        if (File.Exists(settings)) return;
        File.WriteAllText(settings, (withTextTypes ? """{"tokenizer_class": "XLMRobertaTokenizer", "dragoman_text_types": true}""" : """{"tokenizer_class": "XLMRobertaTokenizer"}""") + "\n");
    }
}
