namespace Dragoman.Evaluation.Significance.Distributions;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>P(Z ≤ z).</summary>
    internal static double Cdf(double z)
    {
        var tail = 0.5 * SpecialFunctions.UpperGamma(0.5, 0.5 * z * z);
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The z with P(Z ≤ z) = <paramref name="p"/>.</summary>
    /// <param name="p">Above 0 and below 1.</param>
    internal static double Quantile(double p) => p > 0.5 ? -Quantile(1 - p) : Bisection.Root(z => Cdf(z) - p, -40, 0);
}
