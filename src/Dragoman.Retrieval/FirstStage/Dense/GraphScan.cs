using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Dense;

/// <summary>Finds the nearest passages through graphs, queries shared among the processors.</summary>
/// <param name="selection">The passages that take part.</param>
/// <param name="dimension">Length of a vector.</param>
internal sealed class GraphScan(PassageSelection selection, int dimension)
{
    /// <summary>Finds passages.</summary>
    /// <param name="partitions">Partitions with graphs.</param>
    /// <param name="queries">Queries, shape [Q, dimension].</param>
    /// <param name="breadth">Vectors to keep on the way.</param>
    /// <param name="depth">Passages that matter of a query.</param>
    /// <param name="best">Is offered what was found, one for every query.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal void Run(IReadOnlyList<IndexPartition> partitions, float[] queries, int breadth, int depth, TopPassages[] best, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0) return;
        // One query alone is shared by its partitions.
        ParallelWork.Run(() => Parallel.For(0, best.Length * partitions.Count, new ParallelOptions { CancellationToken = cancellationToken }, work =>
        {
            var (query, partition) = (work / partitions.Count, partitions[work % partitions.Count]);
            Func<int, bool>? admits = selection.AdmitsAll(partition) ? null : passage => selection.Admits(partition, passage);
            var found = new List<(int Passage, float Score)>(breadth);
            partition.Graph!.Search(queries.AsSpan(query * dimension, dimension), breadth, depth, admits, (passage, score) => found.Add((passage, score)));
            lock (best[query])
            {
                foreach (var (passage, score) in found) best[query].Offer(partition.FirstOrdinal + passage, score);
            }
        }));
    }
}
