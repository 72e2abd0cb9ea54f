using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>
/// Makes the graph of a partition. Nodes go in by batches, in an order that only looks random: each of a batch looks for neighbours in the graph of all batches before and, row by row, among its batch; then
/// the links are made, every node's by one thread. So the graph depends on the vectors alone, not on the number of threads, and is no worse than one made node by node.
/// </summary>
internal sealed class GraphBuilder
{
    private const int NodesPerBatch = 1024, RowsPerBlock = 64;
    private readonly PartitionRows _rows;
    private readonly VectorGraphOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly ConcurrentBag<Worker> _workers = [];
    private readonly GraphLinks _links;
    private readonly int _count;

    private GraphBuilder(PartitionRows rows, int count, VectorGraphOptions options, int threads, CancellationToken cancellationToken)
    {
        (_rows, _count, _options) = (rows, count, options);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        _links = new GraphLinks(count, options.Links);
    }

    /// <summary>Makes a graph.</summary>
    /// <param name="rows">The vectors.</param>
    /// <param name="count">Their number.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">Number of threads; the graph does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The links, and for every node the next with the very same vector, or -1; of those only the first is in the graph.</returns>
    internal static (GraphLinks Links, int[] Twins) Build(PartitionRows rows, int count, VectorGraphOptions options, int threads, CancellationToken cancellationToken)
    {
        var twins = GraphTwins.Of(rows, count, out var firsts);
        var builder = new GraphBuilder(rows, count, options, threads, cancellationToken);
        Array.Sort(Array.ConvertAll(firsts, node => GraphRandom.Of(node, 0)), firsts);
        foreach (var batch in firsts.Chunk(NodesPerBatch)) builder.Insert(batch);
        return (builder._links, twins);
    }

    private void Insert(int[] batch)
    {
        var vectors = new float[batch.Length * _rows.Dimension];
        for (var place = 0; place < batch.Length; place++) VectorOf(batch[place], place).CopyTo(vectors.AsSpan(place * _rows.Dimension));
        // On every level of every node of the batch, the neighbours chosen for it.
        var chosen = new (int Node, float Score)[batch.Length][][];
        ParallelWork.Run(() => Parallel.For(0, (batch.Length + RowsPerBlock - 1) / RowsPerBlock, _parallel, TakeWorker, (block, _, worker) =>
        {
            var (start, end) = (block * RowsPerBlock, Math.Min(batch.Length, (block + 1) * RowsPerBlock));
            var mates = new float[(end - start) * batch.Length];
            DotProducts.OfAll(vectors.AsSpan((start * _rows.Dimension)..(end * _rows.Dimension)), vectors, _rows.Dimension, mates);
            for (var place = start; place < end; place++)
                chosen[place] = Choose(batch, place, vectors.AsSpan(place * _rows.Dimension, _rows.Dimension), mates.AsSpan((place - start) * batch.Length, batch.Length), worker);
            return worker;
        }, _workers.Add));
        Link(batch, chosen);
        foreach (var node in batch) _links.Enter(node);

        ReadOnlySpan<float> VectorOf(int node, int place) => _rows.Vector(node, vectors.AsSpan(place * _rows.Dimension, _rows.Dimension));
    }

    private (int, float)[][] Choose(int[] batch, int place, ReadOnlySpan<float> vector, ReadOnlySpan<float> mates, Worker worker)
    {
        var level = _links.Levels[batch[place]];
        var chosen = new (int, float)[level + 1][];
        worker.Entries.Clear();
        if (_links.TopLevel >= 0) worker.Entries.Add(worker.Search.Descend(vector, level));
        for (var on = (int)level; on >= 0; on--)
        {
            worker.Candidates.Clear();
            if (on <= _links.TopLevel)
            {
                worker.Search.Level(vector, CollectionsMarshal.AsSpan(worker.Entries), on, _options.Breadth, null);
                worker.Candidates.AddRange(worker.Search.Found);
                worker.Entries.Clear();
                worker.Entries.AddRange(worker.Search.Found);
            }
            worker.AddMates(batch, place, mates, _links.Levels, on, _options.Breadth);
            chosen[on] = worker.Choose(_options.Links);
        }
        return chosen;
    }

    /// <summary>Makes the links of a batch, there and back.</summary>
    private void Link(int[] batch, (int Node, float Score)[][][] chosen)
    {
        var back = new List<(int Level, int Node, ulong Other)>();
        for (var place = 0; place < batch.Length; place++)
        {
            for (var level = 0; level < chosen[place].Length; level++)
            {
                _links.Replace(batch[place], level, Array.ConvertAll(chosen[place][level], neighbour => neighbour.Node));
                foreach (var (node, score) in chosen[place][level]) back.Add((level, node, ScoredNode.Of(score, batch[place])));
            }
        }
        back.Sort();
        var starts = Enumerable.Range(0, back.Count).Where(at => at == 0 || back[at].Level != back[at - 1].Level || back[at].Node != back[at - 1].Node).ToArray();
        ParallelWork.Run(() => Parallel.For(0, starts.Length, _parallel, TakeWorker, (group, _, worker) =>
        {
            var (start, end) = (starts[group], group + 1 < starts.Length ? starts[group + 1] : back.Count);
            LinkBack(back[start].Level, back[start].Node, CollectionsMarshal.AsSpan(back)[start..end], worker);
            return worker;
        }, _workers.Add));
    }

    private void LinkBack(int level, int node, ReadOnlySpan<(int Level, int Node, ulong Other)> others, Worker worker)
    {
        var links = _links.Of(node, level);
        var capacity = _links.Capacity(level);
        var known = links.IndexOf(-1) is >= 0 and var end ? end : links.Length;
        worker.Neighbours.Clear();
        worker.Neighbours.AddRange(links[..known]);
        foreach (var (_, _, other) in others)
        {
            if (!links[..known].Contains(ScoredNode.Node(other))) worker.Neighbours.Add(ScoredNode.Node(other));
        }
        if (worker.Neighbours.Count > capacity) worker.ChooseAmongNeighbours(node, capacity);
        _links.Replace(node, level, CollectionsMarshal.AsSpan(worker.Neighbours));
    }

    private Worker TakeWorker() => _workers.TryTake(out var worker) ? worker : new Worker(_links, _rows, _count);

    /// <summary>What a thread needs.</summary>
    private sealed class Worker(GraphLinks links, PartitionRows rows, int count)
    {
        private readonly NeighbourChoice _choice = new(rows);
        private readonly SmallestFirst _mates = new();
        private readonly float[] _vector = new float[rows.Dimension];
        private int[] _chosen = [];
        private float[] _scores = [];

        internal GraphSearch Search { get; } = new(links, rows, count);

        internal List<ulong> Entries { get; } = [];

        internal List<ulong> Candidates { get; } = [];

        internal List<int> Neighbours { get; } = [];

        /// <summary>Adds the nearest of the batch that are on a level to the candidates.</summary>
        internal void AddMates(int[] batch, int own, ReadOnlySpan<float> scores, byte[] levels, int level, int breadth)
        {
            _mates.Clear();
            for (var place = 0; place < batch.Length; place++)
            {
                if (place == own || levels[batch[place]] < level) continue;
                var scored = ScoredNode.Of(scores[place], batch[place]);
                if (_mates.Count < breadth) _mates.Push(scored);
                else if (scored > _mates.Top) _mates.ReplaceTop(scored);
            }
            Candidates.AddRange(_mates.Items);
        }

        /// <summary>Neighbours among the candidates.</summary>
        internal (int, float)[] Choose(int most)
        {
            if (_chosen.Length < most) _chosen = new int[most];
            var candidates = CollectionsMarshal.AsSpan(Candidates);
            var count = _choice.Of(candidates, _chosen.AsSpan(0, most));
            var chosen = new (int, float)[count];
            var at = 0;
            foreach (var candidate in candidates)
            {
                // Chosen in the order of the candidates.
                if (at < count && ScoredNode.Node(candidate) == _chosen[at]) chosen[at++] = (_chosen[at - 1], ScoredNode.Score(candidate));
            }
            return chosen;
        }

        /// <summary>Leaves of the neighbours of a node so many as it may have.</summary>
        internal void ChooseAmongNeighbours(int node, int most)
        {
            if (_scores.Length < Neighbours.Count) _scores = new float[2 * Neighbours.Count];
            if (_chosen.Length < most) _chosen = new int[most];
            rows.Score(rows.Vector(node, _vector), CollectionsMarshal.AsSpan(Neighbours), _scores);
            Candidates.Clear();
            for (var place = 0; place < Neighbours.Count; place++) Candidates.Add(ScoredNode.Of(_scores[place], Neighbours[place]));
            var count = _choice.Of(CollectionsMarshal.AsSpan(Candidates), _chosen.AsSpan(0, most));
            Neighbours.Clear();
            Neighbours.AddRange(_chosen.AsSpan(0, count));
        }
    }
}
