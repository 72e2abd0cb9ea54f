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
        // The judgements are cut to the queries that count, so that everything in the results, the bounds of ties too, is over the same queries.
        var counted = options.Complete || qrels.QueryIds.All(IsRun) ? qrels : qrels.Restrict(IsRun, _ => true);
        return [.. runs.Select(run => Evaluator.Evaluate(counted, run, measures, options with { Complete = true }, languages))];

        bool IsRun(string queryId) => runs.Any(run => run.IndexOfQuery(queryId) >= 0);
    }
}
