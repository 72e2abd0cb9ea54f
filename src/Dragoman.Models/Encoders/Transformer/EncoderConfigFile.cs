using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Reads and writes an encoder's <c>config.json</c> in Hugging Face's spelling.</summary>
public static class EncoderConfigFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads <c>config.json</c> of a model folder; keys that do not concern an encoder are passed over.</summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="ConfigurationException">Sizes are missing or impossible, or the architecture is another; lists every problem.</exception>
    /// <exception cref="DragomanException">The file is missing or no JSON object.</exception>
    public static EncoderConfig Load(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path)) throw new DragomanException($"{path} does not exist; a model folder needs config.json, tokenizer files and weights.");
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            root = document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(path, (failure.LineNumber ?? -1) + 1, "this is not JSON; is the file damaged?", failure);
        }
        if (root.ValueKind != JsonValueKind.Object) throw new DataFormatException(path, 0, "a JSON object is expected.");
        return Read(root, path);
    }

    /// <summary>The text of a <c>config.json</c> that Hugging Face's classes and <see cref="Load"/> read.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="architecture">The class to name: <c>BertModel</c>, <c>XLMRobertaForSequenceClassification</c>, …</param>
    public static string Write(EncoderConfig config, string architecture)
    {
        ArgumentNullException.ThrowIfNull(config);
        var root = new JsonObject
        {
            ["architectures"] = new JsonArray(architecture),
            ["model_type"] = config.Family == EncoderFamily.Bert ? "bert" : "xlm-roberta",
            ["vocab_size"] = config.VocabularySize,
            ["hidden_size"] = config.HiddenSize,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.Heads,
            ["intermediate_size"] = config.IntermediateSize,
            ["hidden_act"] = config.Activation switch { EncoderActivation.Gelu => "gelu", EncoderActivation.GeluTanh => "gelu_new", _ => "relu" },
            ["hidden_dropout_prob"] = config.HiddenDropout,
            ["attention_probs_dropout_prob"] = config.AttentionDropout,
            ["max_position_embeddings"] = config.MaxPositions,
            ["type_vocab_size"] = config.TypeVocabularySize,
            ["initializer_range"] = config.InitializerRange,
            ["layer_norm_eps"] = config.LayerNormEpsilon,
            ["pad_token_id"] = config.PadTokenId,
        };
        if (architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal))
        {
            root["id2label"] = new JsonObject { ["0"] = "LABEL_0" };
            root["label2id"] = new JsonObject { ["LABEL_0"] = 0 };
        }
        return root.ToJsonString(Indented) + "\n";
    }

    private static EncoderConfig Read(JsonElement root, string path)
    {
        var problems = new List<string>();
        int Whole(string key, int? fallback)
        {
            if (!root.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (fallback is null) problems.Add($"{key} is missing.");
                return fallback ?? 1;
            }
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
            problems.Add($"{key} is {value.GetRawText()}; a whole number is expected.");
            return 1;
        }
        double Real(string key, double fallback)
        {
            if (!root.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return fallback;
            if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
            problems.Add($"{key} is {value.GetRawText()}; a number is expected.");
            return fallback;
        }
        string? Text(string key) => root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        var family = Family(Text("model_type"), problems);
        var config = new EncoderConfig
        {
            Family = family,
            VocabularySize = Whole("vocab_size", null),
            HiddenSize = Whole("hidden_size", null),
            Layers = Whole("num_hidden_layers", null),
            Heads = Whole("num_attention_heads", null),
            IntermediateSize = Whole("intermediate_size", null),
            MaxPositions = Whole("max_position_embeddings", null),
            TypeVocabularySize = Whole("type_vocab_size", family == EncoderFamily.Bert ? 2 : 1),
            PadTokenId = Whole("pad_token_id", family == EncoderFamily.Bert ? 0 : 1),
            LayerNormEpsilon = Real("layer_norm_eps", 1e-12),
            HiddenDropout = Real("hidden_dropout_prob", 0.1),
            AttentionDropout = Real("attention_probs_dropout_prob", 0.1),
            InitializerRange = Real("initializer_range", 0.02),
            Activation = Activation(Text("hidden_act"), problems),
        };
        if (Text("position_embedding_type") is { } positions and not "absolute") problems.Add($"position_embedding_type is '{positions}'; only 'absolute' is supported.");
        if (problems.Count > 0) throw new ConfigurationException(path, problems);
        return config.Require(path);
    }

    private static EncoderFamily Family(string? name, List<string> problems)
    {
        if (name is "bert") return EncoderFamily.Bert;
        if (name is "xlm-roberta" or "roberta") return EncoderFamily.XlmRoberta;
        problems.Add($"model_type is '{name}'; bert, roberta and xlm-roberta are supported.");
        return EncoderFamily.Bert;
    }

    private static EncoderActivation Activation(string? name, List<string> problems)
    {
        if (name is null or "gelu") return EncoderActivation.Gelu;
        if (name is "gelu_new" or "gelu_pytorch_tanh") return EncoderActivation.GeluTanh;
        if (name is "relu") return EncoderActivation.Relu;
        problems.Add($"hidden_act is '{name}'; gelu, gelu_new and relu are supported.");
        return EncoderActivation.Gelu;
    }
}
