using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The form of the numbers of a row.</summary>
internal enum RowForm
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>16-bit floats.</summary>
    Float16,

    /// <summary>A 32-bit float as scale, then an 8-bit integer for every number.</summary>
    Int8,
}

/// <summary>The forms of a vector in a segment: a row that searches read, and for some precisions a finer one to score the best again.</summary>
internal static class VectorRows
{
    /// <summary>The form that searches read.</summary>
    internal static RowForm FormOf(VectorPrecision precision) => precision switch
    {
        VectorPrecision.Full => RowForm.Float32,
        VectorPrecision.Half => RowForm.Float16,
        _ => RowForm.Int8,
    };

    /// <summary>The form that the best are scored again by; null when there is only one.</summary>
    internal static RowForm? FineFormOf(VectorPrecision precision) => precision == VectorPrecision.Rescored ? RowForm.Float16 : null;

    /// <summary>Bytes of a row.</summary>
    internal static int Bytes(int dimension, RowForm form) => form switch
    {
        RowForm.Float32 => dimension * sizeof(float),
        RowForm.Float16 => dimension * sizeof(ushort),
        _ => sizeof(float) + dimension,
    };

    /// <summary>Puts a vector into the forms it is kept in, one after the other.</summary>
    /// <returns>The rows; null when a number is not finite, or too large for its form.</returns>
    internal static byte[]? Write(ReadOnlySpan<float> vector, VectorPrecision precision)
    {
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(vector))) return null;
        var (form, fine) = (FormOf(precision), FineFormOf(precision));
        var length = Bytes(vector.Length, form);
        var rows = new byte[length + (fine is { } second ? Bytes(vector.Length, second) : 0)];
        return Write(vector, form, rows.AsSpan(0, length)) && (fine is null || Write(vector, fine.Value, rows.AsSpan(length))) ? rows : null;
    }

    /// <summary>Reads a row as floats.</summary>
    internal static void Read(ReadOnlySpan<byte> row, RowForm form, Span<float> vector)
    {
        switch (form)
        {
            case RowForm.Float32:
                MemoryMarshal.Cast<byte, float>(row).CopyTo(vector);
                break;
            case RowForm.Float16:
                DotProducts.Read(MemoryMarshal.Cast<byte, Half>(row), vector);
                break;
            default:
                DotProducts.Read(MemoryMarshal.Cast<byte, sbyte>(row[sizeof(float)..]), vector);
                TensorPrimitives.Multiply(vector, MemoryMarshal.Read<float>(row), vector);
                break;
        }
    }

    /// <summary>Dot product of a vector and a row.</summary>
    internal static float Score(ReadOnlySpan<float> vector, ReadOnlySpan<byte> row, RowForm form) => form switch
    {
        RowForm.Float32 => DotProducts.Of(vector, MemoryMarshal.Cast<byte, float>(row)),
        RowForm.Float16 => DotProducts.Of(vector, MemoryMarshal.Cast<byte, Half>(row)),
        _ => MemoryMarshal.Read<float>(row) * DotProducts.Of(vector, MemoryMarshal.Cast<byte, sbyte>(row[sizeof(float)..])),
    };

    private static bool Write(ReadOnlySpan<float> vector, RowForm form, Span<byte> row)
    {
        if (form == RowForm.Float32) MemoryMarshal.AsBytes(vector).CopyTo(row);
        if (form == RowForm.Float16)
        {
            var halves = MemoryMarshal.Cast<byte, Half>(row);
            for (var column = 0; column < vector.Length; column++)
            {
                halves[column] = (Half)vector[column];
                if (!Half.IsFinite(halves[column])) return false;
            }
        }
        if (form != RowForm.Int8) return true;
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / sbyte.MaxValue;
        MemoryMarshal.Write(row, in scale);
        var numbers = MemoryMarshal.Cast<byte, sbyte>(row[sizeof(float)..]);
        for (var column = 0; column < vector.Length; column++) numbers[column] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(vector[column] / scale);
        return true;
    }
}
