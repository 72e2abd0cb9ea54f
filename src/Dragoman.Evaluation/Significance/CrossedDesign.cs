namespace Dragoman.Evaluation.Significance;

/// <summary>
/// A mean of one system, or a difference between two, over queries and, where a system has several, over runs. Queries are crossed with runs; runs are nested in
/// their system, because seed 7 of one system has nothing in common with seed 7 of another; where it has, the difference of the two runs is one run.
/// </summary>
/// <remarks>
/// The variance of the mean takes both as random: s²/n of the queries' values, plus (MS_run - MS_residual) / (n·S) for each system with S &gt; 1 runs, with
/// Satterthwaite's degrees of freedom (Clark 1973; Judd, Westfall and Kenny 2012). A system with one run adds nothing: it counts as deterministic. With one run
/// each this is the paired t test.
/// </remarks>
internal sealed class CrossedDesign
{
    /// <summary>Below this a difference is what rounding leaves of none.</summary>
    private const double Rounding = 1e-12;

    private CrossedDesign(IReadOnlyList<(IReadOnlyList<IReadOnlyList<double>> Runs, int Sign)> systems)
    {
        var n = systems[0].Runs[0].Count;
        var order = Order(systems, n);
        Systems = [.. systems.Select(system => (system.Runs.Select(run => order.Select(query => run[query]).ToArray()).ToArray(), system.Sign))];
        Values = new double[n];
        for (var query = 0; query < n; query++) Values[query] = Value(Systems, query);
        Mean = Values.Average();
        RunEffects = [.. Systems.Where(system => system.Runs.Length > 1).Select(system => Effects(system.Runs)).Where(effects => effects.Any(effect => effect != 0))];
        if (n > 1) (StandardError, DegreesOfFreedom) = Error();
    }

    /// <summary>The runs of each system with their queries in an order that depends on the values only, and the system's sign in the sum.</summary>
    internal (double[][] Runs, int Sign)[] Systems { get; }

    /// <summary>The value, or difference, of each query, averaged over runs.</summary>
    internal double[] Values { get; }

    /// <summary>Mean of <see cref="Values"/>.</summary>
    internal double Mean { get; }

    /// <summary>For each system whose runs differ: how far the mean of each run lies from the system's, enlarged by √(S/(S-1)) to the size of a seed's own deviation.</summary>
    internal double[][] RunEffects { get; }

    /// <summary>Standard deviation of <see cref="Mean"/>; null for one query.</summary>
    internal double? StandardError { get; }

    /// <summary>Degrees of freedom of <see cref="StandardError"/>.</summary>
    internal double DegreesOfFreedom { get; }

    /// <summary>Standard deviation of <see cref="Values"/>; null for one query.</summary>
    internal double? StandardDeviation => Values.Length > 1 ? Math.Sqrt(Variance(Values)) : null;

    internal static CrossedDesign Of(SystemScores system) => new([(system.ByRun, 1)]);

    internal static CrossedDesign Of(IReadOnlyList<double> values) => new([([values], 1)]);

    internal static CrossedDesign Difference(SystemScores from, SystemScores to) => new([(from.ByRun, -1), (to.ByRun, 1)]);

    /// <summary>The difference of runs that go together: their differences are the runs of one system. A single run goes with every one of the other.</summary>
    internal static CrossedDesign PairedDifference(SystemScores from, SystemScores to)
    {
        var count = Math.Max(from.ByRun.Count, to.ByRun.Count);
        IReadOnlyList<double> Run(SystemScores system, int run) => system.ByRun[system.ByRun.Count == 1 ? 0 : run];
        return new([([.. Enumerable.Range(0, count).Select(run => Run(to, run).Zip(Run(from, run), (later, earlier) => later - earlier).ToArray())], 1)]);
    }

    internal static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    internal static double WithoutRounding(double difference) => Math.Abs(difference) < Rounding ? 0 : difference;

    private (double, double) Error()
    {
        var n = Values.Length;
        var total = Variance(Values) / n;
        var squares = total * total / (n - 1);
        foreach (var (runs, _) in Systems.Where(system => system.Runs.Length > 1))
        {
            var anova = TwoWayAnova.Of(runs);
            var excess = (anova.Runs - anova.Residual) / (n * (double)runs.Length);
            if (excess <= 0) continue;
            total += excess;
            var fromRuns = anova.Runs / (n * (double)runs.Length);
            squares += fromRuns * fromRuns / (runs.Length - 1);
        }
        return (Math.Sqrt(total), squares > 0 ? total * total / squares : n - 1);
    }

    private static double[] Effects(double[][] runs)
    {
        var means = runs.Select(run => run.Average()).ToArray();
        var mean = means.Average();
        var enlarge = Math.Sqrt(runs.Length / (runs.Length - 1.0));
        return [.. means.Select(value => Math.Abs(value - mean) < Rounding ? 0 : (value - mean) * enlarge)];
    }

    private static double Value(IEnumerable<(double[][] Runs, int Sign)> systems, int query) =>
        WithoutRounding(systems.Sum(system => system.Sign * system.Runs.Average(run => run[query])));

    private static int[] Order(IReadOnlyList<(IReadOnlyList<IReadOnlyList<double>> Runs, int Sign)> systems, int n)
    {
        var values = Enumerable.Range(0, n).Select(query => systems.Sum(system => system.Sign * system.Runs.Average(run => run[query]))).ToArray();
        var order = Enumerable.Range(0, n).OrderBy(query => values[query]);
        foreach (var run in systems.SelectMany(system => system.Runs)) order = order.ThenBy(query => run[query]);
        return [.. order];
    }
}
