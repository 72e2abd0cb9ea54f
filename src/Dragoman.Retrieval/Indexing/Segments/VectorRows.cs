using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The form of a vector in a segment: 32-bit floats, or a float as scale and an 8-bit integer for every number.</summary>
internal static class VectorRows
{
    /// <summary>Bytes of a row.</summary>
    internal static int Bytes(int dimension, VectorPrecision precision) => precision == VectorPrecision.Full ? dimension * sizeof(float) : sizeof(float) + dimension;

    /// <summary>Puts a vector into the form it is kept in.</summary>
    /// <returns>The row; null when a number is not finite.</returns>
    internal static byte[]? Write(ReadOnlySpan<float> vector, VectorPrecision precision)
    {
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(vector))) return null;
        if (precision == VectorPrecision.Full) return MemoryMarshal.AsBytes(vector).ToArray();
        var row = new byte[Bytes(vector.Length, precision)];
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / sbyte.MaxValue;
        MemoryMarshal.Write(row, in scale);
        var numbers = MemoryMarshal.Cast<byte, sbyte>(row.AsSpan(sizeof(float)));
        for (var column = 0; column < vector.Length; column++) numbers[column] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(vector[column] / scale);
        return row;
    }

    /// <summary>Reads rows as floats.</summary>
    internal static void Read(ReadOnlySpan<byte> rows, int dimension, VectorPrecision precision, Span<float> vectors)
    {
        if (precision == VectorPrecision.Full)
        {
            MemoryMarshal.Cast<byte, float>(rows).CopyTo(vectors);
            return;
        }
        for (; !rows.IsEmpty; rows = rows[(sizeof(float) + dimension)..], vectors = vectors[dimension..])
        {
            var target = vectors[..dimension];
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(rows.Slice(sizeof(float), dimension)), target);
            TensorPrimitives.Multiply(target, MemoryMarshal.Read<float>(rows), target);
        }
    }
}
