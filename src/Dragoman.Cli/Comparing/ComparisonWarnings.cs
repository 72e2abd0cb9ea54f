using System.Globalization;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>What a reader of a comparison should know before believing it.</summary>
internal static class ComparisonWarnings
{
    /// <summary>Fewer topics than this give unstable conclusions (Buckley and Voorhees, SIGIR 2000).</summary>
    private const int FewQueries = 25;

    internal static IEnumerable<string> OfRun(string path, int queriesInRun, EvaluationResult result, bool complete)
    {
        if (result.QueriesOnlyInRun > 0) yield return $"{path}: {result.QueriesOnlyInRun} of {queriesInRun} queries have no judgements and are left out.";
        if (result.QueriesOnlyInQrels > 0)
        {
            yield return $"{path}: {result.QueriesOnlyInQrels} of {result.QueryIds.Count} queries are not in the run and count as 0" +
                (complete ? "." : "; 'evaluate' without '--complete' would leave them out for this run alone.");
        }
        if (result.ConstantScoreQueries > 0)
            yield return $"{path}: in {result.ConstantScoreQueries} of {result.QueryIds.Count} queries every score is the same, so the order is by passage id alone.";
    }

    internal static IEnumerable<string> OfQueries(int counted, int judged)
    {
        if (counted < judged) yield return $"{judged - counted} of {judged} judged queries are in no run and are left out; '--complete' counts them as 0 for all.";
        if (counted == 1) yield return "there is one query, which says nothing of others.";
        else if (counted < FewQueries) yield return $"{counted} queries are few: expect another answer from other queries; {FewQueries} are a minimum, 50 are better.";
    }

    internal static IEnumerable<string> OfRuns(IReadOnlyList<ComparedSystem> systems, IReadOnlyList<MeasureScores> scores)
    {
        foreach (var system in systems)
        {
            var same = scores.Select(measure => measure.Systems.Append(measure.Baseline).First(candidate => candidate.Name == system.Name)).ToList();
            for (var run = 1; run < system.Paths.Count; run++)
            {
                if (same.All(values => values.ByRun[run].SequenceEqual(values.ByRun[0])))
                    yield return $"{system.Paths[0]} and {system.Paths[run]} of {system.Name} score the same at every query; did the seed change anything?";
            }
        }
        if (systems.Any(system => system.Paths.Count > 1))
        {
            foreach (var system in systems.Where(system => system.Paths.Count == 1))
                yield return $"{system.Name} has one run and counts as a system without luck; if it was trained, its own seeds are missing from the intervals and tests.";
        }
    }

    internal static IEnumerable<string> OfComparisons(IReadOnlyList<Comparison> comparisons, ComparisonOptions options)
    {
        foreach (var comparison in comparisons.Where(comparison => comparison.ByQuery.Count > 1))
        {
            var (system, baseline, lowest) = (comparison.System.Name, comparison.Baseline.Name, 2.0 / comparison.Randomisation.Assignments);
            if (comparison.Ties == comparison.ByQuery.Count) yield return $"{system} and {baseline} score the same at every query in {comparison.Measure}; are they the same run?";
            else if (comparison.Randomisation.IsExact && lowest > options.Alpha)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{system} in {comparison.Measure}: with so few queries that differ no p-value can be below {lowest:0.####}, so nothing can be significant at {options.Alpha}.");
            }
        }
        if (options.Correction == Correction.None && comparisons.Count > 1)
            yield return $"{comparisons.Count} comparisons are made and not corrected for; one of them may look significant by chance.";
    }
}
