using Dragoman.Evaluation.Reports;
using MathNet.Numerics.LinearAlgebra;

namespace Dragoman.Training.Diagnostics;

/// <summary>How a set of vectors fills its space. "Centred" numbers are of the vectors without their mean, at unit length again.</summary>
public sealed record VectorSpread
{
    private const double Epsilon = 1e-7;

    /// <summary>How many vectors.</summary>
    public required int Count { get; init; }

    /// <summary>Length of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Mean cosine of two different vectors, (‖Σ x‖² − n) / (n(n − 1)), within [-1, 1]; 1 at collapse.</summary>
    public required double MeanCosine { get; init; }

    /// <summary>The same, centred.</summary>
    public required double CentredMeanCosine { get; init; }

    /// <summary>log E exp(−2‖x − x'‖²) over different vectors; about −4 on a full sphere, 0 at collapse (Wang and Isola 2020).</summary>
    public required double Uniformity { get; init; }

    /// <summary>The same, centred.</summary>
    public required double CentredUniformity { get; init; }

    /// <summary>min Z(c) / max Z(c) over the eigenvectors c of XᵀX and their opposites, with Z(c) = Σ exp(c·x); 1 isotropic (Mu and Viswanath 2018).</summary>
    public required double PartitionIsotropy { get; init; }

    /// <summary>The same, centred.</summary>
    public required double CentredPartitionIsotropy { get; init; }

    /// <summary>exp(entropy) of the normalised singular values of the centred matrix, from 1 to <see cref="Dimension"/> (Roy and Vetterli 2007).</summary>
    public required double EffectiveRank { get; init; }

    /// <summary>(Σλ)² / Σλ² of the covariance's eigenvalues, from 1 to <see cref="Dimension"/>.</summary>
    public required double ParticipationRatio { get; init; }

    /// <summary>1 isotropic, 0 one-dimensional (Rudman et al. 2022).</summary>
    public required double IsoScore { get; init; }

    /// <summary>Singular values of the centred matrix over √(n − 1), largest first: the spectrum.</summary>
    public required IReadOnlyList<double> Spectrum { get; init; }

    /// <summary>The effective rank below which one speaks of collapse: a tenth of the dimension, or of what so few vectors can span.</summary>
    public double LeastEffectiveRank => CollapseLimits.LeastEffectiveRank(Dimension, Count);

    /// <summary>Measures vectors.</summary>
    /// <param name="vectors">Two or more.</param>
    internal static VectorSpread Measure(Vectors vectors)
    {
        var mean = vectors.Mean();
        var centred = vectors.Minus(mean);
        var eigenvalues = Eigenvalues(vectors.Covariance(mean));
        return new VectorSpread
        {
            Count = vectors.Count,
            Dimension = vectors.Dimension,
            MeanCosine = MeanCosineOf(vectors),
            CentredMeanCosine = MeanCosineOf(centred),
            Uniformity = UniformityOf(vectors),
            CentredUniformity = UniformityOf(centred),
            PartitionIsotropy = PartitionIsotropyOf(vectors),
            CentredPartitionIsotropy = PartitionIsotropyOf(centred),
            EffectiveRank = EffectiveRankOf(eigenvalues),
            ParticipationRatio = ParticipationOf(eigenvalues),
            IsoScore = IsoScoreOf(eigenvalues, vectors.Dimension),
            Spectrum = [.. eigenvalues.Select(Math.Sqrt)],
        };
    }

    internal static double MeanCosineOf(Vectors vectors)
    {
        var (sum, counted) = (new double[vectors.Dimension], 0);
        for (var row = 0; row < vectors.Count; row++)
        {
            var values = vectors.Row(row);
            var length = Math.Sqrt(Squares(values));
            if (length == 0) continue;
            counted++;
            for (var k = 0; k < sum.Length; k++) sum[k] += values[k] / length;
        }
        return counted < 2 ? 0 : (sum.Sum(value => value * value) - counted) / ((double)counted * (counted - 1));
    }

    internal static double UniformityOf(Vectors vectors)
    {
        var n = vectors.Count;
        var sums = new double[n];
        Parallel.For(0, n, row =>
        {
            for (var other = 0; other < row; other++) sums[row] += Math.Exp(-2 * (2 - 2 * vectors.Cosine(row, vectors, other)));
        });
        return Math.Log(sums.Sum() / (n * (n - 1) / 2.0));
    }

    /// <summary>Eigenvalues, largest first.</summary>
    internal static double[] Eigenvalues(Matrix<double> covariance) =>
        [.. covariance.Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Max(0, value.Real)).OrderDescending()];

    internal static double EffectiveRankOf(double[] eigenvalues)
    {
        var singular = eigenvalues.Select(Math.Sqrt).ToArray();
        var sum = singular.Sum();
        return sum == 0 ? 1 : Math.Exp(-singular.Sum(value => (value / sum + Epsilon) * Math.Log(value / sum + Epsilon)));
    }

    internal static double ParticipationOf(double[] eigenvalues)
    {
        var squares = eigenvalues.Sum(value => value * value);
        return squares == 0 ? 1 : Math.Pow(eigenvalues.Sum(), 2) / squares;
    }

    internal static double IsoScoreOf(double[] eigenvalues, int dimension)
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

    internal static double PartitionIsotropyOf(Vectors vectors)
    {
        var x = vectors.ToMatrix();
        var directions = x.TransposeThisAndMultiply(x).Evd(Symmetricity.Symmetric).EigenVectors;
        // The sign of an eigenvector means nothing, so both are looked at.
        var (along, against) = ((x * directions).PointwiseExp().ColumnSums(), (-(x * directions)).PointwiseExp().ColumnSums());
        return Math.Min(along.Minimum(), against.Minimum()) / Math.Max(along.Maximum(), against.Maximum());
    }

    private static double Squares(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += (double)value * value;
        return sum;
    }
}
