using System.Text.Json.Nodes;
using Dragoman.Models.Encoders;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing;

/// <summary>What an index is built with.</summary>
public sealed record IndexBuildOptions
{
    /// <summary>Turns texts into terms; its identity is stored.</summary>
    public required IAnalyzer Analyzer { get; init; }

    /// <summary>Turns texts into vectors; its identity is stored. The caller owns it.</summary>
    /// <value>Null by default: an index without vectors.</value>
    public ITextEncoder? Encoder { get; init; }

    /// <summary>How vectors are kept.</summary>
    /// <value><see cref="VectorPrecision.Full"/> by default.</value>
    public VectorPrecision Precision { get; init; } = VectorPrecision.Full;

    /// <summary>Number of passages encoded at a time.</summary>
    /// <value>256 by default.</value>
    public int EncodingBatch { get; init; } = 256;

    /// <summary>The effective configuration, written to <c>config.json</c>.</summary>
    /// <value>Empty by default.</value>
    public JsonObject Config { get; init; } = [];

    /// <summary>Names and fingerprints of the inputs, written to <c>manifest.json</c>.</summary>
    /// <value>Null by default.</value>
    public JsonObject? Inputs { get; init; }
}
