using Dragoman.Evaluation.Reports;

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
/// <param name="EffectiveRank">exp(entropy of the normalised singular values) of the centred vectors; alarm below a tenth of the dimension, or of what so few vectors can span.</param>
/// <param name="ParticipationRatio">(Σλ)² / Σλ² of the covariance's eigenvalues.</param>
/// <param name="IsoScore">1 isotropic, 0 one-dimensional (Rudman et al. 2022).</param>
/// <param name="LanguageBias">‖μ_left − μ_right‖² over the mean within-side variance; 0 when language leaves no trace.</param>
/// <param name="LanguageAccuracy">How often the nearer of the two sides' centroids is a vector's own, taken without it, within [0, 1]; 0.5 when language leaves no trace.</param>
/// <param name="PartitionIsotropy">min Z(c) / max Z(c) over the eigenvectors c of XᵀX and their opposites, with Z(c) = Σ exp(c·x); 1 isotropic (Mu and Viswanath 2018).</param>
/// <param name="Dimension">Length of a vector.</param>
public sealed record CollapseReport(
    double MeanCosine, double CentredMeanCosine, double PositiveCosine, double NegativeCosine, double Auc, double RecallAt1, double Alignment, double Uniformity,
    double EffectiveRank, double ParticipationRatio, double IsoScore, double LanguageBias, double LanguageAccuracy, double PartitionIsotropy, int Dimension)
{
    /// <summary>The cosines of pairs and mismatches, with their histograms.</summary>
    public required PairContrast Contrast { get; init; }

    /// <summary>The effective rank that alarms.</summary>
    public required double LeastEffectiveRank { get; init; }

    /// <summary>What is alarming, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Alarms()
    {
        if (MeanCosine > CollapseLimits.MeanCosine) yield return FormattableString.Invariant($"mean cosine {MeanCosine:F2} is above {CollapseLimits.MeanCosine}: the vectors share one direction; train with in-batch negatives and a temperature.");
        if (Auc < CollapseLimits.Auc) yield return FormattableString.Invariant($"AUC {Auc:F2} is below {CollapseLimits.Auc}: pairs are hardly told from mismatches.");
        if (EffectiveRank < LeastEffectiveRank) yield return FormattableString.Invariant($"effective rank {EffectiveRank:F1} is below {LeastEffectiveRank:F1}, a tenth of {(2 * Contrast.Pairs - 1 < Dimension ? FormattableString.Invariant($"what {2 * Contrast.Pairs} vectors can span") : FormattableString.Invariant($"{Dimension} dimensions"))}.");
    }
}

/// <summary>Measures collapse on pairs of L2-normalised vectors (formulas and alarms: docs/guides/diagnosing.md).</summary>
public static class CollapseDiagnostics
{
    /// <summary>Measures pairs of vectors.</summary>
    /// <param name="left">Vectors of one side, shape [N, dimension], row-major, L2-normalised.</param>
    /// <param name="right">Vectors of the other side; row n belongs to row n.</param>
    /// <param name="dimension">Length of a vector.</param>
    /// <exception cref="ArgumentException">Fewer than two pairs, or the sides differ in length.</exception>
    public static CollapseReport Measure(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int dimension)
    {
        var n = left.Length / dimension;
        if (n < 2 || right.Length != left.Length) throw new ArgumentException($"{left.Length} and {right.Length} floats are not two sides of at least two vectors of {dimension}.", nameof(left));
        var (x, y) = (new Vectors(left.ToArray(), dimension), new Vectors(right.ToArray(), dimension));
        var spread = VectorSpread.Measure(Vectors.Of(x, y));
        var contrast = PairContrast.Measure(x, y);
        var trace = LanguageTrace.Measure([("left", x), ("right", y)]);
        return new CollapseReport(
            spread.MeanCosine, spread.CentredMeanCosine, contrast.PositiveCosine, contrast.NegativeCosine, contrast.Auc, contrast.RecallAt1, contrast.Alignment, VectorSpread.UniformityOf(x),
            spread.EffectiveRank, spread.ParticipationRatio, spread.IsoScore, trace.LargestBias, trace.Accuracy, spread.PartitionIsotropy, dimension)
        {
            Contrast = contrast,
            LeastEffectiveRank = spread.LeastEffectiveRank,
        };
    }
}
