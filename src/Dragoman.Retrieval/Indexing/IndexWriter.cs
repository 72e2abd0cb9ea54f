using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Retrieval.Indexing.Publication;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// Changes an index: adds, replaces and deletes passages, merges segments. Nothing is seen by readers until <see cref="Publish"/>; disposing before that leaves the index as it was. One
/// writer at a time has an index. Not thread-safe.
/// </summary>
public sealed class IndexWriter : IDisposable
{
    private readonly string _folder;
    private readonly WriterLock _lock;
    private readonly IndexStorage _storage;
    private readonly IndexWriteOptions? _options;
    private readonly List<Working> _segments = [];
    private PublishedIndex _published;
    private IndexSettings _settings;
    private long _nextSegment, _added, _deleted;
    private bool _failed;

    private IndexWriter(string folder, IndexWriteOptions? options, PublishedIndex published, WriterLock writerLock, IndexStorage storage)
    {
        (_folder, _options, _published, _settings, _lock, _storage) = (folder, options, published, published.Settings, writerLock, storage);
        _nextSegment = published.NextSegment;
        IndexStorage.RemoveUnpublished(folder, published);
    }

    /// <summary>Opens an index for changes.</summary>
    /// <param name="path">The index folder.</param>
    /// <param name="options">How passages get in, with the analyzer and the encoder that built the index; null when none are to be added.</param>
    /// <exception cref="DragomanException">There is no such index, another writer is at work, or the encoder is missing or of another kind.</exception>
    /// <exception cref="IndexMismatchException">Analyzer or encoder are others than the index was built by.</exception>
    public static IndexWriter Open(string path, IndexWriteOptions? options = null) => Open(path, options, IndexStorage.Files);

    internal static IndexWriter Open(string path, IndexWriteOptions? options, IndexStorage storage)
    {
        SearchIndex.RequireIndex(path);
        if (options?.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Indexing", problems);
        var writerLock = new WriterLock(path);
        IndexWriter? writer = null;
        try
        {
            var published = IndexDatabase.Read(path);
            if (options is not null) RequireSame(path, published.Settings, options);
            writer = new IndexWriter(path, options, published, writerLock, storage);
            foreach (var segment in published.Segments)
            {
                var live = SearchIndex.OpenLive(path, segment);
                writer._segments.Add(new Working(live.Reader) { Deleted = live.Deleted, Weights = live.Weights, Graphs = live.Graphs });
            }
            return writer;
        }
        catch
        {
            if (writer is not null) writer.Dispose();
            else writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Makes a folder into an index without passages that is not published yet, or opens one to be built anew.</summary>
    internal static IndexWriter Build(string folder, IndexBuildOptions options, IndexStorage storage)
    {
        var settings = new IndexSettings(options.Analyzer.Identity, options.Encoder?.Identity, options.Encoder?.Dimension ?? 0, options.Precision, options.Config.ToJsonString(), options.Inputs?.ToJsonString(), options.Positions, options.Weigher?.Settings.ToJson(), options.Encoder is null ? null : options.Graphs?.ToJson());
        var writerLock = new WriterLock(folder);
        try
        {
            if (!File.Exists(Path.Combine(folder, IndexFolder.Database)))
            {
                Directory.CreateDirectory(Path.Combine(folder, IndexFolder.Segments));
                IndexDatabase.Create(folder);
                return new IndexWriter(folder, options, new PublishedIndex(0, 1, settings, []), writerLock, storage);
            }
            return new IndexWriter(folder, options, IndexDatabase.Read(folder), writerLock, storage) { _settings = settings };
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Number of passages that the index will hold when published.</summary>
    public int Count => _segments.Sum(segment => segment.Live.LiveCount);

    /// <summary>Adds passages.</summary>
    /// <param name="passages">The passages; ids must be unique among them.</param>
    /// <param name="replace">Whether a passage takes the place of one in the index with the same id; otherwise that is a failure.</param>
    /// <param name="progress">Receives the number of passages read so far, now and then.</param>
    /// <param name="cancellationToken">Stops the work; the writer cannot be used any more then.</param>
    /// <returns>How many were added, and how many of them took the place of another.</returns>
    /// <exception cref="DragomanException">A passage is refused: see the message. The writer cannot be used any more.</exception>
    public (long Added, long Replaced) Add(IEnumerable<Passage> passages, bool replace = false, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var options = _options ?? throw new InvalidOperationException("The writer was opened without an analyzer.");
        RequireUsable();
        var before = _segments.Count;
        var replaced = 0L;
        _failed = true;
        var added = new PassageIntake(options, _settings, (segment, first) => replaced += Write(segment, first, before, replace, cancellationToken)).Take(passages, progress, cancellationToken);
        _failed = false;
        _added += added;
        _deleted += replaced;
        return (added, replaced);
    }

    /// <summary>Deletes passages.</summary>
    /// <param name="passageIds">Their ids.</param>
    /// <returns>How many were there.</returns>
    public int Delete(IEnumerable<string> passageIds)
    {
        RequireUsable();
        var deleted = 0;
        foreach (var passageId in passageIds)
        {
            var id = Encoding.UTF8.GetBytes(passageId);
            foreach (var segment in _segments)
            {
                var passage = segment.Reader.Passages.Find(id);
                if (passage >= 0 && segment.Delete(passage)) deleted++;
            }
        }
        _deleted += deleted;
        return deleted;
    }

    /// <summary>Merges segments: those that the policy names, or all into one.</summary>
    /// <param name="all">Whether to merge all, as far as one segment can hold them, and to forget every deleted passage.</param>
    /// <param name="cancellationToken">Stops the work; what was merged before stays.</param>
    /// <returns>Whether anything was merged.</returns>
    public bool Merge(bool all = false, CancellationToken cancellationToken = default)
    {
        RequireUsable();
        var merged = false;
        for (var next = Mergeable(all); next.Count > 0; next = Mergeable(all && !merged))
        {
            Merge(next, cancellationToken);
            merged = true;
        }
        return merged;
    }

    /// <summary>Gives every passage weights of query terms in place of those the index has, so that PSQ-HMM need not look at every translation when it ranks.</summary>
    /// <param name="weigher">Gives the weights; null to remove those that are there.</param>
    /// <param name="memoryBytes">About how much memory the weights may take before they go to a file, in bytes, 1 or more.</param>
    /// <param name="threads">Number of threads, 1 or more; the weights do not depend on it.</param>
    /// <param name="progress">Receives the number of passages weighed so far, now and then.</param>
    /// <param name="cancellationToken">Stops the work; the writer cannot be used any more then.</param>
    /// <exception cref="DragomanException">The weights cannot be written. The writer cannot be used any more.</exception>
    public void Weigh(PassageWeigher? weigher, long memoryBytes, int threads, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        RequireUsable();
        _failed = true;
        var done = 0;
        foreach (var segment in _segments)
        {
            segment.Weights?.Dispose();
            segment.Weights = weigher is null ? null : Weigh(segment.Reader, weigher, memoryBytes, threads, cancellationToken);
            progress?.Report(done += segment.Reader.Passages.Count);
        }
        _settings = _settings with { Weights = weigher?.Settings.ToJson() };
        _failed = false;
    }

    /// <summary>Gives the vectors graphs of another kind than the index has, from the next publication on.</summary>
    /// <param name="options">How they are made; null for no graphs.</param>
    /// <exception cref="DragomanException">The index has no vectors, or an option is out of range.</exception>
    public void Graph(VectorGraphOptions? options)
    {
        RequireUsable();
        if (_settings.Encoder is null) throw new DragomanException($"Index {_folder} has no vectors to make graphs of; rebuild it with '{IndexFolder.Command} --model DIR'.");
        if (options?.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Indexing", problems);
        foreach (var segment in _segments)
        {
            segment.Graphs?.Dispose();
            segment.Graphs = null;
        }
        _settings = _settings with { Graphs = options?.ToJson() };
    }

    /// <summary>Publishes the changes as the next generation, at once and whole. Readers that are open keep theirs.</summary>
    /// <param name="operation">What was done, in a word, for the history.</param>
    /// <exception cref="DragomanException">The index would hold no passage, or cannot be written; what was published before stays.</exception>
    public void Publish(string operation)
    {
        RequireUsable();
        if (Count == 0) throw new DragomanException("The collection holds no passages; an index needs at least one.");
        Link(CancellationToken.None);
        var segments = _segments.Where(segment => segment.Live.LiveCount > 0).Select(segment =>
            new PublishedSegment(segment.Reader.Number, segment.Reader.Bytes, segment.Reader.Checksum, segment.Reader.Passages.Count, segment.Deleted?.ToBytes() ?? [],
                segment.Weights is { } weights ? new PublishedFile(weights.Number, weights.Bytes, weights.Checksum) : null,
                segment.Graphs is { } graphs ? new PublishedFile(graphs.Number, graphs.Bytes, graphs.Checksum) : null)).OrderBy(segment => segment.Number).ToArray();
        var next = new PublishedIndex(_published.Generation + 1, _nextSegment, _settings, segments);
        IndexDatabase.Publish(_folder, next, new PublicationNote(operation, _added, _deleted), TimeProvider.System.GetUtcNow());
        (_published, _added, _deleted) = (next, 0, 0);
        foreach (var empty in _segments.Where(segment => segment.Live.LiveCount == 0).ToArray()) Drop(empty);
        IndexStorage.RemoveUnpublished(_folder, _published);
    }

    /// <summary>Makes the graphs of vectors that are missing, which can take minutes for a million. <see cref="Publish"/> does it where it was not done: only then, as merging makes others.</summary>
    /// <param name="cancellationToken">Stops the work; graphs that are made already stay.</param>
    /// <exception cref="DragomanException">A graph cannot be written.</exception>
    public void Link(CancellationToken cancellationToken = default)
    {
        RequireUsable();
        if (_settings.Graphs is null) return;
        var options = VectorGraphOptions.FromJson(_settings.Graphs);
        foreach (var segment in _segments.Where(segment => segment.Graphs is null && segment.Live.LiveCount > 0))
        {
            var languages = segment.Reader.Description.Languages;
            var large = Enumerable.Range(0, languages.Count).Where(language => languages[language].Passages >= options.MinPassages).ToArray();
            if (large.Length > 0) segment.Graphs = _storage.WriteGraphs(_folder, _nextSegment++, segment.Reader, options.Links, writer => Fill(writer, segment.Reader, large));
        }

        void Fill(GraphFileWriter writer, SegmentReader segment, int[] large)
        {
            foreach (var language in large)
            {
                var (links, twins) = GraphBuilder.Build(segment.RowsFrom(segment.FirstOf(language)), segment.Description.Languages[language].Passages, options, _options?.Threads ?? Environment.ProcessorCount, cancellationToken);
                writer.Write(language, links, twins);
            }
        }
    }

    private long Write(SegmentBuilder builder, long first, int before, bool replace, CancellationToken cancellationToken)
    {
        var sorted = builder.SortedByIds();
        var replaced = 0L;
        for (var place = 0; place < _segments.Count; place++)
        {
            var segment = _segments[place];
            foreach (var (id, passage) in SharedIds.Of(segment.Reader.Passages, builder.Ids, sorted))
            {
                if (segment.Live.IsDeleted(passage)) continue;
                if (place >= before) throw PassageIntake.Twice(builder.Ids[id], first + id + 1);
                if (!replace) throw new DragomanException($"Passage id {builder.Ids[id]} is in the index already; replace passages (--replace) or give it another id.");
                segment.Delete(passage);
                replaced++;
            }
        }
        var written = new Working(_storage.WriteSegment(_folder, _nextSegment++, (stream, number) => builder.Write(stream, number, sorted)));
        _segments.Add(written);
        if (_options?.Weigher is { } weigher) written.Weights = Weigh(written.Reader, weigher, _options.MemoryBytes, _options.Threads, cancellationToken);
        return replaced;
    }

    private WeightsReader Weigh(SegmentReader segment, PassageWeigher weigher, long memoryBytes, int threads, CancellationToken cancellationToken)
    {
        var builder = new WeightsBuilder(segment, weigher, memoryBytes, threads, Spill);
        return _storage.WriteWeights(_folder, _nextSegment++, segment.Number, writer => builder.Write(writer, cancellationToken));

        TemporaryWeights Spill(Action<WeightsFileWriter> write)
        {
            var number = _nextSegment++;
            return new TemporaryWeights(_storage.WriteWeights(_folder, number, segment.Number, write), IndexFolder.WeightsPath(_folder, number));
        }
    }

    private IReadOnlyList<LiveSegment> Mergeable(bool all)
    {
        var live = _segments.Select(segment => segment.Live).Where(segment => segment.LiveCount > 0).ToArray();
        if (!all) return MergePolicy.Next(live);
        var fitting = live.OrderBy(segment => segment.LiveCount).TakeWhile((_, place) => live.OrderBy(segment => segment.LiveCount).Take(place + 1).Sum(segment => (long)segment.LiveCount) <= MergePolicy.MaxPassages).ToArray();
        return fitting.Length > 1 || fitting is [{ Deleted: not null }] ? [.. fitting.OrderBy(segment => segment.Reader.Number)] : [];
    }

    private void Merge(IReadOnlyList<LiveSegment> sources, CancellationToken cancellationToken)
    {
        var merged = new Working(_storage.WriteSegment(_folder, _nextSegment++, (stream, number) => SegmentMerger.Merge(sources, _settings.Positions, stream, number, cancellationToken)));
        try
        {
            if (_settings.Weights is not null) merged.Weights = _storage.WriteWeights(_folder, _nextSegment++, merged.Reader.Number, writer => WeightsMerger.Merge(sources, merged.Reader, writer, cancellationToken));
        }
        catch
        {
            merged.Dispose();
            throw;
        }
        foreach (var source in _segments.Where(segment => sources.Any(source => source.Reader == segment.Reader)).ToArray()) Drop(source);
        _segments.Add(merged);
    }

    private void Drop(Working segment)
    {
        _segments.Remove(segment);
        segment.Dispose();
    }

    private void RequireUsable()
    {
        if (_failed) throw new InvalidOperationException("The writer failed before; open another one.");
    }

    private static void RequireSame(string path, IndexSettings settings, IndexWriteOptions options)
    {
        if (options.Analyzer.Identity != settings.Analyzer) throw new IndexMismatchException(path, "analyzer", settings.Analyzer, options.Analyzer.Identity);
        if (settings.Encoder is not null && options.Encoder is null) throw new DragomanException($"Index {path} has vectors by {settings.Encoder}; name the encoder's folder with --model DIR.");
        if (settings.Encoder is null && options.Encoder is not null) throw new DragomanException($"Index {path} has no vectors; leave the encoder out, or rebuild it with '{IndexFolder.Command} --model DIR'.");
        if (options.Encoder?.Identity is { } identity && identity != settings.Encoder) throw new IndexMismatchException(path, "encoder", settings.Encoder!, identity);
        RequireSameWeights(path, settings, options.Weigher);
    }

    private static void RequireSameWeights(string path, IndexSettings settings, PassageWeigher? weigher)
    {
        var weights = settings.Weights is null ? null : TermWeightSettings.FromJson(settings.Weights);
        if (weights is null && weigher is null) return;
        if (weights is null) throw new DragomanException($"Index {path} has no PSQ weights; make them for all its passages with '{IndexFolder.Command} psq'.");
        if (weigher is null) throw new DragomanException($"Index {path} has PSQ weights made from the tables in {weights.Folder}; passages are added with those tables, or remove the weights with '{IndexFolder.Command} psq --remove'.");
        if (weights.Difference(weigher.Settings) is { } difference)
            throw new DragomanException($"The PSQ weights of index {path} do not fit those of new passages: {difference}. Make all anew with '{IndexFolder.Command} psq', or remove them with '{IndexFolder.Command} psq --remove'.");
    }

    /// <summary>Lets go of the index; what was not published is removed.</summary>
    public void Dispose()
    {
        foreach (var segment in _segments) segment.Dispose();
        _segments.Clear();
        IndexStorage.RemoveUnpublished(_folder, _published);
        _lock.Dispose();
    }

    /// <summary>A segment, published or not, with the passages deleted so far.</summary>
    private sealed class Working(SegmentReader reader) : IDisposable
    {
        internal SegmentReader Reader => reader;

        internal Tombstones? Deleted { get; set; }

        internal WeightsReader? Weights { get; set; }

        internal GraphReader? Graphs { get; set; }

        internal LiveSegment Live => new(reader, Deleted, Weights, Graphs);

        internal bool Delete(int passage) => (Deleted ??= new Tombstones(reader.Passages.Count)).Add(passage);

        public void Dispose() => Live.Dispose();
    }
}
