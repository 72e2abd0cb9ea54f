using System.Text.Json;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>What a model was selected by: the judgements that the best epoch was chosen on. A number measured on the same judgements is too good.</summary>
public sealed record ModelSelection
{
    /// <summary>The measure that decided: <c>nDCG@10</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>The file with the judgements, as it was named.</summary>
    public required string Qrels { get; init; }

    /// <summary>Fingerprint of that file's bytes.</summary>
    public required string QrelsFingerprint { get; init; }

    /// <summary>Fingerprint of the judgements whatever their file's format, see <see cref="Collections.Qrels.Fingerprint"/>.</summary>
    public required string JudgementsFingerprint { get; init; }

    /// <summary>The file with the queries, as it was named.</summary>
    public required string Queries { get; init; }

    /// <summary>Fingerprint of that file's bytes.</summary>
    public required string QueriesFingerprint { get; init; }

    /// <summary>The candidates that were reranked, as they were named; null when the whole collection was searched.</summary>
    public string? Run { get; init; }

    /// <summary>Fingerprint of that file's bytes; null without one.</summary>
    public string? RunFingerprint { get; init; }

    /// <summary>Whether the judgements are those of a test split, on purpose: every number of the model on that test set, or on one like it, is then too good.</summary>
    public bool ChosenOnTest { get; init; }

    /// <summary>Ids of the queries that were judged, in ordinal order.</summary>
    public required IReadOnlyList<string> QueryIds { get; init; }

    /// <summary>Reads the <c>selection</c> of a model folder's <c>manifest.json</c>.</summary>
    /// <param name="folder">The model folder.</param>
    /// <returns>Null when there is no manifest or it names no selection.</returns>
    /// <exception cref="DataFormatException">The manifest is not JSON, or its selection lacks something.</exception>
    public static ModelSelection? OfModelOrNull(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("selection", out var selection)
                ? selection.Deserialize<ModelSelection>(RunManifest.Json) : null;
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(path, 0, "this is not the manifest of a model, or it was cut short; get the model again.", failure);
        }
    }
}
