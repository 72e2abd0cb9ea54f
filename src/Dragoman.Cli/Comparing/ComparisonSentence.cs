using System.Globalization;
using Dragoman.Collections;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>Says in words what a comparison means.</summary>
internal static class ComparisonSentence
{
    internal static string Of(Comparison comparison, ComparisonOptions options, string noun)
    {
        var (system, baseline) = (comparison.System.Name, comparison.Baseline.Name);
        var queries = comparison.ByQuery.Count;
        if (comparison.Ties == queries) return $"{system} scores the same as {baseline} in {comparison.Measure} at every query.";
        var interval = comparison.Interval.Corrected;
        var found = comparison.Difference == 0
            ? $"{system} and {baseline} have the same mean {comparison.Measure}"
            : string.Create(CultureInfo.InvariantCulture,
                $"{system} scores {Math.Abs(comparison.Difference):F4} {(comparison.Difference > 0 ? "higher" : "lower")} than {baseline} in {comparison.Measure}");
        var range = queries == 1
            ? $"one {noun}, which says nothing of others"
            : string.Create(CultureInfo.InvariantCulture, $"{1 - options.Alpha:0.#%} interval of the difference {interval.Low:F4} to {interval.High:F4}, {Amount.Of(queries, noun)}{Seeds(comparison)}");
        return $"{found} ({range}); {Verdict(comparison, options)}";
    }

    private static string Seeds(Comparison comparison) =>
        comparison.System.ByRun.Count + comparison.Baseline.ByRun.Count > 2 ? $", {comparison.System.ByRun.Count} against {comparison.Baseline.ByRun.Count} runs" : "";

    private static string Verdict(Comparison comparison, ComparisonOptions options)
    {
        var p = ComparisonText.Probability(comparison.CorrectedPValue);
        var value = p[0] == '<' ? p : $"= {p}";
        if (comparison.IsSignificant) return string.Create(CultureInfo.InvariantCulture, $"the difference is significant at {options.Alpha} (corrected p {value}).");
        var not = string.Create(CultureInfo.InvariantCulture, $"the difference is not significant at {options.Alpha} (corrected p {value})");
        return comparison.MinimalDetectableDifference is { } detectable
            ? string.Create(CultureInfo.InvariantCulture,
                $"{not}. That does not make them equal: a single test finds only true differences of {detectable:F4} and more with {options.Power:0.#%} chance here.")
            : $"{not}.";
    }
}
