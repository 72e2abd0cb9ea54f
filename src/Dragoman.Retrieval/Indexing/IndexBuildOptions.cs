using System.Text.Json.Nodes;

namespace Dragoman.Retrieval.Indexing;

/// <summary>What an index is built with.</summary>
public sealed record IndexBuildOptions : IndexWriteOptions
{
    /// <summary>How vectors are kept.</summary>
    /// <value><see cref="VectorPrecision.Full"/> by default.</value>
    public VectorPrecision Precision { get; init; } = VectorPrecision.Full;

    /// <summary>The effective configuration, kept with the index and written to <c>config.json</c>.</summary>
    /// <value>Empty by default.</value>
    public JsonObject Config { get; init; } = [];

    /// <summary>Names and fingerprints of the inputs, kept with the index and written to <c>manifest.json</c>.</summary>
    /// <value>Null by default.</value>
    public JsonObject? Inputs { get; init; }
}
