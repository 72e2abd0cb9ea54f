using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Indexing;

/// <summary>What a generation of an index holds. The index's <c>manifest.json</c> is such a description of the generation that was built; <c>index.db</c> knows the one that is published now.</summary>
public sealed record IndexManifest
{
    /// <summary>The layout this version writes and reads.</summary>
    public const int CurrentVersion = 4;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Version of the folder's layout.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Number of the publication, from 1; every change that is published has the next one.</summary>
    public required long Generation { get; init; }

    /// <summary>Identity of the analyzer that made the terms.</summary>
    public required string Analyzer { get; init; }

    /// <summary>Identity of the encoder that made the vectors; null when the index has none.</summary>
    public string? Encoder { get; init; }

    /// <summary>Length of a vector, in numbers; 0 when the index has none.</summary>
    public int Dimension { get; init; }

    /// <summary>How vectors are kept.</summary>
    public VectorPrecision Precision { get; init; }

    /// <summary>Whether the index knows where terms stand in passages, which phrases need.</summary>
    public bool Positions { get; init; }

    /// <summary>Number of passages, deleted ones not counted.</summary>
    public required int Passages { get; init; }

    /// <summary>Number of terms of those passages, repetitions included.</summary>
    public required long Tokens { get; init; }

    /// <summary>The languages in ordinal order of their tags; only those with passages.</summary>
    public required IReadOnlyList<LanguageCount> Languages { get; init; }

    /// <summary>What the index was made from: names and fingerprints.</summary>
    public JsonObject? Inputs { get; init; }

    /// <summary>The weights of query terms that the index holds for PSQ-HMM; null when it has none.</summary>
    public WeightsSummary? Weights { get; init; }

    /// <summary>The graphs through which near vectors are found; null when the index makes none.</summary>
    public VectorGraphSummary? Graphs { get; init; }

    /// <summary>The segments in ascending order of their numbers.</summary>
    public required IReadOnlyList<SegmentSummary> Segments { get; init; }

    /// <summary>The manifest as an object for <c>manifest.json</c>.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Json)!.AsObject();
}

/// <summary>How many passages of an index are in a language.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Passages">Number of passages.</param>
public sealed record LanguageCount(string Language, int Passages);

/// <summary>A segment of an index: a file that never changes.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="Checksum">CRC-32C over its checksums, eight hexadecimal digits.</param>
/// <param name="Passages">Number of passages in it, deleted ones included.</param>
/// <param name="Deleted">Number of passages in it that are deleted.</param>
public sealed record SegmentSummary(string Name, long Bytes, string Checksum, int Passages, int Deleted);

/// <summary>The graphs of vectors that an index holds.</summary>
/// <param name="Options">How they are made.</param>
/// <param name="Passages">Number of passages in graphs, deleted ones included; the others are searched row by row.</param>
/// <param name="Bytes">Size of their files.</param>
public sealed record VectorGraphSummary(VectorGraphOptions Options, int Passages, long Bytes);

/// <summary>The weights of query terms that an index holds.</summary>
/// <param name="Settings">What they were made with.</param>
/// <param name="Pairs">How many there are, by languages, in ordinal order.</param>
/// <param name="Bytes">Size of their files.</param>
public sealed record WeightsSummary(TermWeightSettings Settings, IReadOnlyList<PairCount> Pairs, long Bytes);

/// <summary>How many weights an index holds for queries in a language over passages in another.</summary>
/// <param name="PassageLanguage">BCP 47 tag.</param>
/// <param name="QueryLanguage">BCP 47 tag.</param>
/// <param name="Postings">Number of weights, those of deleted passages included.</param>
public sealed record PairCount(string PassageLanguage, string QueryLanguage, long Postings);
