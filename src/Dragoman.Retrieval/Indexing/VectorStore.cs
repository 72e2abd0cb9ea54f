using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>How an index keeps the numbers of its vectors.</summary>
public enum VectorPrecision
{
    /// <summary>32-bit floats: 4 bytes a number, exact.</summary>
    Full,

    /// <summary>8-bit integers with one scale per row: about a quarter of the space; a component is off by at most 1/254 of the row's largest.</summary>
    Quantised,
}

/// <summary>One vector per passage, memory-mapped, rows in the order of the passage ordinals. Thread-safe until the index is disposed.</summary>
public sealed class VectorStore
{
    private readonly PassageStore _passages;
    private readonly int _rowBytes;

    internal VectorStore(PassageStore passages, int dimension, VectorPrecision precision)
    {
        _passages = passages;
        Dimension = dimension;
        Precision = precision;
        _rowBytes = VectorRows.Bytes(dimension, precision);
    }

    /// <summary>Length of a row, in numbers.</summary>
    public int Dimension { get; }

    /// <summary>How the numbers are kept.</summary>
    public VectorPrecision Precision { get; }

    /// <summary>Reads the vector of a passage as floats.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <param name="row">Receives the vector, shape [<see cref="Dimension"/>].</param>
    public void Read(int ordinal, Span<float> row)
    {
        var partition = _passages.PartitionOf(ordinal);
        Read(partition, ordinal - partition.FirstOrdinal, 1, row);
    }

    /// <summary>Reads rows of a partition as floats, shape [count, dimension].</summary>
    internal void Read(IndexPartition partition, int first, int count, Span<float> rows)
    {
        var section = partition.Segment.Vectors!.Value;
        VectorRows.Read(section.Slice((long)(partition.FirstNumber + first) * _rowBytes, count * _rowBytes), Dimension, Precision, rows);
    }
}
