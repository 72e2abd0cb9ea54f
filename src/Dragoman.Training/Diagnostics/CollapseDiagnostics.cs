using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Dragoman.Training.Diagnostics;

/// <summary>Numbers that tell whether a bi-encoder's vectors have collapsed, and the alarms they raise.</summary>
/// <param name="MeanCosine">Mean cosine of two different vectors, within [-1, 1]; alarm above 0.6.</param>
/// <param name="CentredMeanCosine">The same after the mean vector is taken away.</param>
/// <param name="PositiveCosine">Mean cosine of the pairs.</param>
/// <param name="NegativeCosine">Mean cosine of mismatched pairs.</param>
/// <param name="Auc">P(cosine of a pair &gt; cosine of a mismatched pair), within [0, 1]; alarm below 0.7.</param>
/// <param name="RecallAt1">Share of left vectors whose own right vector is nearest.</param>
/// <param name="Alignment">E‖x − y‖² over pairs; 0 is perfect.</param>
/// <param name="Uniformity">log E exp(−2‖x − x'‖²); about −4 on a full sphere, 0 at collapse.</param>
/// <param name="EffectiveRank">exp(entropy of the normalised singular values) of the centred vectors; alarm below a tenth of the dimension.</param>
/// <param name="ParticipationRatio">(Σλ)² / Σλ² of the covariance's eigenvalues.</param>
/// <param name="IsoScore">1 isotropic, 0 one-dimensional (Rudman et al. 2022).</param>
/// <param name="LanguageBias">‖μ_left − μ_right‖² over the mean within-side variance; 0 when language leaves no trace.</param>
/// <param name="LanguageAccuracy">How often the nearer of the two sides' centroids is a vector's own, within [0, 1]; 0.5 when language leaves no trace.</param>
/// <param name="PartitionIsotropy">min Z(c) / max Z(c) over the eigenvectors c of XᵀX, with Z(c) = Σ exp(c·x); 1 isotropic (Mu and Viswanath 2018).</param>
/// <param name="Dimension">Length of a vector.</param>
public sealed record CollapseReport(
    double MeanCosine, double CentredMeanCosine, double PositiveCosine, double NegativeCosine, double Auc, double RecallAt1, double Alignment, double Uniformity,
    double EffectiveRank, double ParticipationRatio, double IsoScore, double LanguageBias, double LanguageAccuracy, double PartitionIsotropy, int Dimension)
{
    /// <summary>What is alarming, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Alarms()
    {
        if (MeanCosine > 0.6) yield return FormattableString.Invariant($"mean cosine {MeanCosine:F2} is above 0.6: the vectors share one direction; train with in-batch negatives and a temperature.");
        if (Auc < 0.7) yield return FormattableString.Invariant($"AUC {Auc:F2} is below 0.7: pairs are hardly told from mismatches.");
        if (EffectiveRank < 0.1 * Dimension) yield return FormattableString.Invariant($"effective rank {EffectiveRank:F0} is below a tenth of {Dimension} dimensions.");
    }
}

/// <summary>Measures collapse on pairs of L2-normalised vectors (training-science B.3: formulas and alarms).</summary>
public static class CollapseDiagnostics
{
    private const double Epsilon = 1e-7;

    /// <summary>Measures pairs of vectors.</summary>
    /// <param name="left">Vectors of one side, shape [N, dimension], row-major, L2-normalised.</param>
    /// <param name="right">Vectors of the other side; row n belongs to row n.</param>
    /// <param name="dimension">Length of a vector.</param>
    /// <exception cref="ArgumentException">Fewer than two pairs, or the sides differ in length.</exception>
    public static CollapseReport Measure(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int dimension)
    {
        var n = left.Length / dimension;
        if (n < 2 || right.Length != left.Length) throw new ArgumentException($"{left.Length} and {right.Length} floats are not two sides of at least two vectors of {dimension}.", nameof(left));
        float[] all = [.. left, .. right];
        var x = ToMatrix(left, n, dimension);
        var y = ToMatrix(right, n, dimension);
        var cosines = x.TransposeAndMultiply(y);
        var positives = new double[n];
        for (var i = 0; i < n; i++) positives[i] = cosines[i, i];
        var negativeMean = (cosines.RowSums().Sum() - positives.Sum()) / ((double)n * (n - 1));
        var spectrum = Spectrum(all, 2 * n, dimension);
        return new CollapseReport(
            MeanCosine(all, 2 * n, dimension, centred: false), MeanCosine(all, 2 * n, dimension, centred: true),
            positives.Average(), negativeMean, Auc(cosines, positives), RecallAt1(cosines, positives), 2 - 2 * positives.Average(), Uniformity(x),
            EffectiveRank(spectrum), Participation(spectrum), Isotropy(spectrum, dimension), Bias(x, y), LanguageAccuracy(x, y), PartitionIsotropy(all, 2 * n, dimension), dimension);
    }

    private static Matrix<double> ToMatrix(ReadOnlySpan<float> rows, int n, int dimension)
    {
        var elements = new double[n * dimension];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < dimension; k++) elements[k * n + i] = rows[i * dimension + k];
        }
        return Matrix<double>.Build.Dense(n, dimension, elements);
    }

    /// <summary>(‖Σ x̂‖² − n) / (n(n−1)), with x̂ of unit length after centring if wanted.</summary>
    private static double MeanCosine(float[] rows, int n, int dimension, bool centred)
    {
        var mean = new float[dimension];
        if (centred)
        {
            for (var i = 0; i < n; i++) TensorPrimitives.Add(mean, rows.AsSpan(i * dimension, dimension), mean);
            TensorPrimitives.Divide(mean, (float)n, mean);
        }
        var sum = new double[dimension];
        var row = new float[dimension];
        var counted = 0;
        for (var i = 0; i < n; i++)
        {
            TensorPrimitives.Subtract(rows.AsSpan(i * dimension, dimension), mean, row);
            var norm = TensorPrimitives.Norm<float>(row);
            if (norm == 0) continue;
            counted++;
            for (var k = 0; k < dimension; k++) sum[k] += row[k] / norm;
        }
        return counted < 2 ? 0 : (sum.Sum(value => value * value) - counted) / ((double)counted * (counted - 1));
    }

    private static double Auc(Matrix<double> cosines, double[] positives)
    {
        var n = positives.Length;
        var negatives = new List<double>(n * (n - 1));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (i != j) negatives.Add(cosines[i, j]);
            }
        }
        negatives.Sort();
        return positives.Average(positive => (Below(negatives, positive, orEqual: false) + Below(negatives, positive, orEqual: true)) / 2.0 / negatives.Count);
    }

    private static int Below(List<double> sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static double RecallAt1(Matrix<double> cosines, double[] positives) =>
        Enumerable.Range(0, positives.Length).Count(i => cosines.Row(i).Maximum() <= positives[i]) / (double)positives.Length;

    private static double Uniformity(Matrix<double> x)
    {
        var n = x.RowCount;
        var gram = x.TransposeAndMultiply(x);
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) sum += Math.Exp(-2 * (2 - 2 * gram[i, j]));
        }
        return Math.Log(sum / (n * (n - 1) / 2.0));
    }

    /// <summary>Eigenvalues of the covariance of the centred rows, largest first.</summary>
    private static double[] Spectrum(float[] rows, int n, int dimension)
    {
        var x = ToMatrix(rows, n, dimension);
        var mean = x.ColumnSums() / n;
        for (var k = 0; k < dimension; k++) x.SetColumn(k, x.Column(k) - mean[k]);
        var covariance = x.TransposeThisAndMultiply(x) / (n - 1);
        return [.. covariance.Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Max(0, value.Real)).OrderDescending()];
    }

    private static double EffectiveRank(double[] eigenvalues)
    {
        var singular = eigenvalues.Select(Math.Sqrt).ToArray();
        var sum = singular.Sum();
        if (sum == 0) return 1;
        return Math.Exp(-singular.Sum(value => (value / sum + Epsilon) * Math.Log(value / sum + Epsilon)));
    }

    private static double Participation(double[] eigenvalues)
    {
        var squares = eigenvalues.Sum(value => value * value);
        return squares == 0 ? 1 : Math.Pow(eigenvalues.Sum(), 2) / squares;
    }

    private static double Isotropy(double[] eigenvalues, int dimension)
    {
        if (dimension < 2) return 1;
        double d = dimension;
        var norm = Math.Sqrt(eigenvalues.Sum(value => value * value));
        if (norm == 0) return 0;
        var distance = Math.Sqrt(eigenvalues.Sum(value => Math.Pow(Math.Sqrt(d) * value / norm - 1, 2)));
        var defect = distance / Math.Sqrt(2 * (d - Math.Sqrt(d)));
        var fraction = Math.Pow(d - defect * defect * (d - Math.Sqrt(d)), 2) / (d * d);
        return (d * fraction - 1) / (d - 1);
    }

    private static double Bias(Matrix<double> x, Matrix<double> y)
    {
        var (meanX, meanY) = (x.ColumnSums() / x.RowCount, y.ColumnSums() / y.RowCount);
        var within = (Variance(x, meanX) + Variance(y, meanY)) / 2;
        return within == 0 ? 0 : Math.Pow((meanX - meanY).L2Norm(), 2) / within;
    }

    private static double Variance(Matrix<double> rows, Vector<double> mean) => rows.EnumerateRows().Average(row => Math.Pow((row - mean).L2Norm(), 2));

    private static double LanguageAccuracy(Matrix<double> x, Matrix<double> y)
    {
        var (meanX, meanY) = (x.ColumnSums() / x.RowCount, y.ColumnSums() / y.RowCount);
        var right = x.EnumerateRows().Count(row => (row - meanX).L2Norm() < (row - meanY).L2Norm()) + y.EnumerateRows().Count(row => (row - meanY).L2Norm() < (row - meanX).L2Norm());
        return right / (double)(x.RowCount + y.RowCount);
    }

    private static double PartitionIsotropy(float[] rows, int n, int dimension)
    {
        var x = ToMatrix(rows, n, dimension);
        var directions = x.TransposeThisAndMultiply(x).Evd(Symmetricity.Symmetric).EigenVectors;
        var partition = (x * directions).PointwiseExp().ColumnSums();
        return partition.Minimum() / partition.Maximum();
    }
}
