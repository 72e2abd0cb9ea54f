using Dragoman.Evaluation.Significance.Distributions;

namespace Dragoman.Evaluation.Significance;

/// <summary>
/// Confidence intervals of a mean by resampling queries and, where a system has several, runs. Seeded; the same whatever the number of threads and the order of
/// the queries.
/// </summary>
/// <remarks>
/// <para>With one run the queries are drawn with replacement, and the interval is BCa (Efron, Journal of the American Statistical Association 82, 1987; Efron and
/// Tibshirani 1993, chapter 14).</para>
/// <para>With several runs, queries and runs are drawn independently and crossed: the pigeonhole bootstrap (Owen, Annals of Applied Statistics 1, 2007; Owen and
/// Eckles 2012). Every system sees the same queries, and draws runs of its own.</para>
/// <para>Deviation: for <see cref="BootstrapInterval.Corrected"/> the deviation that comes from the draw of S runs is enlarged by √(S/(S-1)), because resampling so few
/// understates their variance, and the quantiles are taken further out, by as much as Student's t with Satterthwaite's degrees of freedom lies beyond the normal.</para>
/// </remarks>
public static class Bootstrap
{
    private const ulong QueryStream = 2, RunStream = 3;

    /// <summary>The interval of a mean over queries.</summary>
    /// <param name="values">A finite value for each query, at least one. A single value, or equal ones, give an interval without width.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static BootstrapInterval OfMean(IReadOnlyList<double> values, ComparisonOptions? options = null) => Of(CrossedDesign.Of(values), options ?? new ComparisonOptions());

    /// <summary>The interval of a system's mean over queries and runs.</summary>
    /// <param name="system">The system. One query gives an interval without width, however many runs there are.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static BootstrapInterval OfMean(SystemScores system, ComparisonOptions? options = null) => Of(CrossedDesign.Of(system), options ?? new ComparisonOptions());

    internal static BootstrapInterval Of(CrossedDesign design, ComparisonOptions options)
    {
        if (design.StandardError is null) return new BootstrapInterval(new Interval(design.Mean, design.Mean), new Interval(design.Mean, design.Mean));
        var plain = new double[options.Resamples];
        var enlarged = new double[options.Resamples];
        Parallel.For(0, options.Resamples, options.Parallel, () => new int[design.Values.Length], (resample, _, queries) =>
        {
            (plain[resample], enlarged[resample]) = Resample(design, options.Seed, resample, queries);
            return queries;
        }, _ => { });
        Array.Sort(plain);
        Array.Sort(enlarged);
        var tail = options.Alpha / 2;
        var percentile = new Interval(Quantile(plain, tail), Quantile(plain, 1 - tail));
        return new BootstrapInterval(percentile, design.RunEffects.Length == 0 ? Bca(design, plain, tail) : Expanded(design, enlarged, tail));
    }

    private static (double Plain, double Enlarged) Resample(CrossedDesign design, int seed, int resample, int[] queries)
    {
        Draw(new CounterRandom(seed, QueryStream), resample, queries, queries.Length);
        double onQueries = 0;
        foreach (var query in queries) onQueries += design.Values[query];
        onQueries /= queries.Length;
        var (plain, enlarged) = (onQueries, onQueries);
        for (var system = 0; system < design.Systems.Length; system++)
        {
            var (runs, sign) = design.Systems[system];
            if (runs.Length == 1) continue;
            var deviation = sign * RunDeviation(runs, queries, new CounterRandom(seed, RunStream + (ulong)system), resample);
            plain += deviation;
            enlarged += deviation * Math.Sqrt(runs.Length / (runs.Length - 1.0));
        }
        return (plain, enlarged);
    }

    // How much higher the drawn runs score on the drawn queries than all runs do.
    private static double RunDeviation(double[][] runs, int[] queries, CounterRandom random, int resample)
    {
        var drawn = new int[runs.Length];
        Draw(random, resample, drawn, runs.Length);
        double sum = 0;
        for (var run = 0; run < runs.Length; run++)
        {
            var weight = (drawn.Count(other => other == run) - 1.0) / runs.Length;
            if (weight == 0) continue;
            double onQueries = 0;
            foreach (var query in queries) onQueries += runs[run][query];
            sum += weight * onQueries / queries.Length;
        }
        return sum;
    }

    // Two draws from 64 bits: the upper half of 32 random bits times the count, off by less than count / 2^32.
    private static void Draw(CounterRandom random, int resample, int[] drawn, int count)
    {
        var words = (ulong)((drawn.Length + 1) / 2);
        for (var i = 0; i < drawn.Length; i++)
        {
            var word = random[((ulong)resample * words) + (ulong)(i / 2)];
            drawn[i] = (int)(((i % 2 == 0 ? word & 0xFFFF_FFFF : word >> 32) * (ulong)count) >> 32);
        }
    }

    private static Interval Bca(CrossedDesign design, double[] sorted, double tail)
    {
        if (sorted[0] == sorted[^1]) return new Interval(sorted[0], sorted[^1]);
        var below = sorted.Count(value => value < design.Mean) + (0.5 * sorted.Count(value => value == design.Mean));
        var bias = Normal.Quantile(Math.Clamp(below / sorted.Length, 0.5 / sorted.Length, 1 - (0.5 / sorted.Length)));
        var squares = design.Values.Sum(value => Math.Pow(value - design.Mean, 2));
        var acceleration = design.Values.Sum(value => Math.Pow(value - design.Mean, 3)) / (6 * Math.Pow(squares, 1.5));
        return Interval.Sorted(Quantile(sorted, Level(tail)), Quantile(sorted, Level(1 - tail)));

        double Level(double p)
        {
            var z = bias + Normal.Quantile(p);
            return Normal.Cdf(bias + (z / (1 - (acceleration * z))));
        }
    }

    private static Interval Expanded(CrossedDesign design, double[] sorted, double tail)
    {
        var further = Normal.Cdf(StudentT.Quantile(tail, design.DegreesOfFreedom));
        return new Interval(Quantile(sorted, further), Quantile(sorted, 1 - further));
    }

    // Linear between order statistics (type 7 of Hyndman and Fan 1996).
    private static double Quantile(double[] sorted, double p)
    {
        var at = p * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
