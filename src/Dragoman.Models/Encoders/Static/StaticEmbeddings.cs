using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dragoman.Models.Encoders.Static;

/// <summary>
/// The table of a static encoder: one vector a token, as int8 with one scale a row. A token's vector, its weight in the mean included, is
/// <c>scale[token] · table[token]</c>; the quantisation is symmetric, so that zero stays zero.
/// </summary>
public sealed class StaticEmbeddings
{
    private const float MaxLevel = 127f;

    /// <summary>Takes over a table.</summary>
    /// <param name="dimension">Length of a vector.</param>
    /// <param name="table">Rows, shape [V, dimension], row-major.</param>
    /// <param name="scales">One a row, shape [V].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public StaticEmbeddings(int dimension, ReadOnlyMemory<sbyte> table, ReadOnlyMemory<float> scales)
    {
        if (dimension <= 0 || table.Length != (long)scales.Length * dimension)
            throw new ArgumentException($"{table.Length} elements are not {scales.Length} rows of {dimension}.", nameof(table));
        Dimension = dimension;
        Table = table;
        Scales = scales;
    }

    /// <summary>Length of a vector.</summary>
    public int Dimension { get; }

    /// <summary>Number of tokens, V.</summary>
    public int VocabularySize => Scales.Length;

    /// <summary>Rows, shape [V, <see cref="Dimension"/>], row-major.</summary>
    public ReadOnlyMemory<sbyte> Table { get; }

    /// <summary>One scale a row, shape [V].</summary>
    public ReadOnlyMemory<float> Scales { get; }

    /// <summary>Quantises a table: each row's largest magnitude becomes 127.</summary>
    /// <param name="rows">Weighted rows, shape [V, dimension], row-major.</param>
    /// <param name="dimension">Length of a row.</param>
    public static StaticEmbeddings Quantise(ReadOnlySpan<float> rows, int dimension)
    {
        var count = rows.Length / dimension;
        var table = new sbyte[rows.Length];
        var scales = new float[count];
        for (var token = 0; token < count; token++)
        {
            var row = rows.Slice(token * dimension, dimension);
            var largest = TensorPrimitives.MaxMagnitude(row);
            scales[token] = MathF.Abs(largest) / MaxLevel;
            if (scales[token] == 0) continue;
            for (var k = 0; k < dimension; k++) table[token * dimension + k] = (sbyte)MathF.Round(row[k] / scales[token]);
        }
        return new StaticEmbeddings(dimension, table, scales);
    }

    /// <summary>Adds the weighted vectors of tokens and scales the sum to length 1; the zero vector stays as it is.</summary>
    /// <param name="tokens">Token ids, each at least 0 and below <see cref="VocabularySize"/>.</param>
    /// <param name="vector">Receives the result; <see cref="Dimension"/> long.</param>
    public void Encode(ReadOnlySpan<int> tokens, Span<float> vector)
    {
        vector.Clear();
        var table = Table.Span;
        var scales = Scales.Span;
        Span<float> row = Dimension <= 1024 ? stackalloc float[Dimension] : new float[Dimension];
        foreach (var token in tokens)
        {
            TensorPrimitives.ConvertTruncating<sbyte, float>(table.Slice(token * Dimension, Dimension), row);
            TensorPrimitives.MultiplyAdd(row, scales[token], vector, vector);
        }
        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0) TensorPrimitives.Divide(vector, norm, vector);
    }

    /// <summary>The table as floats, weights included, shape [V, <see cref="Dimension"/>], row-major: what the libtorch path computes with.</summary>
    public float[] Dequantise()
    {
        var rows = new float[Table.Length];
        var levels = Table.Span;
        for (var token = 0; token < VocabularySize; token++)
        {
            var row = rows.AsSpan(token * Dimension, Dimension);
            TensorPrimitives.ConvertTruncating<sbyte, float>(levels.Slice(token * Dimension, Dimension), row);
            TensorPrimitives.Multiply(row, Scales.Span[token], row);
        }
        return rows;
    }

}
