using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Significance;

/// <summary>One measure of one system, by run and query. A system has one run, or several that differ only in the seed it was trained with.</summary>
public sealed record SystemScores
{
    /// <summary>Makes the scores of a system.</summary>
    /// <param name="name">What to call the system.</param>
    /// <param name="queryIds">The queries, distinct, at least one.</param>
    /// <param name="byRun">Finite values of the measure: a list for each run, a value for each query in the order of <paramref name="queryIds"/>.</param>
    /// <exception cref="ArgumentException">There is no query or no run, a run has more or fewer values than there are queries, or a value is not finite.</exception>
    public SystemScores(string name, IReadOnlyList<string> queryIds, IReadOnlyList<IReadOnlyList<double>> byRun)
    {
        if (queryIds.Count == 0) throw new ArgumentException("There is no query.", nameof(queryIds));
        if (byRun.Count == 0) throw new ArgumentException("There is no run.", nameof(byRun));
        foreach (var run in byRun)
        {
            if (run.Count != queryIds.Count) throw new ArgumentException($"A run of {name} has {run.Count} values for {queryIds.Count} queries.", nameof(byRun));
            if (run.FirstOrDefault(value => !double.IsFinite(value), 0) is var odd && !double.IsFinite(odd)) throw new ArgumentException($"A value of {name} is {odd}.", nameof(byRun));
        }
        (Name, QueryIds, ByRun) = (name, queryIds, byRun);
        ByQuery = [.. Enumerable.Range(0, queryIds.Count).Select(query => byRun.Average(run => run[query]))];
        Mean = ByQuery.Average();
    }

    /// <summary>What to call the system.</summary>
    public string Name { get; }

    /// <summary>The queries.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>The values of each run, in the order of <see cref="QueryIds"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> ByRun { get; }

    /// <summary>Mean over the runs, for each query.</summary>
    public IReadOnlyList<double> ByQuery { get; }

    /// <summary>Mean over queries and runs.</summary>
    public double Mean { get; }

    /// <summary>Takes one measure out of evaluations.</summary>
    /// <param name="name">What to call the system.</param>
    /// <param name="runs">The evaluations of the system's runs, all over the same queries (<see cref="EvaluationOptions.Complete"/> makes them so).</param>
    /// <param name="measure">A measure that was computed and is averaged, not counted.</param>
    /// <exception cref="ArgumentException">The measure was not computed or is a count, or the queries differ.</exception>
    public static SystemScores From(string name, IReadOnlyList<EvaluationResult> runs, Measure measure)
    {
        if (measure.IsCount) throw new ArgumentException($"{measure} is a count, not a mean over queries.", nameof(measure));
        if (runs.Any(run => !run.QueryIds.SequenceEqual(runs[0].QueryIds))) throw new ArgumentException("The runs were evaluated over different queries.", nameof(runs));
        return new SystemScores(name, runs[0].QueryIds, [.. runs.Select(run => Values(run, measure))]);
    }

    private static double[] Values(EvaluationResult run, Measure measure)
    {
        var index = run.Measures.ToList().IndexOf(measure);
        return index < 0 ? throw new ArgumentException($"{measure} was not computed.", nameof(measure)) : [.. run.ByQuery.Select(values => values[index])];
    }
}
