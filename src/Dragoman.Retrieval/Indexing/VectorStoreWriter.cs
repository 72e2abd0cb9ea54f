using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Writes vectors row by row. Not thread-safe.</summary>
internal sealed class VectorStoreWriter(string folder, int dimension, VectorPrecision precision) : IDisposable
{
    private readonly FileStream _stream = new(Path.Combine(folder, IndexFiles.Vectors), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);
    private readonly byte[] _row = new byte[VectorStore.RowBytes(dimension, precision)];
    private int _count;

    /// <summary>Appends rows, shape [n, dimension].</summary>
    /// <exception cref="DragomanException">A number is not finite.</exception>
    internal void Add(ReadOnlySpan<float> rows)
    {
        for (; !rows.IsEmpty; rows = rows[dimension..], _count++)
        {
            var row = rows[..dimension];
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(row)))
                throw new DragomanException($"The encoder gave passage {_count + 1} a vector with a number that is not finite; check the model's weights.");
            if (precision == VectorPrecision.Full) MemoryMarshal.AsBytes(row).CopyTo(_row);
            else Quantise(row);
            _stream.Write(_row);
        }
    }

    private void Quantise(ReadOnlySpan<float> row)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(row)) / sbyte.MaxValue;
        MemoryMarshal.Write(_row, in scale);
        var numbers = MemoryMarshal.Cast<byte, sbyte>(_row.AsSpan(sizeof(float)));
        for (var column = 0; column < row.Length; column++) numbers[column] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(row[column] / scale);
    }

    public void Dispose() => _stream.Dispose();
}
