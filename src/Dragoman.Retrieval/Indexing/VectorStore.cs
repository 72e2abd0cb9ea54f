using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing;

/// <summary>How an index keeps the numbers of its vectors.</summary>
public enum VectorPrecision
{
    /// <summary>32-bit floats: 4 bytes a number, exact.</summary>
    Full,

    /// <summary>8-bit integers with one scale per row: about a quarter of the space; a component is off by at most 1/254 of the row's largest.</summary>
    Quantised,
}

/// <summary>One vector per passage, memory-mapped, rows in the order of the passage ordinals. Thread-safe until disposed.</summary>
public sealed class VectorStore : IDisposable
{
    private readonly MappedFile _file;
    private readonly int _rowBytes;

    private VectorStore(MappedFile file, int count, int dimension, VectorPrecision precision)
    {
        _file = file;
        Count = count;
        Dimension = dimension;
        Precision = precision;
        _rowBytes = RowBytes(dimension, precision);
    }

    /// <summary>Number of rows, N.</summary>
    public int Count { get; }

    /// <summary>Length of a row, in numbers.</summary>
    public int Dimension { get; }

    /// <summary>How the numbers are kept.</summary>
    public VectorPrecision Precision { get; }

    /// <summary>Reads rows as floats.</summary>
    /// <param name="first">Ordinal of the first row, from 0.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="rows">Receives the rows, shape [<paramref name="count"/>, <see cref="Dimension"/>], row-major.</param>
    public void Read(int first, int count, Span<float> rows)
    {
        if (Precision == VectorPrecision.Full)
        {
            MemoryMarshal.Cast<byte, float>(_file.Slice((long)first * _rowBytes, count * _rowBytes)).CopyTo(rows);
            return;
        }
        for (var row = 0; row < count; row++)
        {
            var bytes = _file.Slice((long)(first + row) * _rowBytes, _rowBytes);
            var target = rows.Slice(row * Dimension, Dimension);
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(bytes[sizeof(float)..]), target);
            TensorPrimitives.Multiply(target, MemoryMarshal.Read<float>(bytes), target);
        }
    }

    internal static int RowBytes(int dimension, VectorPrecision precision) =>
        precision == VectorPrecision.Full ? dimension * sizeof(float) : sizeof(float) + dimension;

    internal static VectorStore Open(string folder, int count, int dimension, VectorPrecision precision)
    {
        var file = new MappedFile(Path.Combine(folder, IndexFiles.Vectors));
        if (dimension > 0 && file.Length == (long)count * RowBytes(dimension, precision)) return new VectorStore(file, count, dimension, precision);
        using (file) throw file.Damaged($"{file.Length} bytes for {count} vectors of {dimension} numbers");
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _file.Dispose();
}
