using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing.Publication;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// A generation of an index, opened for reading: what is published later, or while it is open, does not change it, and it holds up no writer. Thread-safe until disposed.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Indexes up to this size are checked whole on opening: 64 MiB. Of larger ones a page is checked when it is first read, or all with <c>verifyAll</c>.</summary>
    public const long VerifiedBytes = 64L << 20;

    private readonly SegmentReader[] _segments;
    private readonly byte[] _digest;

    private SearchIndex(string path, PublishedIndex published, SegmentReader[] segments)
    {
        _digest = published.Digest();
        _segments = segments;
        FolderPath = path;
        var live = segments.Select((segment, place) => new LiveSegment(segment, TombstonesOf(published.Segments[place], segment))).ToArray();
        Passages = new PassageStore(live);
        Terms = new InvertedIndex(Passages);
        var settings = published.Settings;
        Vectors = settings.Encoder is null ? null : new VectorStore(Passages, settings.Dimension, settings.Precision);
        Config = JsonNode.Parse(settings.Config)!.AsObject();
        Manifest = new IndexManifest
        {
            Generation = published.Generation,
            Analyzer = settings.Analyzer,
            Encoder = settings.Encoder,
            Dimension = settings.Dimension,
            Precision = settings.Precision,
            Positions = settings.Positions,
            Passages = Passages.Count,
            Tokens = Passages.Partitions.Sum(partition => partition.LiveTokens),
            Languages = [.. Passages.Languages.Select(tag => new LanguageCount(tag, Passages.Partitions.Where(partition => partition.Tag == tag).Sum(partition => partition.LiveCount)))],
            Inputs = settings.Inputs is null ? null : JsonNode.Parse(settings.Inputs)!.AsObject(),
            Segments = [.. live.Select(segment => new SegmentSummary(
                IndexFolder.SegmentName(segment.Reader.Number), segment.Reader.Bytes, $"{segment.Reader.Checksum:x8}", segment.Reader.Passages.Count, segment.Deleted?.Count ?? 0))],
        };
    }

    /// <summary>The folder, as the caller named it.</summary>
    public string FolderPath { get; }

    /// <summary>What the index holds.</summary>
    public IndexManifest Manifest { get; }

    /// <summary>The configuration it was built with.</summary>
    public JsonObject Config { get; }

    /// <summary>The passages.</summary>
    public PassageStore Passages { get; }

    /// <summary>Terms and postings.</summary>
    public InvertedIndex Terms { get; }

    /// <summary>The vectors; null when the index was built without an encoder.</summary>
    public VectorStore? Vectors { get; }

    /// <summary>Opens the generation that is published.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="verifyAll">Whether to check all of a large index too, which reads it whole.</param>
    /// <exception cref="DragomanException">There is no finished index at <paramref name="path"/>, or one of another version.</exception>
    /// <exception cref="DataFormatException">A file is missing, cut short or changed.</exception>
    public static SearchIndex Open(string path, bool verifyAll = false) => Open(path, verifyAll ? long.MaxValue : VerifiedBytes);

    /// <summary>Opens the generation that is published; an index up to a size is checked whole.</summary>
    internal static SearchIndex Open(string path, long verifiedBytes)
    {
        RequireIndex(path);
        return OpenUnfinished(path, verifiedBytes);
    }

    /// <summary>Opens an index whose folder may lack the mark of a finished stage yet.</summary>
    internal static SearchIndex OpenUnfinished(string path, long verifiedBytes = 0)
    {
        for (var published = IndexDatabase.Read(path); ;)
        {
            try
            {
                return Open(path, published, verifiedBytes);
            }
            catch (DataFormatException)
            {
                // A writer may have published the next generation and removed files of this one.
                var now = IndexDatabase.Read(path);
                if (now.Generation == published.Generation) throw;
                published = now;
            }
        }
    }

    /// <summary>Whether this is still what the folder has published: the same generation of the same index, not one of another that was put there.</summary>
    /// <exception cref="DragomanException">The folder is gone, or what is there cannot be read.</exception>
    public bool IsPublished()
    {
        RequireIndex(FolderPath);
        return IndexDatabase.Read(FolderPath).Digest().AsSpan().SequenceEqual(_digest);
    }

    /// <summary>Checks that there is an index of this version's layout.</summary>
    internal static void RequireIndex(string path)
    {
        StageFolder.RequireComplete(path, IndexFolder.Command);
        if (File.Exists(Path.Combine(path, IndexFolder.Database)) || Directory.Exists(Path.Combine(path, IndexFolder.Segments))) return;
        throw new DragomanException(File.Exists(Path.Combine(path, "passages.bin"))
            ? $"Index {path} was made by an older version of Dragoman, in a format that is not read any more; rebuild it with '{IndexFolder.Command}'."
            : $"{path} is not an index; make one with '{IndexFolder.Command}'.");
    }

    /// <summary>Checks that queries come from the analyzer that built the index.</summary>
    /// <param name="analyzer">The analyzer for queries.</param>
    /// <exception cref="IndexMismatchException">It is another one.</exception>
    public void Require(IAnalyzer analyzer)
    {
        if (analyzer.Identity != Manifest.Analyzer) throw new IndexMismatchException(FolderPath, "analyzer", Manifest.Analyzer, analyzer.Identity);
    }

    /// <summary>Checks that queries come from the encoder that built the index.</summary>
    /// <param name="encoder">The encoder for queries.</param>
    /// <exception cref="DragomanException">The index has no vectors.</exception>
    /// <exception cref="IndexMismatchException">It is another one.</exception>
    public void Require(ITextEncoder encoder)
    {
        if (Manifest.Encoder is null) throw new DragomanException($"Index {FolderPath} has no vectors; rebuild it with '{IndexFolder.Command} --model DIR'.");
        if (encoder.Identity != Manifest.Encoder) throw new IndexMismatchException(FolderPath, "encoder", Manifest.Encoder, encoder.Identity);
        if (encoder.Dimension != Manifest.Dimension)
            throw new DragomanException($"Index {FolderPath} has vectors of {Manifest.Dimension} numbers, the encoder {encoder.Identity} makes {encoder.Dimension}; rebuild with '{IndexFolder.Command}'.");
    }

    private static SearchIndex Open(string path, PublishedIndex published, long verifiedBytes)
    {
        var segments = new List<SegmentReader>();
        try
        {
            foreach (var segment in published.Segments) segments.Add(OpenSegment(path, segment));
            if (segments.Sum(segment => segment.Bytes) <= verifiedBytes) foreach (var segment in segments) segment.VerifyAll();
            return new SearchIndex(path, published, [.. segments]);
        }
        catch
        {
            foreach (var segment in segments) segment.Dispose();
            throw;
        }
    }

    /// <summary>Opens a segment and checks that it is the one that was published.</summary>
    internal static SegmentReader OpenSegment(string folder, PublishedSegment published)
    {
        var segment = new SegmentReader(IndexFolder.SegmentPath(folder, published.Number), published.Number);
        if (segment.Bytes == published.Bytes && segment.Checksum == published.Checksum && segment.Passages.Count == published.Passages) return segment;
        using (segment) throw segment.Damaged("it is not the file that was published");
    }

    /// <summary>The deleted passages of a published segment; null when there are none.</summary>
    internal static Tombstones? TombstonesOf(PublishedSegment published, SegmentReader segment) => published.Deleted.Length == 0 ? null
        : Tombstones.FromBytes(published.Deleted, published.Passages) ?? throw segment.Damaged("its list of deleted passages names one that is not there");

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var segment in _segments) segment.Dispose();
    }
}
