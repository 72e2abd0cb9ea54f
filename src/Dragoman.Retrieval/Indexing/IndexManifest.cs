using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing;

/// <summary>What an index holds, as its <c>manifest.json</c> says.</summary>
public sealed record IndexManifest
{
    /// <summary>The layout this version writes and reads.</summary>
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Version of the folder's layout.</summary>
    public required int Version { get; init; }

    /// <summary>Identity of the analyzer that made the terms.</summary>
    public required string Analyzer { get; init; }

    /// <summary>Identity of the encoder that made the vectors; null when the index has none.</summary>
    public string? Encoder { get; init; }

    /// <summary>Length of a vector, in numbers; 0 when the index has none.</summary>
    public int Dimension { get; init; }

    /// <summary>How vectors are kept.</summary>
    public VectorPrecision Precision { get; init; }

    /// <summary>Number of passages.</summary>
    public required int Passages { get; init; }

    /// <summary>Number of distinct terms.</summary>
    public required int Terms { get; init; }

    /// <summary>Number of terms, repetitions included.</summary>
    public required long Tokens { get; init; }

    /// <summary>The languages in order of their ordinals.</summary>
    public required IReadOnlyList<LanguageCount> Languages { get; init; }

    /// <summary>What the index was made from: names and fingerprints.</summary>
    public JsonObject? Inputs { get; init; }

    /// <summary>Every data file with its size and checksum.</summary>
    public required IReadOnlyList<FileFingerprint> Files { get; init; }

    internal JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Json)!.AsObject();

    internal static IndexManifest Read(string folder)
    {
        var path = Path.Combine(folder, IndexFiles.Manifest);
        if (!File.Exists(path)) throw new DataFormatException(path, 0, $"the file is missing; rebuild the index with '{IndexFiles.Command}'.");
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            var version = document.RootElement.TryGetProperty("version", out var found) && found.TryGetInt32(out var number) ? number : 0;
            if (version != CurrentVersion)
                throw new DataFormatException(path, 0, $"the index has layout version {version}, this program reads version {CurrentVersion}; rebuild the index with '{IndexFiles.Command}'.");
            return document.Deserialize<IndexManifest>(Json)!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new DataFormatException(path, 0, $"this is not the manifest of an index, or it was cut short; rebuild the index with '{IndexFiles.Command}'.", failure);
        }
    }
}

/// <summary>How many passages of an index are in a language.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Passages">Number of passages.</param>
public sealed record LanguageCount(string Language, int Passages);
