namespace Dragoman.Evaluation.Significance.Distributions;

/// <summary>The incomplete gamma and beta functions, from which every distribution here is made; relative error about 1e-13.</summary>
internal static class SpecialFunctions
{
    private const double Tiny = 1e-300, Precision = 1e-16;
    private const int MostSteps = 10_000;

    // Lanczos' approximation with g = 7 and nine terms.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>ln Γ(x).</summary>
    /// <param name="x">Above 0.</param>
    internal static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (x - 1 + i);
        var t = x + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    /// <summary>The regularised upper incomplete gamma function Q(a, x): by its series below a + 1 (DLMF 8.11.4), by its continued fraction above (DLMF 8.9.2).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="x">0 or more.</param>
    internal static double UpperGamma(double a, double x)
    {
        if (x <= 0) return 1;
        var scale = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            var (term, sum) = (1 / a, 1 / a);
            for (var n = 1; n < MostSteps && term > sum * Precision; n++)
            {
                term *= x / (a + n);
                sum += term;
            }
            return 1 - (scale * sum);
        }
        var b = x + 1 - a;
        var (c, d) = (1 / Tiny, 1 / b);
        var fraction = d;
        for (var n = 1; n < MostSteps; n++)
        {
            var numerator = n * (a - n);
            b += 2;
            var factor = Step(numerator, b, ref c, ref d);
            fraction *= factor;
            if (Math.Abs(factor - 1) < Precision) break;
        }
        return scale * fraction;
    }

    /// <summary>The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) with Lentz's method.</summary>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    internal static double Beta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - Beta(1 - x, b, a);
        var scale = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        var (c, d) = (1.0, 1 / (1 - ((a + b) * x / (a + 1))));
        var fraction = d;
        for (var n = 1; n < MostSteps; n++)
        {
            fraction *= Step(n * (b - n) * x / ((a + (2 * n) - 1) * (a + (2 * n))), 1, ref c, ref d);
            var factor = Step(-(a + n) * (a + b + n) * x / ((a + (2 * n)) * (a + (2 * n) + 1)), 1, ref c, ref d);
            fraction *= factor;
            if (Math.Abs(factor - 1) < Precision) break;
        }
        return scale * fraction;
    }

    // One step of Lentz's method as modified by Thompson and Barnett (1986).
    private static double Step(double numerator, double denominator, ref double c, ref double d)
    {
        d = denominator + (numerator * d);
        if (Math.Abs(d) < Tiny) d = Tiny;
        c = denominator + (numerator / c);
        if (Math.Abs(c) < Tiny) c = Tiny;
        d = 1 / d;
        return c * d;
    }
}
