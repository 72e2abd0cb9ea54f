using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>The graph of the passages of one language in one segment. Thread-safe until its file is closed.</summary>
internal sealed class PartitionGraph : IGraphLinks
{
    private readonly MappedSection _ground, _high, _twins;
    private readonly int[] _highPassages, _highEnds;
    private readonly int _linksPerLevel;
    private readonly PartitionRows _rows;
    private readonly ConcurrentBag<GraphSearch> _searches = [];

    internal PartitionGraph(SegmentFile file, int language, int count, int linksPerLevel, int entry, int topLevel, PartitionRows rows)
    {
        (Count, _linksPerLevel, Entry, TopLevel, _rows) = (count, linksPerLevel, entry, topLevel, rows);
        _ground = file.Section(SectionKind.GroundLinks, language);
        _high = file.Section(SectionKind.HighLinks, language);
        _twins = file.Section(SectionKind.Twins, language);
        _highPassages = file.Section(SectionKind.HighPassages, language).Numbers<int>().ToArray();
        _highEnds = file.Section(SectionKind.HighEnds, language).Numbers<int>().ToArray();
        if (entry >= count || _ground.Length != 2L * linksPerLevel * count * sizeof(int) || _twins.Length != (long)count * sizeof(int) || _highPassages.Length != _highEnds.Length
            || _high.Length != (long)(_highEnds.Length == 0 ? 0 : _highEnds[^1]) * linksPerLevel * sizeof(int)) throw file.Damaged($"the parts of its graph of language {language} do not fit together");
    }

    /// <summary>Number of passages.</summary>
    internal int Count { get; }

    public int TopLevel { get; }

    public int Entry { get; }

    public ReadOnlySpan<int> Of(int node, int level)
    {
        if (level == 0) return MemoryMarshal.Cast<byte, int>(_ground.Slice(2L * _linksPerLevel * node * sizeof(int), 2 * _linksPerLevel * sizeof(int)));
        var place = Array.BinarySearch(_highPassages, node);
        var start = place == 0 ? 0 : _highEnds[place - 1];
        return MemoryMarshal.Cast<byte, int>(_high.Slice((long)(start + level - 1) * _linksPerLevel * sizeof(int), _linksPerLevel * sizeof(int)));
    }

    /// <summary>The passage after one with the very same vector; -1 when there is none.</summary>
    internal int TwinOf(int passage) => _twins.Number<int>(passage);

    /// <summary>Finds the passages nearest to a vector.</summary>
    /// <param name="query">The vector.</param>
    /// <param name="breadth">Vectors to keep on the way.</param>
    /// <param name="depth">Passages that matter.</param>
    /// <param name="admits">The passages that may be found; null for all.</param>
    /// <param name="found">Told every passage found, with its score; in no order.</param>
    /// <returns>Number of rows scored.</returns>
    internal long Search(ReadOnlySpan<float> query, int breadth, int depth, Func<int, bool>? admits, Action<int, float> found)
    {
        if (!_searches.TryTake(out var search)) search = new GraphSearch(this, _rows, Count);
        var before = search.Scored;
        search.Run(query, breadth, depth, admits is null ? null : AdmitsOne);
        foreach (var scored in search.Found)
        {
            for (var passage = ScoredNode.Node(scored); passage >= 0; passage = TwinOf(passage))
            {
                if (admits?.Invoke(passage) != false) found(passage, ScoredNode.Score(scored));
            }
        }
        _searches.Add(search);
        return search.Scored - before;

        bool AdmitsOne(int node)
        {
            for (var passage = node; passage >= 0; passage = TwinOf(passage))
            {
                if (admits(passage)) return true;
            }
            return false;
        }
    }
}
