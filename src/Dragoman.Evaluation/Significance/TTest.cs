using Dragoman.Evaluation.Significance.Distributions;

namespace Dragoman.Evaluation.Significance;

/// <summary>
/// A two-sided t test of the mean difference: paired over queries with one run each; over queries and runs, both random, with several, where the degrees of freedom are
/// Satterthwaite's (Biometrics Bulletin 2, 1946) and not whole.
/// </summary>
/// <param name="T">Mean difference divided by its standard error.</param>
/// <param name="DegreesOfFreedom">n - 1 for n queries and one run each; fewer when runs add variance.</param>
/// <param name="StandardError">Standard deviation of the mean difference, above 0.</param>
/// <param name="PValue">Chance of a |t| at least as large when there is no difference.</param>
public sealed record TTest(double T, double DegreesOfFreedom, double StandardError, double PValue)
{
    /// <summary>Tests whether the mean of differences is 0.</summary>
    /// <param name="differences">A finite difference for each query.</param>
    /// <returns>Null when there is no variance to compare with: fewer than two queries, or the same difference at every query.</returns>
    public static TTest? Of(IReadOnlyList<double> differences) => Of(CrossedDesign.Of(differences));

    internal static TTest? Of(CrossedDesign design)
    {
        // A standard error of this size is rounding, not variance.
        if (design.StandardError is not { } error || error < 1e-13) return null;
        var t = design.Mean / error;
        return new TTest(t, design.DegreesOfFreedom, error, StudentT.TwoSided(t, design.DegreesOfFreedom));
    }
}
