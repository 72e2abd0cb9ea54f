using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>Searches a graph for the nodes nearest to a vector; keeps what one search needs, to be used again for the next. Not thread-safe.</summary>
/// <remarks>Algorithms 2 and 5 of Malkov and Yashunin, with dot products for distances. Deviations: the search of the ground begins at several nodes, and is made again with more breadth where the nearest do not stand out.</remarks>
/// <param name="links">The graph.</param>
/// <param name="rows">The vectors.</param>
/// <param name="count">Number of nodes.</param>
internal sealed class GraphSearch(IGraphLinks links, PartitionRows rows, int count)
{
    /// <summary>How many times the breadth asked for a search may take in the end.</summary>
    internal const int MostTimesBreadth = 16;

    /// <summary>How many times as far as the last that matters (by 1 − cosine) the last that was kept must be.</summary>
    private const float Apart = 1.1f;
    private const int BreadthPerEntry = 8;
    private readonly int[] _seen = new int[count];
    private readonly float[] _scoreOf = new float[count];
    private readonly SmallestFirst _open = new(), _found = new();
    private int[] _fresh = new int[64];
    private float[] _scores = new float[64];
    private int _search, _firstOfVector;

    /// <summary>Number of rows scored since this was made.</summary>
    internal long Scored { get; private set; }

    /// <summary>The nearest found last, in no order.</summary>
    internal ReadOnlySpan<ulong> Found => _found.Items;

    /// <summary>Searches from the top to the ground; again with twice the breadth where the nearest are hardly nearer than the last that were kept, as for a query that is far from everything.</summary>
    /// <param name="query">The vector.</param>
    /// <param name="breadth">Nodes to keep, ef of the paper: the more, the surer.</param>
    /// <param name="depth">Nodes that matter.</param>
    /// <param name="admits">The nodes that may be found; the others are passed through. Null for all.</param>
    internal void Run(ReadOnlySpan<float> query, int breadth, int depth, Func<int, bool>? admits)
    {
        var entry = Descend(query, 1);
        // What one of the searches scored the next ones need not read again.
        _firstOfVector = _search + 1;
        for (var kept = breadth; ; kept *= 2)
        {
            // Going down in several places, unlike the paper, finds passages that are near in different regions.
            if (links.TopLevel >= 1) Search(query, [entry], 1, Math.Max(1, kept / BreadthPerEntry), null);
            Search(query, links.TopLevel >= 1 ? _found.Items.ToArray() : [entry], 0, kept, admits);
            if (kept >= (long)MostTimesBreadth * breadth || _found.Count < kept || IsApart(depth)) return;
        }
    }

    /// <summary>Whether the nearest are clearly nearer than the last of the found.</summary>
    private bool IsApart(int depth)
    {
        var found = _found.Items.ToArray();
        Array.Sort(found);
        var (last, wanted) = (ScoredNode.Score(found[0]), ScoredNode.Score(found[^Math.Min(depth, found.Length)]));
        return 1 - last >= Apart * (1 - wanted);
    }

    /// <summary>The node nearest to the vector that is found by going down greedily, where a level ends; with its score.</summary>
    /// <param name="query">The vector.</param>
    /// <param name="above">The level above which to stop.</param>
    internal ulong Descend(ReadOnlySpan<float> query, int above)
    {
        var entry = ScoredNode.Of(rows.Score(query, links.Entry), links.Entry);
        for (var level = links.TopLevel; level > above; level--)
        {
            Level(query, [entry], level, 1, null);
            entry = _found.Top;
        }
        return entry;
    }

    /// <summary>Searches a level for a vector of which no scores are known.</summary>
    internal void Level(ReadOnlySpan<float> query, ReadOnlySpan<ulong> entries, int level, int breadth, Func<int, bool>? admits)
    {
        _firstOfVector = _search + 1;
        Search(query, entries, level, breadth, admits);
    }

    /// <summary>Searches a level; rows that were scored for the same vector before are not read.</summary>
    private void Search(ReadOnlySpan<float> query, ReadOnlySpan<ulong> entries, int level, int breadth, Func<int, bool>? admits)
    {
        Begin();
        foreach (var entry in entries)
        {
            var node = ScoredNode.Node(entry);
            (_seen[node], _scoreOf[node]) = (_search, ScoredNode.Score(entry));
            _open.Push(~entry);
            Keep(entry, breadth, admits);
        }
        while (_open.Count > 0)
        {
            var best = ~_open.Pop();
            if (_found.Count >= breadth && best < _found.Top) return;
            var fresh = Gather(links.Of(ScoredNode.Node(best), level), breadth, admits);
            rows.Score(query, _fresh.AsSpan(0, fresh), _scores);
            Scored += fresh;
            for (var place = 0; place < fresh; place++)
            {
                _scoreOf[_fresh[place]] = _scores[place];
                Consider(ScoredNode.Of(_scores[place], _fresh[place]), breadth, admits);
            }
        }
    }

    private void Begin()
    {
        if (_search == int.MaxValue)
        {
            Array.Clear(_seen);
            (_search, _firstOfVector) = (0, 1);
        }
        _search++;
        _open.Clear();
        _found.Clear();
    }

    /// <summary>Gathers the neighbours that are still to be scored; of those not seen in this search, but in an earlier one for the same vector, the score is known.</summary>
    private int Gather(ReadOnlySpan<int> neighbours, int breadth, Func<int, bool>? admits)
    {
        if (_fresh.Length < neighbours.Length) (_fresh, _scores) = (new int[neighbours.Length], new float[neighbours.Length]);
        var fresh = 0;
        foreach (var neighbour in neighbours)
        {
            if (neighbour < 0) break;
            var seen = _seen[neighbour];
            if (seen == _search) continue;
            _seen[neighbour] = _search;
            if (seen >= _firstOfVector) Consider(ScoredNode.Of(_scoreOf[neighbour], neighbour), breadth, admits);
            else _fresh[fresh++] = neighbour;
        }
        return fresh;
    }

    private void Consider(ulong scored, int breadth, Func<int, bool>? admits)
    {
        if (_found.Count >= breadth && scored < _found.Top) return;
        _open.Push(~scored);
        Keep(scored, breadth, admits);
    }

    private void Keep(ulong scored, int breadth, Func<int, bool>? admits)
    {
        if (admits?.Invoke(ScoredNode.Node(scored)) == false) return;
        if (_found.Count < breadth) _found.Push(scored);
        else if (scored > _found.Top) _found.ReplaceTop(scored);
    }
}
