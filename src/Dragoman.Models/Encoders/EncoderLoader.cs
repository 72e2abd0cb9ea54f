using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Static;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;

namespace Dragoman.Models.Encoders;

/// <summary>Loads the bi-encoder of a model folder, whatever its kind.</summary>
public static class EncoderLoader
{
    private const string Bert = "bert", XlmRoberta = "xlm-roberta";

    /// <summary>Loads a folder's encoder.</summary>
    /// <param name="folder">The model folder; <c>model_type</c> in its <c>config.json</c> decides the kind.</param>
    /// <param name="precision">The type of a transformer's large products.</param>
    /// <param name="device">Where a transformer computes; null for the CPU, where a static encoder always is.</param>
    /// <exception cref="DragomanException">The folder or a file in it is missing or malformed, or the kind is not one that encodes single texts.</exception>
    public static ITextEncoder FromFolder(string folder, Precision precision = Precision.Auto, Device? device = null)
    {
        if (!Directory.Exists(folder)) throw new DragomanException($"{folder} does not exist; name a model folder (config.json, tokenizer, weights).");
        return ModelType(folder) switch
        {
            StaticEncoderFolder.ModelType => StaticEncoderFolder.Load(folder),
            Bert or XlmRoberta => Transformer(folder, precision, device),
            var other => throw new DataFormatException(Path.Combine(folder, "config.json"), 0, $"model_type '{other}' is not an encoder for an index; expected {StaticEncoderFolder.ModelType}, {Bert} or {XlmRoberta}."),
        };
    }

    /// <summary>The <c>model_type</c> of a folder's <c>config.json</c>; empty when it has none.</summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="DataFormatException">There is no <c>config.json</c>, or it is not a JSON object.</exception>
    public static string ModelType(string folder) => ReadConfig(folder, config => config.TryGetProperty("model_type", out var type) ? type.GetString() ?? "" : "");

    /// <summary>Whether a folder holds a cross-encoder, which scores pairs: its <c>config.json</c> names a class with a head for it.</summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="DataFormatException">There is no <c>config.json</c>, or it is not a JSON object.</exception>
    public static bool IsCrossEncoder(string folder) => ReadConfig(folder, config => config.TryGetProperty("architectures", out var classes) && classes.ValueKind == JsonValueKind.Array
        && classes.EnumerateArray().Any(name => name.GetString()?.EndsWith("ForSequenceClassification", StringComparison.Ordinal) == true));

    /// <summary>Whether a folder holds an encoder of a kind that can be loaded, a bi-encoder or a cross-encoder, going by its <c>config.json</c> alone.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    public static bool HoldsEncoder(string folder)
    {
        try
        {
            return ModelType(folder) is StaticEncoderFolder.ModelType or Bert or XlmRoberta;
        }
        catch (DataFormatException)
        {
            return false;
        }
    }

    private static TransformerTextEncoder Transformer(string folder, Precision precision, Device? device)
    {
        var encoder = TransformerTextEncoder.Load(folder, precision);
        if (device is { } place) encoder.Encoder.To(place);
        return encoder;
    }

    private static T ReadConfig<T>(string folder, Func<JsonElement, T> read)
    {
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path)) throw new DataFormatException(path, 0, "the file does not exist; a model folder has config.json, tokenizer files and weights.");
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllText(path));
            return read(config.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new DataFormatException(path, 0, "expected a JSON object. Is the file truncated?", broken);
        }
    }
}
