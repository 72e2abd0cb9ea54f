using MathNet.Numerics;

namespace Dragoman.Evaluation.Significance.Distributions;

/// <summary>Student's t distribution, central and not.</summary>
internal static class StudentT
{
    private const int Panels = 400;      // of Simpson's rule; 1e-10 absolute for 1 degree of freedom and more

    /// <summary>P(|T| ≥ |t|).</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="df">Degrees of freedom, above 0, not necessarily whole.</param>
    internal static double TwoSided(double t, double df) => SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + (t * t)));

    /// <summary>P(T ≤ t).</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="df">Degrees of freedom, above 0.</param>
    internal static double Cdf(double t, double df) => t > 0 ? 1 - (0.5 * TwoSided(t, df)) : 0.5 * TwoSided(t, df);

    /// <summary>The t with P(T ≤ t) = <paramref name="p"/>.</summary>
    /// <param name="p">Above 0 and below 1.</param>
    /// <param name="df">Degrees of freedom, above 0.</param>
    internal static double Quantile(double p, double df)
    {
        if (p > 0.5) return -Quantile(1 - p, df);
        if (p == 0.5) return 0;
        var low = -1.0;
        while (Cdf(low, df) > p) low *= 2;
        return Bisection.Root(t => Cdf(t, df) - p, low, 0);
    }

    /// <summary>P(T ≤ t) when the mean is not 0: T = (Z + shift) / √(χ²/df).</summary>
    /// <remarks>Integrates Φ(t·w − shift) over the density of w = √(χ²/df) with Simpson's rule.</remarks>
    /// <param name="t">The statistic.</param>
    /// <param name="df">Degrees of freedom, 1 or more.</param>
    /// <param name="shift">The non-centrality.</param>
    internal static double NoncentralCdf(double t, double df, double shift)
    {
        var spread = 9 / Math.Sqrt(df);
        var (low, high) = (Math.Max(0, 1 - spread), 1 + spread);
        var logScale = Math.Log(2) + (df / 2 * Math.Log(df / 2)) - SpecialFunctions.GammaLn(df / 2);
        var step = (high - low) / Panels;
        double sum = 0;
        for (var i = 0; i <= Panels; i++)
        {
            var w = low + (i * step);
            var logDensity = w > 0 ? logScale + ((df - 1) * Math.Log(w)) - (df * w * w / 2) : df > 1 ? double.NegativeInfinity : logScale;
            var weight = i is 0 or Panels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp(logDensity) * Normal.Cdf((t * w) - shift);
        }
        return Math.Clamp(sum * step / 3, 0, 1);
    }
}
