using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Significance;

/// <summary>What is compared in one measure.</summary>
/// <param name="Measure">The measure's spelling.</param>
/// <param name="Baseline">The system the others are held against.</param>
/// <param name="Systems">The others.</param>
public sealed record MeasureScores(string Measure, SystemScores Baseline, IReadOnlyList<SystemScores> Systems)
{
    /// <summary>
    /// Takes one measure out of evaluations, over the queries for which it is defined in every run: what Accuracy or LPR is for a query of one run only cannot be held against anything.
    /// </summary>
    /// <param name="measure">A measure that was computed and is averaged, not counted.</param>
    /// <param name="systems">The baseline, then the others: names, and the evaluations of the system's runs, all over the same queries (see <see cref="SharedQueries"/>).</param>
    /// <returns>Null when no query has a value in every run.</returns>
    /// <exception cref="ArgumentException">The measure was not computed or is a count, the queries differ, or there is no system.</exception>
    public static MeasureScores? OrNull(Measure measure, IReadOnlyList<(string Name, IReadOnlyList<EvaluationResult> Runs)> systems)
    {
        if (systems.Count == 0) throw new ArgumentException("There is no system.", nameof(systems));
        var runs = systems.SelectMany(system => system.Runs).ToList();
        var index = runs[0].Measures.ToList().IndexOf(measure);
        var defined = Enumerable.Range(0, runs[0].QueryIds.Count).Where(query => index < 0 || runs.All(run => double.IsFinite(run.ByQuery[query][index]))).ToList();
        if (defined.Count == 0) return null;
        var scores = systems.Select(system => SystemScores.From(system.Name, [.. system.Runs.Select(run => Cut(run, defined))], measure)).ToList();
        return new MeasureScores(measure.Name, scores[0], scores[1..]);
    }

    /// <summary>The same by topic: the value of a topic is the mean over its queries, such as its translations, which are not independent of each other.</summary>
    /// <param name="topicOf">The topic of a query.</param>
    public MeasureScores ByTopic(Func<string, string> topicOf)
    {
        var queries = Enumerable.Range(0, Baseline.QueryIds.Count).GroupBy(query => topicOf(Baseline.QueryIds[query]), StringComparer.Ordinal).ToList();
        SystemScores Of(SystemScores system) =>
            new(system.Name, [.. queries.Select(topic => topic.Key)], [.. system.ByRun.Select(run => (IReadOnlyList<double>)[.. queries.Select(topic => topic.Average(query => run[query]))])]);
        return new MeasureScores(Measure, Of(Baseline), [.. Systems.Select(Of)]);
    }

    private static EvaluationResult Cut(EvaluationResult run, List<int> queries) =>
        run with { QueryIds = [.. queries.Select(query => run.QueryIds[query])], ByQuery = [.. queries.Select(query => run.ByQuery[query])] };
}
