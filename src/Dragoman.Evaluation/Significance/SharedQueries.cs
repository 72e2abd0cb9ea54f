using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Significance;

/// <summary>
/// Evaluates several runs over the same queries, as a comparison must: the judged queries that at least one of the runs has. A run that lacks one of them is worth 0
/// there, because a system that answers only easy queries must not win by it.
/// </summary>
/// <remarks>This differs from <see cref="Evaluator.Evaluate"/> of each run alone, which without <see cref="EvaluationOptions.Complete"/> leaves a query out for the run that lacks it and
/// keeps it for the others.</remarks>
public static class SharedQueries
{
    /// <summary>Evaluates the runs.</summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; null for the defaults. With <see cref="EvaluationOptions.Complete"/> judged queries that no run has count too, as 0 for all.</param>
    /// <returns>
    /// A result for each run, in the same order, all with the same <see cref="EvaluationResult.QueryIds"/>. <see cref="EvaluationResult.QueriesOnlyInQrels"/> is how many of these the
    /// run lacks. Without queries when no run has a judged one.
    /// </returns>
    /// <exception cref="ConfigurationException">The options cannot be used.</exception>
    public static IReadOnlyList<EvaluationResult> Evaluate(Qrels qrels, IReadOnlyList<Run> runs, IReadOnlyList<Measure> measures, EvaluationOptions? options = null)
    {
        options ??= new EvaluationOptions();
        var all = runs.Select(run => Evaluator.Evaluate(qrels, run, measures, options with { Complete = true })).ToList();
        if (options.Complete || all.Count == 0) return all;
        var counted = Enumerable.Range(0, all[0].QueryIds.Count).Where(query => runs.Any(run => run.IndexOfQuery(all[0].QueryIds[query]) >= 0)).ToList();
        return [.. all.Zip(runs, (result, run) => Restrict(result, run, counted))];
    }

    private static EvaluationResult Restrict(EvaluationResult result, Run run, List<int> counted)
    {
        var values = counted.Select(query => result.ByQuery[query]).ToList();
        return result with
        {
            QueryIds = [.. counted.Select(query => result.QueryIds[query])],
            ByQuery = values,
            Overall = [.. result.Measures.Select((measure, i) => values.Sum(row => row[i]) / (measure.IsCount ? 1 : Math.Max(1, values.Count)))],
            QueriesOnlyInQrels = counted.Count(query => run.IndexOfQuery(result.QueryIds[query]) < 0),
        };
    }
}
