using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Models.Encoders;

namespace Dragoman.Retrieval.FirstStage.Dense;

/// <summary>Who searches, and where.</summary>
/// <param name="Query">The query.</param>
/// <param name="Languages">Languages of the passages that it searches.</param>
public sealed record StreamedQuery(Query Query, IReadOnlySet<string> Languages);

/// <summary>
/// Searches passages with an encoder, without an index: passages are encoded in blocks as they are read, and of each query only the best are kept, so that memory holds the queries' vectors, one block of passages' and
/// the lists. For a model that changes, or is looked at once.
/// </summary>
public sealed class StreamedSearch
{
    private readonly ITextEncoder _encoder;
    private readonly IReadOnlyList<StreamedQuery> _queries;
    private readonly int _depth, _block;

    /// <summary>Prepares a search; nothing is encoded.</summary>
    /// <param name="encoder">The encoder; stays the caller's.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="depth">Passages kept for each query, 1 or more.</param>
    /// <param name="blockPassages">Passages encoded at once, 1 or more.</param>
    public StreamedSearch(ITextEncoder encoder, IReadOnlyList<StreamedQuery> queries, int depth, int blockPassages = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockPassages);
        (_encoder, _queries, _depth, _block) = (encoder, queries, depth, blockPassages);
    }

    /// <summary>Passages that were searched last: those in a language of a query.</summary>
    public int Passages { get; private set; }

    /// <summary>Most bytes of vectors, scores and lists that the last search held at once.</summary>
    public long BufferBytes => sizeof(float) * (long)_encoder.Dimension * (_queries.Count + Math.Min(_block, Passages)) + _queries.Count * (long)Math.Min(_depth, Passages) * BestPassages.BytesOfEntry;

    /// <summary>The queries' vectors as the encoder makes them now, shape [queries, dimension].</summary>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public float[] EncodeQueries(CancellationToken cancellationToken = default)
    {
        var width = _encoder.Dimension;
        var vectors = new float[(long)_queries.Count * width];
        for (var first = 0; first < _queries.Count; first += _block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = _queries.Skip(first).Take(_block).Select(query => query.Query.Text).ToList();
            _encoder.EncodeQueries(part, vectors.AsSpan(first * width, part.Count * width));
        }
        return vectors;
    }

    /// <summary>Searches.</summary>
    /// <param name="queryRows">What <see cref="EncodeQueries"/> gave.</param>
    /// <param name="passages">The passages, read once.</param>
    /// <param name="encoded">Told of each passage and its vector, which is gone afterwards; null for nobody.</param>
    /// <param name="progress">Told of the passages searched so far.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>For each query its best passages, as a run is sorted.</returns>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Search(
        float[] queryRows, IEnumerable<Passage> passages, Action<Passage, ReadOnlyMemory<float>>? encoded = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queryRows);
        ArgumentNullException.ThrowIfNull(passages);
        var width = _encoder.Dimension;
        var languages = _queries.SelectMany(query => query.Languages).ToHashSet(StringComparer.Ordinal);
        var best = _queries.Select(_ => new BestPassages(_depth)).ToArray();
        var vectors = Array.Empty<float>();
        Passages = 0;
        foreach (var block in passages.Where(passage => languages.Contains(passage.Language)).Chunk(_block))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (vectors.Length < block.Length * width) vectors = new float[block.Length * width];
            _encoder.Encode([.. block.Select(passage => passage.FullText)], vectors.AsSpan(0, block.Length * width));
            Parallel.For(0, _queries.Count, new ParallelOptions { CancellationToken = cancellationToken }, query =>
            {
                var row = queryRows.AsSpan(query * width, width);
                for (var at = 0; at < block.Length; at++)
                    if (_queries[query].Languages.Contains(block[at].Language)) best[query].Offer(block[at].Id, TensorPrimitives.Dot<float>(row, vectors.AsSpan(at * width, width)));
            });
            if (encoded is not null)
                for (var at = 0; at < block.Length; at++) encoded(block[at], vectors.AsMemory(at * width, width));
            Passages += block.Length;
            progress?.Report(Passages);
        }
        return [.. best.Select(list => list.Take())];
    }

    /// <summary>Keeps the best passages of a query: score descending, ties by id descending, as a run is sorted.</summary>
    private sealed class BestPassages(int depth)
    {
        /// <summary>What an entry takes: a reference, a score, and the place in the queue.</summary>
        internal const int BytesOfEntry = 32;

        private static readonly Comparer<(float Score, string Id)> WorstFirst = Comparer<(float Score, string Id)>.Create((left, right) =>
            left.Score != right.Score ? left.Score.CompareTo(right.Score) : string.CompareOrdinal(left.Id, right.Id));
        private readonly PriorityQueue<string, (float Score, string Id)> _kept = new(WorstFirst);

        internal void Offer(string id, float score)
        {
            if (_kept.Count < depth) _kept.Enqueue(id, (score, id));
            else if (_kept.TryPeek(out _, out var worst) && score >= worst.Score) _kept.EnqueueDequeue(id, (score, id));
        }

        /// <summary>The ranking, best first; nothing is left.</summary>
        internal RankedPassage[] Take()
        {
            var ranking = new RankedPassage[_kept.Count];
            while (_kept.TryDequeue(out var id, out var key)) ranking[_kept.Count] = new RankedPassage(id, key.Score);
            return ranking;
        }
    }
}
