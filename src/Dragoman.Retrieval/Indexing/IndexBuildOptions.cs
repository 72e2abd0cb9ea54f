using System.Text.Json.Nodes;
using Dragoman.Retrieval.Indexing.Graphs;

namespace Dragoman.Retrieval.Indexing;

/// <summary>What an index is built with.</summary>
public sealed record IndexBuildOptions : IndexWriteOptions
{
    /// <summary>How vectors are kept.</summary>
    /// <value><see cref="VectorPrecision.Full"/> by default.</value>
    public VectorPrecision Precision { get; init; } = VectorPrecision.Full;

    /// <summary>How graphs of vectors are made, for searches that need not read every row but may miss a few of the nearest. Passages that are added later get them the same way.</summary>
    /// <value>Null by default, for exact searches. Without an encoder there are none.</value>
    public VectorGraphOptions? Graphs { get; init; }

    /// <summary>Whether to keep where terms stand in passages, which phrases need. Passages that are added later are kept the same way.</summary>
    /// <value>False by default.</value>
    public bool Positions { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => base.Problems().Concat(Graphs?.Problems() ?? []);

    /// <summary>The effective configuration, kept with the index and written to <c>config.json</c>.</summary>
    /// <value>Empty by default.</value>
    public JsonObject Config { get; init; } = [];

    /// <summary>Names and fingerprints of the inputs, kept with the index and written to <c>manifest.json</c>.</summary>
    /// <value>Null by default.</value>
    public JsonObject? Inputs { get; init; }
}
