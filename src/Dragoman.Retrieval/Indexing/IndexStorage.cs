using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Retrieval.Indexing.Publication;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Indexing;

/// <summary>How a writer's files get onto the disk.</summary>
/// <param name="create">Makes a file; tests put failures here.</param>
internal sealed class IndexStorage(Func<string, Stream> create)
{
    private const int BufferBytes = 1 << 18;

    /// <summary>The file system.</summary>
    internal static IndexStorage Files { get; } = new(path => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes));

    /// <summary>Writes a segment's file, safe against a crash of the machine when this returns, and opens it.</summary>
    /// <exception cref="DragomanException">It cannot be written.</exception>
    internal SegmentReader WriteSegment(string folder, long number, Action<Stream, long> write)
    {
        var path = IndexFolder.SegmentPath(folder, number);
        return Write(folder, path, file => write(file, number), () => new SegmentReader(path, number));
    }

    /// <summary>Writes the weights of a segment, safe against a crash of the machine when this returns, and opens them.</summary>
    /// <exception cref="DragomanException">They cannot be written.</exception>
    internal WeightsReader WriteWeights(string folder, long number, long segment, Action<WeightsFileWriter> write)
    {
        var path = IndexFolder.WeightsPath(folder, number);
        return Write(folder, path, Fill, () => new WeightsReader(path, number, segment));

        void Fill(Stream file)
        {
            var writer = new WeightsFileWriter(file, number, segment);
            write(writer);
            writer.Finish();
        }
    }

    /// <summary>Writes the graphs of a segment, safe against a crash of the machine when this returns, and opens them.</summary>
    /// <exception cref="DragomanException">They cannot be written.</exception>
    internal GraphReader WriteGraphs(string folder, long number, SegmentReader segment, int linksPerLevel, Action<GraphFileWriter> write)
    {
        var path = IndexFolder.GraphsPath(folder, number);
        return Write(folder, path, Fill, () => new GraphReader(path, number, segment));

        void Fill(Stream file)
        {
            var writer = new GraphFileWriter(file, number, segment.Number, linksPerLevel);
            write(writer);
            writer.Finish();
        }
    }

    private T Write<T>(string folder, string path, Action<Stream> write, Func<T> open)
    {
        try
        {
            using (var file = create(path))
            {
                write(file);
                file.Flush();
                (file as FileStream)?.Flush(flushToDisk: true);
            }
            FolderFlush.Run(Path.GetDirectoryName(path)!);
            return open();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(path);
            throw new DragomanException($"The index {folder} cannot be written ({failure.Message.TrimEnd('.')}); what was published before is intact, make room or check who may write there.", failure);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Removes the files of segments, weights and graphs that are not published. On systems that keep files of open readers, those are removed by a later writer.</summary>
    internal static void RemoveUnpublished(string folder, PublishedIndex published)
    {
        var names = published.Segments.Select(segment => IndexFolder.SegmentName(segment.Number))
            .Concat(published.Segments.Where(segment => segment.Weights is not null).Select(segment => IndexFolder.WeightsName(segment.Weights!.Number)))
            .Concat(published.Segments.Where(segment => segment.Graphs is not null).Select(segment => IndexFolder.GraphsName(segment.Graphs!.Number))).ToHashSet(StringComparer.Ordinal);
        foreach (var file in IndexFolder.SegmentFiles(folder))
        {
            if (names.Contains(Path.GetFileName(file))) continue;
            try
            {
                File.Delete(file);
            }
            catch (Exception open) when (open is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
            {
            }
        }
    }
}
