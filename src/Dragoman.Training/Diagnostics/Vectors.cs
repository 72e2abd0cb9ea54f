using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Dragoman.Training.Diagnostics;

/// <summary>Vectors of texts as the rows of a matrix.</summary>
/// <param name="values">The rows, shape [N, dimension], row-major.</param>
/// <param name="dimension">Length of a row.</param>
internal sealed class Vectors(float[] values, int dimension)
{
    internal int Count => values.Length / dimension;

    internal int Dimension => dimension;

    internal ReadOnlySpan<float> Row(int row) => values.AsSpan(row * dimension, dimension);

    internal static Vectors Of(params ReadOnlySpan<Vectors> parts)
    {
        var all = new List<float>();
        foreach (var part in parts) all.AddRange(part.Values);
        return new Vectors([.. all], parts[0].Dimension);
    }

    internal ReadOnlySpan<float> Values => values;

    internal Vectors Select(IReadOnlyList<int> rows)
    {
        var chosen = new float[rows.Count * dimension];
        for (var row = 0; row < rows.Count; row++) Row(rows[row]).CopyTo(chosen.AsSpan(row * dimension));
        return new Vectors(chosen, dimension);
    }

    internal double[] Mean()
    {
        var mean = new double[dimension];
        for (var row = 0; row < Count; row++)
        {
            var from = Row(row);
            for (var k = 0; k < dimension; k++) mean[k] += from[k];
        }
        for (var k = 0; k < dimension; k++) mean[k] /= Math.Max(1, Count);
        return mean;
    }

    /// <summary>The rows without a vector, at unit length; a row that is that vector becomes 0.</summary>
    internal Vectors Minus(double[] mean)
    {
        var centred = new float[values.Length];
        for (var row = 0; row < Count; row++)
        {
            var from = Row(row);
            var to = centred.AsSpan(row * dimension, dimension);
            for (var k = 0; k < dimension; k++) to[k] = (float)(from[k] - mean[k]);
            Normalise(to);
        }
        return new Vectors(centred, dimension);
    }

    internal static void Normalise(Span<float> row)
    {
        var length = TensorPrimitives.Norm<float>(row);
        // What is left of a row that was the mean itself is rounding.
        if (length < 1e-6f) row.Clear();
        else TensorPrimitives.Divide(row, length, row);
    }

    internal double Cosine(int row, Vectors other, int otherRow) => TensorPrimitives.Dot(Row(row), other.Row(otherRow));

    /// <summary>The covariance, n − 1 in the denominator, shape [dimension, dimension].</summary>
    internal Matrix<double> Covariance(double[] mean)
    {
        var x = ToMatrix(mean);
        return x.TransposeThisAndMultiply(x) / Math.Max(1, Count - 1);
    }

    /// <summary>The rows without a vector, as a matrix.</summary>
    internal Matrix<double> ToMatrix(double[]? without = null)
    {
        var n = Count;
        var elements = new double[values.Length];
        for (var row = 0; row < n; row++)
        {
            var from = Row(row);
            for (var k = 0; k < dimension; k++) elements[k * n + row] = from[k] - (without is null ? 0 : without[k]);
        }
        return Matrix<double>.Build.Dense(n, dimension, elements);
    }
}
