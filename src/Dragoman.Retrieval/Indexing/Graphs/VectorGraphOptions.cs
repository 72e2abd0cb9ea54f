using System.Text.Json;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>How graphs of near vectors are made, through which a search finds the nearest without reading every row.</summary>
/// <remarks>Hierarchical navigable small worlds: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small world graphs" (TPAMI 2020).</remarks>
public sealed record VectorGraphOptions
{
    /// <summary>Links that a passage gets when it is put in, M of the paper; on the ground it may have twice as many. 2 to 128.</summary>
    /// <value>16 by default.</value>
    public int Links { get; init; } = 16;

    /// <summary>Passages among which the links are chosen, efConstruction of the paper, at least <see cref="Links"/>.</summary>
    /// <value>100 by default.</value>
    public int Breadth { get; init; } = 100;

    /// <summary>Fewest passages of a language in a segment that get a graph, 1 or more; fewer are searched row by row.</summary>
    /// <value>20,000 by default.</value>
    public int MinPassages { get; init; } = 20_000;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Links is < 2 or > 128) yield return FormattableString.Invariant($"VectorGraph.Links is {Links}; use 2 to 128.");
        if (Breadth < Links) yield return FormattableString.Invariant($"VectorGraph.Breadth is {Breadth}; use at least the number of links, {Links}.");
        if (MinPassages < 1) yield return FormattableString.Invariant($"VectorGraph.MinPassages is {MinPassages}; use 1 or more.");
    }

    internal string ToJson() => JsonSerializer.Serialize(this);

    internal static VectorGraphOptions FromJson(string json) => JsonSerializer.Deserialize<VectorGraphOptions>(json)!;
}
