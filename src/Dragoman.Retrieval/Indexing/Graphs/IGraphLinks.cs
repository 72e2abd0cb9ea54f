namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>The links of a graph; nodes are passages by their numbers in a partition.</summary>
internal interface IGraphLinks
{
    /// <summary>The highest level; the ground is 0. -1 for a graph without nodes.</summary>
    int TopLevel { get; }

    /// <summary>The node that searches begin at.</summary>
    int Entry { get; }

    /// <summary>The neighbours of a node, as many as there is room for; behind the last there is -1.</summary>
    /// <param name="node">A node that is on the level.</param>
    /// <param name="level">The level.</param>
    ReadOnlySpan<int> Of(int node, int level);
}
