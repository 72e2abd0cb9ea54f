using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Retrieval.Indexing.Publication;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Indexing.Weights;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// A generation of an index, opened for reading: what is published later, or while it is open, does not change it, and it holds up no writer. Thread-safe until disposed.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Indexes up to this size are checked whole on opening: 64 MiB. Of larger ones a page is checked when it is first read, or all with <c>verifyAll</c>.</summary>
    public const long VerifiedBytes = 64L << 20;

    private readonly LiveSegment[] _segments;
    private readonly byte[] _digest;

    private SearchIndex(string path, PublishedIndex published, LiveSegment[] live)
    {
        _digest = published.Digest();
        _segments = live;
        FolderPath = path;
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
            Weights = SummaryOf(settings, live),
            Graphs = settings.Graphs is { } graphs ? new VectorGraphSummary(VectorGraphOptions.FromJson(graphs), live.Sum(segment => segment.Graphs?.Passages ?? 0), live.Sum(segment => segment.Graphs?.Bytes ?? 0)) : null,
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
        var segments = new List<LiveSegment>();
        try
        {
            foreach (var segment in published.Segments) segments.Add(OpenLive(path, segment));
            if (segments.Sum(segment => segment.Reader.Bytes + (segment.Weights?.Bytes ?? 0) + (segment.Graphs?.Bytes ?? 0)) <= verifiedBytes)
            {
                foreach (var segment in segments)
                {
                    segment.Reader.VerifyAll();
                    segment.Weights?.VerifyAll();
                    segment.Graphs?.VerifyAll();
                }
            }
            return new SearchIndex(path, published, [.. segments]);
        }
        catch
        {
            foreach (var segment in segments) segment.Dispose();
            throw;
        }
    }

    /// <summary>Opens a segment with its weights, graphs and tombstones, and checks that they are what was published.</summary>
    internal static LiveSegment OpenLive(string folder, PublishedSegment published)
    {
        var segment = OpenSegment(folder, published);
        WeightsReader? weights = null;
        try
        {
            weights = published.Weights is { } weightsFile ? OpenWeights(folder, weightsFile, published.Number) : null;
            return new LiveSegment(segment, TombstonesOf(published, segment), weights, published.Graphs is { } graphsFile ? OpenGraphs(folder, graphsFile, segment) : null);
        }
        catch
        {
            segment.Dispose();
            weights?.Dispose();
            throw;
        }
    }

    private static GraphReader OpenGraphs(string folder, PublishedFile published, SegmentReader segment)
    {
        var graphs = new GraphReader(IndexFolder.GraphsPath(folder, published.Number), published.Number, segment);
        if (graphs.Bytes == published.Bytes && graphs.Checksum == published.Checksum) return graphs;
        using (graphs) throw graphs.Damaged("it is not the file that was published");
    }

    private static WeightsReader OpenWeights(string folder, PublishedFile published, long segment)
    {
        var weights = new WeightsReader(IndexFolder.WeightsPath(folder, published.Number), published.Number, segment);
        if (weights.Bytes == published.Bytes && weights.Checksum == published.Checksum) return weights;
        using (weights) throw weights.Damaged("it is not the file that was published");
    }

    private static SegmentReader OpenSegment(string folder, PublishedSegment published)
    {
        var segment = new SegmentReader(IndexFolder.SegmentPath(folder, published.Number), published.Number);
        if (segment.Bytes == published.Bytes && segment.Checksum == published.Checksum && segment.Passages.Count == published.Passages) return segment;
        using (segment) throw segment.Damaged("it is not the file that was published");
    }

    /// <summary>The deleted passages of a published segment; null when there are none.</summary>
    private static Tombstones? TombstonesOf(PublishedSegment published, SegmentReader segment) => published.Deleted.Length == 0 ? null
        : Tombstones.FromBytes(published.Deleted, published.Passages) ?? throw segment.Damaged("its list of deleted passages names one that is not there");

    private static WeightsSummary? SummaryOf(IndexSettings settings, LiveSegment[] segments)
    {
        if (settings.Weights is null) return null;
        var pairs = segments.SelectMany(segment => segment.Weights?.Pairs ?? []).GroupBy(pair => (pair.Description.PassageLanguage, pair.Description.QueryLanguage))
            .Select(pair => new PairCount(pair.Key.PassageLanguage, pair.Key.QueryLanguage, pair.Sum(part => part.Description.Postings)))
            .OrderBy(pair => pair.PassageLanguage, StringComparer.Ordinal).ThenBy(pair => pair.QueryLanguage, StringComparer.Ordinal);
        return new WeightsSummary(TermWeightSettings.FromJson(settings.Weights), [.. pairs], segments.Sum(segment => segment.Weights?.Bytes ?? 0));
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var segment in _segments) segment.Dispose();
    }
}
