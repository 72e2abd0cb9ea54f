using Dragoman.Collections.Errors;

namespace Dragoman.Evaluation.Significance;

/// <summary>Holds systems against a baseline, query by query. Thread-safe.</summary>
public static class SystemComparer
{
    /// <summary>Compares every system with the baseline in every measure; the p-values of all these comparisons are corrected as one family.</summary>
    /// <param name="measures">The scores, by measure. Within a measure all systems have the same queries in the same order.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>Measure by measure, and within it system by system, in the order given. Swapping system and baseline changes signs and nothing else.</returns>
    /// <exception cref="ConfigurationException">The options cannot be used.</exception>
    /// <exception cref="ArgumentException">The systems of a measure have different queries, or different numbers of runs that are to be paired.</exception>
    public static IReadOnlyList<Comparison> Compare(IReadOnlyList<MeasureScores> measures, ComparisonOptions? options = null)
    {
        options ??= new ComparisonOptions();
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("comparison", problems);
        foreach (var (measure, baseline, systems) in measures)
        {
            if (systems.FirstOrDefault(system => !system.QueryIds.SequenceEqual(baseline.QueryIds)) is { } odd)
                throw new ArgumentException($"{odd.Name} and {baseline.Name} have different queries in {measure}.", nameof(measures));
            if (options.PairedRuns && systems.FirstOrDefault(system => system.ByRun.Count != baseline.ByRun.Count && system.ByRun.Count > 1 && baseline.ByRun.Count > 1) is { } uneven)
                throw new ArgumentException($"{uneven.Name} has {uneven.ByRun.Count} runs and {baseline.Name} {baseline.ByRun.Count}; they cannot be paired.", nameof(measures));
        }
        var compared = measures.SelectMany(measure => measure.Systems.Select(system => Compare(measure.Measure, measure.Baseline, system, options))).ToList();
        var corrected = MultipleTests.Adjust([.. compared.Select(comparison => comparison.Randomisation.PValue)], options.Correction);
        return [.. compared.Zip(corrected, (comparison, p) => comparison with { CorrectedPValue = p, IsSignificant = p <= options.Alpha })];
    }

    private static Comparison Compare(string measure, SystemScores baseline, SystemScores system, ComparisonOptions options)
    {
        CrossedDesign Design(SystemScores from, SystemScores to) => options.PairedRuns ? CrossedDesign.PairedDifference(from, to) : CrossedDesign.Difference(from, to);
        var difference = Design(baseline, system);
        // Resamples are drawn of the positive difference, so that the interval of the opposite comparison is this one's mirror image.
        var mirrored = difference.Mean < 0;
        var interval = Bootstrap.Of(mirrored ? Design(system, baseline) : difference, options);
        var test = TTest.Of(difference);
        var deviation = difference.StandardDeviation is { } value && value > 1e-12 ? value : (double?)null;
        var n = baseline.QueryIds.Count;
        return new Comparison
        {
            Measure = measure,
            Baseline = baseline,
            System = system,
            Difference = difference.Mean,
            Interval = mirrored ? new BootstrapInterval(Mirror(interval.Percentile), Mirror(interval.Corrected)) : interval,
            Randomisation = RandomisationTest.Of(difference, options),
            TTest = test,
            CorrectedPValue = 1,
            IsSignificant = false,
            EffectSize = difference.Mean / deviation,
            CorrectedEffectSize = n < 3 ? null : difference.Mean / deviation * (1 - (3.0 / ((4 * (n - 1)) - 1))),
            MinimalDetectableDifference = test is null ? null : PowerAnalysis.MinimalDetectableDifference(test.StandardError, test.DegreesOfFreedom, options.Alpha, options.Power),
            ByQuery = ByQuery(baseline, system),
        };
    }

    private static Interval Mirror(Interval interval) => new(-interval.High, -interval.Low);

    private static IReadOnlyList<QueryDifference> ByQuery(SystemScores baseline, SystemScores system) =>
    [
        .. baseline.QueryIds
            .Select((id, query) => new QueryDifference(id, baseline.ByQuery[query], system.ByQuery[query], CrossedDesign.WithoutRounding(system.ByQuery[query] - baseline.ByQuery[query])))
            .OrderByDescending(query => query.Difference).ThenBy(query => query.QueryId, StringComparer.Ordinal),
    ];
}
