using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>Writes the graphs of a segment: a file of a segment's form, with the links of every partition that has a graph. Not thread-safe.</summary>
/// <param name="stream">Where to write.</param>
/// <param name="number">Number of the file.</param>
/// <param name="segment">Number of the segment whose passages are linked.</param>
/// <param name="linksPerLevel">Most links of a passage on a level.</param>
internal sealed class GraphFileWriter(Stream stream, long number, long segment, int linksPerLevel)
{
    private readonly SegmentFileWriter _writer = new(stream, number);
    private readonly List<(int Language, int Count, int Entry, int TopLevel)> _graphs = [];

    /// <summary>Writes the graph of a partition.</summary>
    /// <param name="language">Number of its language in the segment.</param>
    /// <param name="links">The links.</param>
    /// <param name="twins">For every passage the next with the same vector, or -1.</param>
    internal void Write(int language, GraphLinks links, int[] twins)
    {
        var high = Enumerable.Range(0, links.Levels.Length).Where(node => links.Levels[node] > 0).ToArray();
        _writer.Write<int>(SectionKind.GroundLinks, links.Ground, language);
        _writer.Write<int>(SectionKind.HighPassages, high, language);
        _writer.Write<int>(SectionKind.HighEnds, Array.ConvertAll(high, node => links.HighStarts[node + 1]), language);
        _writer.Write<int>(SectionKind.HighLinks, links.High, language);
        _writer.Write<int>(SectionKind.Twins, twins, language);
        _graphs.Add((language, twins.Length, links.Entry, links.TopLevel));
    }

    /// <summary>Writes the description and the checksums.</summary>
    internal void Finish()
    {
        _writer.Begin(SectionKind.Description);
        _writer.Write((ulong)segment);
        _writer.Write((ulong)linksPerLevel);
        _writer.Write((ulong)_graphs.Count);
        foreach (var (language, count, entry, topLevel) in _graphs)
        {
            _writer.Write((ulong)language);
            _writer.Write((ulong)count);
            _writer.Write((ulong)entry);
            _writer.Write((ulong)topLevel);
        }
        _writer.End();
        _writer.Finish();
    }
}
