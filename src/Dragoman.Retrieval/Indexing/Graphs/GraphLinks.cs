namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>The links of a graph in the making. Nodes that are different may be changed by different threads.</summary>
internal sealed class GraphLinks : IGraphLinks
{
    private const int HighestLevel = 24;
    private readonly int _perLevel;

    /// <summary>Creates links for nodes that are not in the graph yet.</summary>
    /// <param name="count">Number of nodes.</param>
    /// <param name="perLevel">Most links of a node on a level; on the ground twice as many.</param>
    internal GraphLinks(int count, int perLevel)
    {
        _perLevel = perLevel;
        Ground = new int[checked(2 * perLevel * count)];
        Array.Fill(Ground, -1);
        Levels = new byte[count];
        HighStarts = new int[count + 1];
        for (var node = 0; node < count; node++)
        {
            Levels[node] = LevelOf(node, perLevel);
            HighStarts[node + 1] = HighStarts[node] + Levels[node];
        }
        High = new int[checked(HighStarts[count] * perLevel)];
        Array.Fill(High, -1);
    }

    /// <summary>Neighbours on the ground, shape [count, 2·perLevel].</summary>
    internal int[] Ground { get; }

    /// <summary>Neighbours above, shape [levels of all nodes, perLevel].</summary>
    internal int[] High { get; }

    /// <summary>For every node, the number of higher levels of all before.</summary>
    internal int[] HighStarts { get; }

    /// <summary>The highest level of every node.</summary>
    internal byte[] Levels { get; }

    public int TopLevel { get; private set; } = -1;

    public int Entry { get; private set; }

    public ReadOnlySpan<int> Of(int node, int level) => Room(node, level);

    /// <summary>Links that a node may have on a level.</summary>
    internal int Capacity(int level) => level == 0 ? 2 * _perLevel : _perLevel;

    /// <summary>Puts other neighbours in the place of a node's.</summary>
    internal void Replace(int node, int level, ReadOnlySpan<int> neighbours)
    {
        var room = Room(node, level);
        neighbours.CopyTo(room);
        room[neighbours.Length..].Fill(-1);
    }

    /// <summary>Lets searches begin at a node when it is higher than all before.</summary>
    internal void Enter(int node)
    {
        if (Levels[node] <= TopLevel) return;
        (TopLevel, Entry) = (Levels[node], node);
    }

    private Span<int> Room(int node, int level) => level == 0
        ? Ground.AsSpan(2 * _perLevel * node, 2 * _perLevel)
        : High.AsSpan((HighStarts[node] + level - 1) * _perLevel, _perLevel);

    /// <summary>A level at random, one more with a probability of 1/perLevel (the paper's mL), from the node's number.</summary>
    private static byte LevelOf(int node, int perLevel)
    {
        var level = 0;
        for (var random = GraphRandom.Of(node, 1); level < HighestLevel && random % (ulong)perLevel == 0; level++) random = GraphRandom.Of(node, level + 2);
        return (byte)level;
    }
}

/// <summary>Numbers that look random and depend on a node alone.</summary>
internal static class GraphRandom
{
    /// <summary>A 64-bit number.</summary>
    /// <remarks>The mixing step of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</remarks>
    internal static ulong Of(int node, int stream)
    {
        var mixed = unchecked(((ulong)(uint)node << 8 | (uint)stream) * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ mixed >> 27) * 0x94D049BB133111EB);
        return mixed ^ mixed >> 31;
    }
}
