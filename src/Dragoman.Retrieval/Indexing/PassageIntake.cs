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
    private const int PassagesPerBatch = 512, CharactersPerBatch = 1 << 20, PassagesPerReport = 500;
    private readonly Queue<Task<AnalysedBatch>> _working = [];
    private readonly int _dimension = options.Encoder?.Dimension ?? 0;
    private SegmentBuilder _segment = new(options.Encoder?.Dimension ?? 0, settings.Precision, settings.Positions);
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
                _working.Enqueue(Task.Run(() => AnalysedBatch.Of(batch, options.Analyzer, settings.Positions), CancellationToken.None));
                if (_working.Count > options.Threads) PutTogether(progress, cancellationToken);
            }
            while (_working.Count > 0) PutTogether(progress, cancellationToken);
            if (_segment.Count > 0) Flush();
            return _added;
        }
        finally
        {
            // After a failure, nothing goes on behind the caller's back.
            foreach (var task in _working) task.ContinueWith(static ended => ended.Exception, TaskScheduler.Default).Wait(CancellationToken.None);
        }
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
        var numbers = new TermNumbers(batch.Vocabulary.Count);
        for (var place = 0; place < batch.Passages.Count; place++)
        {
            if (!_segment.Add(batch, place, numbers, rows[place])) throw Twice(batch.Passages[place].Id, _added + 1);
            if (++_added % PassagesPerReport == 0) progress?.Report((int)_added);
            if (_segment.MemoryBytes < options.MemoryBytes) continue;
            Flush();
            numbers = new TermNumbers(batch.Vocabulary.Count);
        }
    }

    /// <summary>The failure for an id that two of the passages have.</summary>
    internal static DragomanException Twice(string id, long place) => new($"Passage id {id} occurs twice (again as passage {place}); ids must be unique in a collection.");

    private void Flush()
    {
        flush(_segment, _added - _segment.Count);
        _segment = new SegmentBuilder(_dimension, settings.Precision, settings.Positions);
    }

    private byte[][] Encode(AnalysedBatch batch, CancellationToken cancellationToken)
    {
        var kept = new byte[batch.Passages.Count][];
        Array.Fill(kept, []);
        if (options.Encoder is not { } encoder) return kept;
        var rows = new float[options.EncodingBatch * _dimension];
        for (var first = 0; first < kept.Length; first += options.EncodingBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var texts = batch.Passages.Skip(first).Take(options.EncodingBatch).Select(passage => passage.FullText).ToArray();
            encoder.Encode(texts, rows.AsSpan(0, texts.Length * _dimension));
            for (var place = 0; place < texts.Length; place++)
            {
                kept[first + place] = VectorRows.Write(rows.AsSpan(place * _dimension, _dimension), settings.Precision)
                    ?? throw new DragomanException($"The encoder gave passage {batch.Passages[first + place].Id} a vector with a number that is not finite, or too large for the form it is kept in; check the model's weights.");
            }
        }
        return kept;
    }
}
