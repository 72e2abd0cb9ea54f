using Dragoman.Collections;
using System.Globalization;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>What a reader of a comparison should know before believing it.</summary>
internal static class ComparisonWarnings
{
    /// <summary>Fewer topics than this give unstable conclusions (Buckley and Voorhees, SIGIR 2000).</summary>
    private const int FewQueries = 25;

    /// <summary>Measures that are not defined for every query in every run.</summary>
    internal static IEnumerable<string> OfMeasures(IReadOnlyList<MeasureScores> scores, int counted) =>
        from measure in scores
        let left = counted - measure.Baseline.QueryIds.Count
        where left > 0
        select $"{measure.Measure} is not defined for {left} of {counted} queries in at least one run; it is compared over the other {measure.Baseline.QueryIds.Count}.";

    internal static IEnumerable<string> OfQueries(int counted, int judged, int? topics = null)
    {
        if (counted < judged) yield return $"{judged - counted} of {judged} judged queries are in no run and are left out; '--complete' counts them as 0 for all.";
        var (independent, noun) = topics is { } count ? (count, "topic") : (counted, "query");
        if (independent == 1) yield return $"there is one {noun}, which says nothing of others.";
        else if (independent < FewQueries) yield return $"{Amount.Of(independent, noun)} are few: expect another answer from other queries; {FewQueries} are a minimum, 50 are better.";
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
