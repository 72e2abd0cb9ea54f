using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Publication;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// Turns a stream of passages into segments in memory: batches are analysed by several threads at once, and put together in their order by the caller's, so that what comes out depends
/// on the passages alone. Not thread-safe.
/// </summary>
/// <param name="options">Analyzer, encoder, threads and memory.</param>
/// <param name="settings">How the index keeps vectors and positions.</param>
/// <param name="flush">Told of every segment that is full, with the number of passages before it.</param>
internal sealed class PassageIntake(IndexWriteOptions options, IndexSettings settings, Action<SegmentBuilder, long> flush)
{
    private const int PassagesPerBatch = 2048, CharactersPerBatch = 1 << 20, PassagesPerReport = 500;
    private readonly Queue<Task<AnalysedBatch>> _working = [];
    private readonly Stack<AnalysedBatch> _spare = [];
    private readonly TermNumbers _numbers = new();
    private readonly int _dimension = options.Encoder?.Dimension ?? 0;
    // While one segment is written, the next is gathered.
    private readonly long _bytesPerSegment = options.MemoryBytes / 2;
    private SegmentBuilder _segment = NewSegment(options, settings), _other = NewSegment(options, settings);
    private Task _writing = Task.CompletedTask;
    private long _read, _added;

    /// <summary>Takes all passages in.</summary>
    /// <returns>Their number.</returns>
    /// <exception cref="DragomanException">A passage is refused.</exception>
    internal long Take(IEnumerable<Passage> passages, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in Batches(passages, cancellationToken))
            {
                var analysed = _spare.TryPop(out var spare) ? spare : new AnalysedBatch();
                _working.Enqueue(Task.Run(() => Analyse(analysed, batch), CancellationToken.None));
                if (_working.Count > options.Threads) PutTogether(progress, cancellationToken);
            }
            while (_working.Count > 0) PutTogether(progress, cancellationToken);
            if (_segment.Count > 0) Flush();
            _writing.GetAwaiter().GetResult();
            return _added;
        }
        finally
        {
            // After a failure, nothing goes on behind the caller's back.
            foreach (var task in _working.Append(_writing)) task.ContinueWith(static ended => ended.Exception, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    private AnalysedBatch Analyse(AnalysedBatch batch, List<Passage> passages)
    {
        batch.Analyse(passages, options.Analyzer, settings.Positions);
        return batch;
    }

    private IEnumerable<List<Passage>> Batches(IEnumerable<Passage> passages, CancellationToken cancellationToken)
    {
        var (batch, characters) = (new List<Passage>(), 0L);
        foreach (var passage in passages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Add(PassageRules.Check(passage, ++_read));
            characters += passage.Title.Length + passage.Text.Length;
            if (batch.Count < PassagesPerBatch && characters < CharactersPerBatch) continue;
            yield return batch;
            (batch, characters) = ([], 0);
        }
        if (batch.Count > 0) yield return batch;
    }

    private void PutTogether(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var batch = _working.Dequeue().GetAwaiter().GetResult();
        var rows = Encode(batch, cancellationToken);
        _numbers.Reset(batch.Vocabulary.Count);
        if (_segment.MemoryBytes + _segment.MostBytes(batch, rows) < _bytesPerSegment) _segment.Expect(batch, _numbers);
        for (var place = 0; place < batch.Passages.Count; place++)
        {
            if (!_segment.Add(batch, place, _numbers, rows[place])) throw Twice(batch.Passages[place].Id, _added + 1);
            if (++_added % PassagesPerReport == 0) progress?.Report((int)_added);
            if (_segment.MemoryBytes < _bytesPerSegment) continue;
            Flush();
            _numbers.Reset(batch.Vocabulary.Count);
        }
        _spare.Push(batch);
    }

    /// <summary>The failure for an id that two of the passages have.</summary>
    internal static DragomanException Twice(string id, long place) => new($"Passage id {id} occurs twice (again as passage {place}); ids must be unique in a collection.");

    private void Flush()
    {
        _writing.GetAwaiter().GetResult();
        var (full, first) = (_segment, _added - _segment.Count);
        (_segment, _other) = (_other, full);
        _writing = Task.Run(() =>
        {
            flush(full, first);
            full.Clear();
        });
    }

    private static SegmentBuilder NewSegment(IndexWriteOptions options, IndexSettings settings) => new(options.Encoder?.Dimension ?? 0, settings.Precision, settings.Positions);

    private byte[][] Encode(AnalysedBatch batch, CancellationToken cancellationToken)
    {
        var kept = new byte[batch.Passages.Count][];
        Array.Fill(kept, []);
        if (options.Encoder is not { } encoder) return kept;
        var rows = new float[Math.Min(options.EncodingBatch, kept.Length) * _dimension];
        for (var first = 0; first < kept.Length; first += options.EncodingBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var passages = batch.Passages.Skip(first).Take(options.EncodingBatch).ToArray();
            if (options.Vectors is { } made) made.Read(passages, rows.AsSpan(0, passages.Length * _dimension));
            else encoder.Encode([.. passages.Select(passage => passage.FullText)], rows.AsSpan(0, passages.Length * _dimension));
            for (var place = 0; place < passages.Length; place++)
            {
                kept[first + place] = VectorRows.Write(rows.AsSpan(place * _dimension, _dimension), settings.Precision)
                    ?? throw new DragomanException($"The encoder gave passage {batch.Passages[first + place].Id} a vector with a number that is not finite, or too large for the form it is kept in; check the model's weights.");
            }
        }
        return kept;
    }
}
