using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dragoman.Training.Diagnostics;

/// <summary>What an encoder's folder tells of how it was trained, as far as it helps to name the cause of a collapse. Null where the folder does not say.</summary>
internal sealed record EncoderOrigin
{
    /// <summary>Whether the folder holds a configuration of <c>dragoman train</c>.</summary>
    internal bool IsTrained { get; init; }

    /// <summary>The loss.</summary>
    internal string? Loss { get; init; }

    /// <summary>The temperature.</summary>
    internal double? Temperature { get; init; }

    /// <summary>Queries a batch.</summary>
    internal int? BatchSize { get; init; }

    /// <summary>How token vectors become one.</summary>
    internal string? Pooling { get; init; }

    /// <summary>Most tokens of a query.</summary>
    internal int? QueryLength { get; init; }

    /// <summary>Reads a folder; nothing is known of one that has no readable <c>training.json</c>.</summary>
    /// <param name="folder">The model folder; null for none.</param>
    internal static EncoderOrigin Read(string? folder)
    {
        var path = folder is null ? null : Path.Combine(folder, "training.json");
        if (path is null || !File.Exists(path)) return new EncoderOrigin();
        try
        {
            var file = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
            JsonNode? Value(string section, string key) => (file?[section] as JsonObject)?[key];
            return new EncoderOrigin
            {
                IsTrained = true,
                Loss = (string?)file?["task"] == "bi-encoder" ? Text(Value("loss", "name")) ?? "info-nce" : null,
                Temperature = Number(Value("loss", "temperature")),
                BatchSize = (int?)Number(Value("training", "batch_size")),
                Pooling = Text(Value("encoder", "pooling")),
                QueryLength = (int?)Number(Value("encoder", "query_length")),
            };
        }
        catch (JsonException)
        {
            // It only serves to guess a cause; whoever needs it says that it is broken.
            return new EncoderOrigin();
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<JsonElement>(out var element) && element.ValueKind == JsonValueKind.Number ? element.GetDouble() : null;
}
