using MathNet.Numerics;

namespace Dragoman.Evaluation.Significance.Distributions;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>P(Z ≤ z).</summary>
    internal static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>The z with P(Z ≤ z) = <paramref name="p"/>.</summary>
    /// <param name="p">Above 0 and below 1.</param>
    internal static double Quantile(double p) => p > 0.5 ? -Quantile(1 - p) : Bisection.Root(z => Cdf(z) - p, -40, 0);
}
