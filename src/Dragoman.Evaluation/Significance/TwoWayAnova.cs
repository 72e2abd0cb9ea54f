namespace Dragoman.Evaluation.Significance;

/// <summary>The mean squares of a table of runs × queries with one value a cell.</summary>
/// <param name="Queries">Between queries.</param>
/// <param name="Runs">Between runs.</param>
/// <param name="Residual">What is left: the interaction of run and query, and noise, which cannot be told apart here.</param>
internal readonly record struct TwoWayAnova(double Queries, double Runs, double Residual)
{
    /// <summary>Analyses a table.</summary>
    /// <param name="runs">At least two runs with at least two queries each.</param>
    internal static TwoWayAnova Of(IReadOnlyList<IReadOnlyList<double>> runs)
    {
        var (s, n) = (runs.Count, runs[0].Count);
        var runMeans = runs.Select(run => run.Average()).ToArray();
        var queryMeans = Enumerable.Range(0, n).Select(query => runs.Average(run => run[query])).ToArray();
        var mean = runMeans.Average();
        double residual = 0;
        for (var run = 0; run < s; run++)
            for (var query = 0; query < n; query++) residual += Square(runs[run][query] - runMeans[run] - queryMeans[query] + mean);
        return new TwoWayAnova(
            s * queryMeans.Sum(value => Square(value - mean)) / (n - 1),
            n * runMeans.Sum(value => Square(value - mean)) / (s - 1),
            residual / ((s - 1) * (double)(n - 1)));
    }

    private static double Square(double value) => value * value;
}
