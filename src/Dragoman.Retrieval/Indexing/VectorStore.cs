using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>How an index keeps the numbers of its vectors.</summary>
public enum VectorPrecision
{
    /// <summary>32-bit floats: 4 bytes a number, exact.</summary>
    Full = 0,

    /// <summary>8-bit integers with one scale per row: about a quarter of the space; a component is off by at most 1/254 of the row's largest.</summary>
    Quantised = 1,

    /// <summary>16-bit floats: half the space; a component is off by at most 1/2048 of itself (or 3e-8, where that is more).</summary>
    Half = 2,

    /// <summary>8-bit integers to find passages by, and 16-bit floats to score the best of them again: three quarters of the space, of which a search reads a quarter of <see cref="Full"/>.</summary>
    Rescored = 3,
}

/// <summary>One vector per passage, memory-mapped, rows in the order of the passage ordinals. Thread-safe until the index is disposed.</summary>
public sealed class VectorStore
{
    private readonly PassageStore _passages;

    internal VectorStore(PassageStore passages, int dimension, VectorPrecision precision) => (_passages, Dimension, Precision) = (passages, dimension, precision);

    /// <summary>Length of a row, in numbers.</summary>
    public int Dimension { get; }

    /// <summary>How the numbers are kept.</summary>
    public VectorPrecision Precision { get; }

    /// <summary>Reads the vector of a passage as floats, from its finest form.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <param name="row">Receives the vector, shape [<see cref="Dimension"/>].</param>
    public void Read(int ordinal, Span<float> row)
    {
        var partition = _passages.PartitionOf(ordinal);
        var rows = FineRowsOf(partition) ?? RowsOf(partition);
        var number = ordinal - partition.FirstOrdinal;
        VectorRows.Read(rows.Row(number), VectorRows.FineFormOf(Precision) ?? VectorRows.FormOf(Precision), row[..Dimension]);
    }

    /// <summary>The rows of a partition that searches read.</summary>
    internal static PartitionRows RowsOf(IndexPartition partition) => partition.Segment.RowsFrom(partition.FirstNumber);

    /// <summary>The rows of a partition to score the best again by; null when there is one form only.</summary>
    internal PartitionRows? FineRowsOf(IndexPartition partition) =>
        VectorRows.FineFormOf(Precision) is { } form ? new PartitionRows(partition.Segment.FineVectors!.Value, partition.FirstNumber, Dimension, form) : null;
}
