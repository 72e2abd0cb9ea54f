using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Dense;

/// <summary>Scores every row: blocks of rows shared among the processors, every block multiplied with all queries while it is in the cache.</summary>
/// <param name="index">The index.</param>
/// <param name="selection">The passages that take part.</param>
internal sealed class RowScan(SearchIndex index, PassageSelection selection)
{
    private const int RowsPerBlock = 64, QueriesPerBlock = 256, BlocksPerStep = 8;
    private readonly VectorStore _vectors = index.Vectors!;

    /// <summary>Finds passages.</summary>
    /// <param name="partitions">The partitions to read.</param>
    /// <param name="queries">Queries, shape [Q, dimension].</param>
    /// <param name="depth">Most passages to offer of a query.</param>
    /// <param name="best">Is offered what was found, one for every query.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal void Run(IReadOnlyList<IndexPartition> partitions, float[] queries, int depth, TopPassages[] best, CancellationToken cancellationToken)
    {
        var steps = partitions.SelectMany(partition => Enumerable.Range(0, (partition.Count + StepRows - 1) / StepRows).Select(step => (partition, First: step * StepRows))).ToArray();
        ParallelWork.Run(() => Parallel.For(0, steps.Length, new ParallelOptions { CancellationToken = cancellationToken },
            () => new Worker(Array.ConvertAll(best, _ => new TopPassages(depth, index.Passages)), new float[RowsPerBlock * _vectors.Dimension], new float[Math.Min(QueriesPerBlock, best.Length) * RowsPerBlock]),
            (step, _, worker) =>
            {
                var (partition, first) = steps[step];
                for (var start = first; start < Math.Min(first + StepRows, partition.Count); start += RowsPerBlock) ScoreBlock(partition, start, queries, worker);
                return worker;
            },
            worker =>
            {
                lock (best)
                {
                    for (var query = 0; query < best.Length; query++) best[query].Offer(worker.Best[query]);
                }
            }));
    }

    private static int StepRows => RowsPerBlock * BlocksPerStep;

    private void ScoreBlock(IndexPartition partition, int first, float[] queries, Worker worker)
    {
        var count = Math.Min(RowsPerBlock, partition.Count - first);
        if (selection.Filter?.Within(partition.FirstOrdinal + first, count).IsEmpty == true) return;
        var (rows, dimension, admitsAll) = (VectorStore.RowsOf(partition), _vectors.Dimension, selection.AdmitsAll(partition));
        for (var start = 0; start < worker.Best.Length; start += QueriesPerBlock)
        {
            var end = Math.Min(worker.Best.Length, start + QueriesPerBlock);
            rows.Score(queries.AsSpan((start * dimension)..(end * dimension)), first, count, worker.Rows, worker.Scores);
            for (var query = start; query < end; query++) Offer(partition, first, worker.Scores.AsSpan((query - start) * count, count), admitsAll, worker.Best[query]);
        }
    }

    private void Offer(IndexPartition partition, int first, ReadOnlySpan<float> scores, bool admitsAll, TopPassages best)
    {
        var threshold = best.Threshold;
        for (var row = 0; row < scores.Length; row++)
        {
            if (scores[row] < threshold || !(admitsAll || selection.Admits(partition, first + row))) continue;
            best.Offer(partition.FirstOrdinal + first + row, scores[row]);
            threshold = best.Threshold;
        }
    }

    private sealed record Worker(TopPassages[] Best, float[] Rows, float[] Scores);
}
