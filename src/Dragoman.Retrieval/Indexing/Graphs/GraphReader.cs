using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>The graphs of a segment, opened for reading. Thread-safe until disposed.</summary>
internal sealed class GraphReader : IDisposable
{
    private readonly SegmentFile _file;
    private readonly Dictionary<int, PartitionGraph> _graphs = [];

    /// <summary>Opens the graphs of a segment.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="number">The file's number in the index.</param>
    /// <param name="segment">The segment.</param>
    /// <exception cref="DataFormatException">The file is missing, cut short, damaged, or of another segment.</exception>
    internal GraphReader(string path, long number, SegmentReader segment)
    {
        Number = number;
        _file = new SegmentFile(path, number);
        try
        {
            Read(segment);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The file's number in its index.</summary>
    internal long Number { get; }

    /// <summary>Size in bytes.</summary>
    internal long Bytes => _file.Bytes;

    /// <summary>A checksum over the whole file.</summary>
    internal uint Checksum => _file.Checksum;

    /// <summary>Number of passages in graphs, deleted ones included.</summary>
    internal int Passages => _graphs.Values.Sum(graph => graph.Count);

    /// <summary>The graph of a language; null when it has none.</summary>
    internal PartitionGraph? Find(int language) => _graphs.GetValueOrDefault(language);

    internal void VerifyAll() => _file.VerifyAll();

    internal DataFormatException Damaged(string problem) => _file.Damaged(problem);

    private void Read(SegmentReader segment)
    {
        var bytes = _file.Section(SectionKind.Description).All;
        var position = 0;
        var of = (long)Number(bytes, ref position);
        if (of != segment.Number) throw _file.Damaged($"it holds the graphs of segment {of}, not of {segment.Number}");
        var linksPerLevel = (int)Number(bytes, ref position);
        for (var left = (int)Number(bytes, ref position); left > 0; left--)
        {
            var (language, count) = ((int)Number(bytes, ref position), (int)Number(bytes, ref position));
            if (language >= segment.Description.Languages.Count || count != segment.Description.Languages[language].Passages) throw _file.Damaged($"its graph of language {language} is not one of this segment");
            _graphs.Add(language, new PartitionGraph(_file, language, count, linksPerLevel, (int)Number(bytes, ref position), (int)Number(bytes, ref position), segment.RowsFrom(segment.FirstOf(language))));
        }

        ulong Number(ReadOnlySpan<byte> from, ref int at) => VarInt.TryRead(from, ref at, out var number) ? number : throw _file.Damaged("its description is cut short");
    }

    public void Dispose() => _file.Dispose();
}
