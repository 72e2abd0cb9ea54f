using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Dense;

/// <summary>
/// Ranks passages by the dot product of their vector and the query's. Passages of a language in a segment that has a graph are found through it, nearly all of the nearest; the others, few (for many queries more) or filtered ones, and all
/// with <see cref="RetrievalOptions.Exact"/>, row by row. Scores are the same either way. A query whose vector is zero (no known token) finds nothing. Thread-safe when the encoder is.
/// </summary>
public sealed class DenseRetriever : IRetriever
{
    /// <summary>How many times as many passages as asked for are found by coarse vectors, to be scored again by fine ones.</summary>
    private const int RescoredPerPassage = 4;

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

    /// <summary>How many vectors there must be for one that a search through a graph keeps; null for <see cref="RowsPerKeptFor"/>.</summary>
    internal int? RowsPerKept { get; init; }

    /// <summary>How many vectors there must be for one that a search through a graph keeps; with fewer, reading all in a row is faster, the more so the more queries share the reading (measured: benchmarks/dense.md).</summary>
    internal static int RowsPerKeptFor(int queries) => queries < 8 ? 100 : queries < 32 ? 250 : 400;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var selection = PassageSelection.Of(_index, options);
        var queryRows = new float[queries.Count * _vectors.Dimension];
        _encoder.EncodeQueries(queries.Select(query => query.Text).ToArray(), queryRows);
        return Search(queryRows, options, selection, cancellationToken);
    }

    /// <summary>Retrieves for vectors, shape [queries, dimension]; a zero row finds nothing.</summary>
    internal RankedPassage[][] Search(float[] queryRows, RetrievalOptions options, PassageSelection selection, CancellationToken cancellationToken)
    {
        var count = queryRows.Length / _vectors.Dimension;
        var known = Enumerable.Range(0, count).Where(query => RowOf(queryRows, query).ContainsAnyExcept(0f)).ToArray();
        var rows = known.Length == count ? queryRows : known.SelectMany(query => RowOf(queryRows, query).ToArray()).ToArray();
        var isRescored = _vectors.Precision == VectorPrecision.Rescored;
        var depth = isRescored ? (int)Math.Min(int.MaxValue, (long)options.Depth * RescoredPerPassage) : options.Depth;
        var best = Array.ConvertAll(known, _ => new TopPassages(depth, _index.Passages));
        if (known.Length > 0)
        {
            var rowsPerKept = RowsPerKept ?? RowsPerKeptFor(known.Length);
            var breadth = (int)Math.Min(int.MaxValue, Math.Max(options.Breadth, 2L * depth));
            var byGraph = selection.Partitions.Where(partition => !options.Exact && selection.Filter is null && partition.Graph is not null && partition.LiveCount >= (long)rowsPerKept * breadth).ToArray();
            new GraphScan(selection, _vectors.Dimension).Run(byGraph, rows, breadth, depth, best, cancellationToken);
            new RowScan(_index, selection).Run([.. selection.Partitions.Except(byGraph)], rows, depth, best, cancellationToken);
        }
        var rankings = new RankedPassage[count][];
        Array.Fill(rankings, []);
        for (var place = 0; place < known.Length; place++) rankings[known[place]] = (isRescored ? Rescore(best[place], RowOf(rows, place), options.Depth) : best[place]).Take();
        return rankings;
    }

    private TopPassages Rescore(TopPassages coarse, ReadOnlySpan<float> query, int depth)
    {
        var best = new TopPassages(depth, _index.Passages);
        foreach (var ordinal in coarse.Ordinals)
        {
            var partition = _index.Passages.PartitionOf(ordinal);
            best.Offer(ordinal, _vectors.FineRowsOf(partition)!.Score(query, ordinal - partition.FirstOrdinal));
        }
        return best;
    }

    private ReadOnlySpan<float> RowOf(float[] rows, int row) => rows.AsSpan(row * _vectors.Dimension, _vectors.Dimension);
}
