using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation;

/// <summary>
/// Compares a run with judgements the way trec_eval 9.0.8 does: passages in order of their score as a 32-bit float, descending; ties by passage id descending in
/// byte order; the rank column ignored; what is not judged is not relevant. Thread-safe.
/// </summary>
/// <remarks>To measure the passages of one language only, give both sides restricted: <see cref="Run.Restrict(Func{string, bool})"/> and <see cref="Qrels.Restrict"/>.</remarks>
public static class Evaluator
{
    /// <summary>Computes measures of a run.</summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="run">The run.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ConfigurationException">The options cannot be used.</exception>
    public static EvaluationResult Evaluate(Qrels qrels, Run run, IReadOnlyList<Measure> measures, EvaluationOptions? options = null)
    {
        options ??= new EvaluationOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ConfigurationException("evaluation", problems);

        var judged = Enumerable.Range(0, qrels.QueryIds.Count)
            .Select(query => (Id: qrels.QueryIds[query], InQrels: query, InRun: run.IndexOfQuery(qrels.QueryIds[query])))
            .ToList();
        var both = judged.Count(query => query.InRun >= 0);
        var counted = judged.Where(query => options.Complete || query.InRun >= 0).OrderBy(query => query.Id, StringComparer.Ordinal).ToList();
        var judge = new QueryJudge(qrels, run, options);
        var values = new double[counted.Count][];
        var constant = 0;
        for (var i = 0; i < counted.Count; i++)
        {
            var ranking = judge.Judge(counted[i].InQrels, counted[i].InRun);
            values[i] = new double[measures.Count];
            for (var measure = 0; measure < measures.Count; measure++) values[i][measure] = measures[measure].Of(ranking);
            if (HasConstantScore(run, counted[i].InRun)) constant++;
        }
        return new EvaluationResult
        {
            Measures = measures,
            QueryIds = [.. counted.Select(query => query.Id)],
            ByQuery = values,
            Overall = [.. measures.Select((measure, index) => Overall(values, index, measure.IsCount))],
            QueriesOnlyInRun = run.QueryIds.Count - both,
            QueriesOnlyInQrels = judged.Count - both,
            ConstantScoreQueries = constant,
        };
    }

    private static double Overall(double[][] values, int measure, bool isCount)
    {
        double sum = 0;
        foreach (var row in values) sum += row[measure];
        return isCount ? sum : values.Length == 0 ? 0 : sum / values.Length;
    }

    private static bool HasConstantScore(Run run, int query)
    {
        if (query < 0) return false;
        var scores = run.ScoresAt(query);
        return scores.Length > 1 && (float)scores[0] == (float)scores[^1];
    }
}
