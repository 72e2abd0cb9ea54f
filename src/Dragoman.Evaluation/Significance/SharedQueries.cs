using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Significance;

/// <summary>
/// Evaluates several runs over the same queries, as a comparison must: the judged queries that at least one of the runs has. A run that lacks one of them is worth 0
/// there, because a system that answers only easy queries must not win by it.
/// </summary>
/// <remarks>This differs from <see cref="Evaluator.Evaluate(Qrels, Run, IReadOnlyList{Measure}, EvaluationOptions, LanguageMap)"/> of each run alone, which without <see cref="EvaluationOptions.Complete"/> leaves a query out for the run that lacks it and
/// keeps it for the others.</remarks>
public static class SharedQueries
{
    /// <summary>Evaluates the runs.</summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; null for the defaults. With <see cref="EvaluationOptions.Complete"/> judged queries that no run has count too, as 0 for all.</param>
    /// <param name="languages">The languages of passages and queries, for the measures that need them; null for none.</param>
    /// <returns>
    /// A result for each run, in the same order, all with the same <see cref="EvaluationResult.QueryIds"/>. <see cref="EvaluationResult.QueriesOnlyInQrels"/> is how many of these the
    /// run lacks. Without queries when no run has a judged one.
    /// </returns>
    /// <exception cref="ConfigurationException">The options cannot be used.</exception>
    public static IReadOnlyList<EvaluationResult> Evaluate(Qrels qrels, IReadOnlyList<Run> runs, IReadOnlyList<Measure> measures, EvaluationOptions? options = null, LanguageMap? languages = null)
    {
        options ??= new EvaluationOptions();
        var all = runs.Select(run => Evaluator.Evaluate(qrels, run, measures, options with { Complete = true }, languages)).ToList();
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
            Overall = [.. result.Measures.Select((measure, i) => Overall([.. values.Select(row => row[i]).Where(value => !double.IsNaN(value))], measure.IsCount, values.Count))],
            QueriesOnlyInQrels = counted.Count(query => run.IndexOfQuery(result.QueryIds[query]) < 0),
        };
    }

    // As the evaluator does: over the queries for which the measure is defined.
    private static double Overall(List<double> defined, bool isCount, int queries) =>
        isCount ? defined.Sum() : defined.Count > 0 ? defined.Average() : queries == 0 ? 0 : double.NaN;
}
