using System.Globalization;
using Dragoman.Evaluation.Guards;

namespace Dragoman.Evaluation.Reports;

/// <summary>What a reader should know before believing a report's numbers.</summary>
internal static class ReportGuards
{
    /// <summary>The warnings of the input, of every guard about every run, and about the queries.</summary>
    internal static IReadOnlyList<string> Warnings(ReportInput input, ReportNumbers numbers)
    {
        var warnings = new List<string>(input.Warnings);
        foreach (var system in numbers.Systems)
        {
            foreach (var (run, result) in system.Runs.Zip(system.Results))
            {
                // A query that only this run lacks counts as 0, as with '--complete'; the guards are to say so.
                var seen = new GuardInput { Qrels = input.Qrels, Result = result, Options = input.Evaluation with { Complete = true }, Manifest = run.Manifest };
                warnings.AddRange(Guard.CheckAll(seen).Select(warning => $"{run.Path ?? system.Name}: {warning.Text}"));
            }
        }
        var left = input.Qrels.QueryIds.Count - numbers.QueryIds.Count;
        if (left > 0) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{left:N0} of {input.Qrels.QueryIds.Count:N0} judged queries are in no run and are left out; '--complete' counts them as 0 for all."));
        return warnings;
    }
}
