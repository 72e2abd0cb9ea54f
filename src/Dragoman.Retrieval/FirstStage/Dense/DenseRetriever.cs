using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Dense;

/// <summary>
/// Ranks passages by the dot product of their vector and the query's: exact search over all rows, blocks of rows shared among the processors, every block
/// scored for all queries while it is in the cache. A query whose vector is zero (no known token) finds nothing. Thread-safe when the encoder is.
/// </summary>
public sealed class DenseRetriever : IRetriever
{
    private const int RowsPerBlock = 256;
    private readonly SearchIndex _index;
    private readonly VectorStore _vectors;
    private readonly ITextEncoder _encoder;

    /// <summary>Creates a retriever over an index.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="encoder">Turns queries into vectors; of the identity that built the index. The caller owns it.</param>
    /// <exception cref="DragomanException">The index has no vectors.</exception>
    /// <exception cref="IndexMismatchException">The encoder is another one than the index was built by.</exception>
    public DenseRetriever(SearchIndex index, ITextEncoder encoder)
    {
        index.Require(encoder);
        _index = index;
        _vectors = index.Vectors!;
        _encoder = encoder;
    }

    /// <inheritdoc/>
    public string Name => "dense";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var selection = PassageSelection.Of(_index, options);
        var queryRows = new float[queries.Count * _vectors.Dimension];
        _encoder.EncodeQueries(queries.Select(query => query.Text).ToArray(), queryRows);
        return Search(queryRows, options.Depth, selection, cancellationToken);
    }

    /// <summary>Retrieves for vectors, shape [queries, dimension]; a zero row finds nothing.</summary>
    internal RankedPassage[][] Search(float[] queryRows, int depth, PassageSelection selection, CancellationToken cancellationToken)
    {
        var queries = Enumerable.Range(0, queryRows.Length / _vectors.Dimension).Where(query => RowOf(queryRows, query).ContainsAnyExcept(0f)).ToArray();
        var best = NewHeaps(queries.Length, depth);
        var blocks = selection.Partitions.SelectMany(partition => Enumerable.Range(0, (partition.Count + RowsPerBlock - 1) / RowsPerBlock).Select(block => (partition, First: block * RowsPerBlock))).ToArray();
        ParallelWork.Run(() => Parallel.For(0, queries.Length == 0 ? 0 : blocks.Length, new ParallelOptions { CancellationToken = cancellationToken },
            () => new Worker(NewHeaps(queries.Length, depth), new float[RowsPerBlock * _vectors.Dimension]),
            (block, _, worker) =>
            {
                ScoreBlock(blocks[block].partition, blocks[block].First, queries, queryRows, selection, worker);
                return worker;
            },
            worker =>
            {
                lock (best)
                {
                    for (var query = 0; query < best.Length; query++) best[query].Offer(worker.Best[query]);
                }
            }));
        var rankings = new RankedPassage[queryRows.Length / _vectors.Dimension][];
        Array.Fill(rankings, []);
        for (var query = 0; query < queries.Length; query++) rankings[queries[query]] = best[query].Take();
        return rankings;
    }

    private void ScoreBlock(IndexPartition partition, int first, int[] queries, float[] queryRows, PassageSelection selection, Worker worker)
    {
        var count = Math.Min(RowsPerBlock, partition.Count - first);
        if (selection.Filter?.Within(partition.FirstOrdinal + first, count).IsEmpty == true) return;
        _vectors.Read(partition, first, count, worker.Rows);
        for (var row = 0; row < count; row++)
        {
            if (!selection.Admits(partition, first + row)) continue;
            var vector = RowOf(worker.Rows, row);
            for (var query = 0; query < queries.Length; query++)
                worker.Best[query].Offer(partition.FirstOrdinal + first + row, TensorPrimitives.Dot(RowOf(queryRows, queries[query]), vector));
        }
    }

    private ReadOnlySpan<float> RowOf(float[] rows, int row) => rows.AsSpan(row * _vectors.Dimension, _vectors.Dimension);

    private TopPassages[] NewHeaps(int count, int depth)
    {
        var heaps = new TopPassages[count];
        for (var heap = 0; heap < count; heap++) heaps[heap] = new TopPassages(depth, _index.Passages);
        return heaps;
    }

    private sealed record Worker(TopPassages[] Best, float[] Rows);
}
