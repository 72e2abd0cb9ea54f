namespace Dragoman.Evaluation.Languages;

/// <summary>The chi-squared distribution.</summary>
internal static class ChiSquared
{
    private const int Terms = 10_000;
    private const double Tolerance = 1e-16, Tiny = 1e-300;

    /// <summary>The probability of a value above one: the regularised upper incomplete gamma function Q(freedom / 2, value / 2).</summary>
    /// <param name="value">The value, 0 or more.</param>
    /// <param name="freedom">Degrees of freedom, 1 or more.</param>
    internal static double UpperTail(double value, int freedom)
    {
        if (value <= 0) return 1;
        var (a, x) = (freedom / 2.0, value / 2);
        var front = Math.Exp((a * Math.Log(x)) - x - LogGammaOfHalf(freedom));
        return x < a + 1 ? 1 - (front * Series(a, x)) : front * Fraction(a, x);
    }

    // P(a, x) = x^a e^-x / Γ(a) · Σ x^n / (a (a+1) … (a+n)); DLMF 8.11.4
    private static double Series(double a, double x)
    {
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; n < Terms && term > sum * Tolerance; n++)
        {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    // Q(a, x) = x^a e^-x / Γ(a) · 1/(x+1-a- 1(1-a)/(x+3-a- …)); DLMF 8.9.2 by Lentz's method
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var (c, d) = (1 / Tiny, 1 / b);
        var fraction = d;
        for (var n = 1; n < Terms; n++)
        {
            var step = -n * (n - a);
            b += 2;
            d = 1 / NotZero((step * d) + b);
            c = NotZero(b + (step / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Tolerance) break;
        }
        return fraction;

        static double NotZero(double number) => Math.Abs(number) < Tiny ? Tiny : number;
    }

    // ln Γ(n / 2), from Γ(1/2) = √π and Γ(1) = 1
    private static double LogGammaOfHalf(int n)
    {
        var (sum, at) = n % 2 == 0 ? (0.0, 1.0) : (Math.Log(Math.PI) / 2, 0.5);
        for (; at < n / 2.0; at++) sum += Math.Log(at);
        return sum;
    }
}
