using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// The files by which sentence-transformers describes a bi-encoder beside the encoder's own: <c>modules.json</c>, <c>1_Pooling/config.json</c>, <c>sentence_bert_config.json</c> and
/// <c>config_sentence_transformers.json</c>. Vectors are always scaled to length 1 here, whether or not the folder names a module for it.
/// </summary>
public static class SentenceModelFiles
{
    private const string Modules = "modules.json", PoolingFolder = "1_Pooling", Lengths = "sentence_bert_config.json", Prompts = "config_sentence_transformers.json", Types = "sentence_transformers.models.", QueryLength = "max_query_length";
    private static readonly string[] Known = ["Transformer", "Pooling", "Normalize"];

    /// <summary>Reads the description of a folder; one without such files is a mean over tokens.</summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="DataFormatException">A file is malformed, or the model has a part that Dragoman lacks.</exception>
    public static SentenceModel Read(string folder)
    {
        var model = new SentenceModel();
        if (ReadJson(folder, Modules) is { } modules)
        {
            foreach (var module in modules.AsArray())
            {
                var type = (string?)module!["type"] ?? "";
                if (!Known.Any(name => type.EndsWith("." + name, StringComparison.Ordinal)))
                    throw new DataFormatException(Path.Combine(folder, Modules), 0, $"the model has a part '{type}', which Dragoman lacks; it reads {string.Join(", ", Known)}.");
                if (type.EndsWith(".Pooling", StringComparison.Ordinal)) model = model with { Pooling = PoolingOf(folder, (string?)module["path"] ?? PoolingFolder) };
            }
        }
        if (ReadJson(folder, Lengths)?["max_seq_length"] is JsonValue length) model = model with { MaxLength = length.GetValue<int>() };
        if (ReadJson(folder, Prompts)?[QueryLength] is JsonValue queryLength) model = model with { QueryMaxLength = queryLength.GetValue<int>() };
        if (ReadJson(folder, Prompts)?["prompts"] is JsonObject prompts)
            model = model with { QueryPrompt = (string?)prompts["query"] ?? "", PassagePrompt = (string?)prompts["passage"] ?? (string?)prompts["document"] ?? "" };
        return model;
    }

    /// <summary>Writes the description of a bi-encoder, as sentence-transformers reads it.</summary>
    /// <param name="model">The description.</param>
    /// <param name="width">Length of a vector.</param>
    /// <param name="folder">The model folder, which exists.</param>
    public static void Write(SentenceModel model, int width, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Pooling == Pooling.Pooler) throw new ArgumentException("sentence-transformers has no name for the pooler.", nameof(model));
        Directory.CreateDirectory(Path.Combine(folder, PoolingFolder));
        WriteJson(folder, Modules, new JsonArray(Module(0, "", "Transformer"), Module(1, PoolingFolder, "Pooling"), Module(2, "2_Normalize", "Normalize")));
        WriteJson(folder, Path.Combine(PoolingFolder, "config.json"), new JsonObject
        {
            ["word_embedding_dimension"] = width,
            ["pooling_mode_cls_token"] = model.Pooling == Pooling.Cls,
            ["pooling_mode_mean_tokens"] = model.Pooling == Pooling.Mean,
            ["pooling_mode_max_tokens"] = false,
            ["pooling_mode_mean_sqrt_len_tokens"] = false,
        });
        if (model.MaxLength is { } length) WriteJson(folder, Lengths, new JsonObject { ["max_seq_length"] = length, ["do_lower_case"] = false });
        var prompts = new JsonObject { ["prompts"] = new JsonObject { ["query"] = model.QueryPrompt, ["passage"] = model.PassagePrompt }, ["similarity_fn_name"] = "cosine" };
        if (model.QueryMaxLength is { } queryLength) prompts[QueryLength] = queryLength;                       // a key of our own, which sentence-transformers passes over
        WriteJson(folder, Prompts, prompts);
    }

    private static JsonObject Module(int index, string path, string type) =>
        new() { ["idx"] = index, ["name"] = index.ToString(System.Globalization.CultureInfo.InvariantCulture), ["path"] = path, ["type"] = Types + type };

    private static Pooling PoolingOf(string folder, string path)
    {
        var file = Path.Combine(path, "config.json");
        var config = ReadJson(folder, file) ?? throw new DataFormatException(Path.Combine(folder, file), 0, "the file does not exist; modules.json names it.");
        var modes = config.AsObject().Where(entry => entry.Key.StartsWith("pooling_mode_", StringComparison.Ordinal) && entry.Value is JsonValue value && value.GetValueKind() == JsonValueKind.True).Select(entry => entry.Key).ToList();
        return modes switch
        {
            ["pooling_mode_cls_token"] => Pooling.Cls,
            ["pooling_mode_mean_tokens"] => Pooling.Mean,
            _ => throw new DataFormatException(Path.Combine(folder, file), 0, $"the pooling is {(modes.Count == 0 ? "none" : string.Join(" and ", modes))}; Dragoman has pooling_mode_cls_token and pooling_mode_mean_tokens, one at a time."),
        };
    }

    private static JsonNode? ReadJson(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) return null;
        try
        {
            var node = JsonNode.Parse(File.ReadAllText(path));
            if (name == Modules ? node is JsonArray : node is JsonObject) return node;
        }
        catch (JsonException)
        {
            // Told below.
        }
        throw new DataFormatException(path, 0, $"expected a JSON {(name == Modules ? "array" : "object")}, as sentence-transformers writes it. Is the file truncated?");
    }

    private static void WriteJson(string folder, string name, JsonNode node) =>
        AtomicFile.WriteText(Path.Combine(folder, name), writer => writer.WriteLine(node.ToJsonString(StageFolder.Indented)));
}
