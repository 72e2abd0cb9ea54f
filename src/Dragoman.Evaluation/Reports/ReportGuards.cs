using System.Globalization;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Evaluation.Reports;

/// <summary>What a reader should know before believing a report's numbers.</summary>
internal static class ReportGuards
{
    /// <summary>The warnings of the input, of every guard about every run, and about the queries.</summary>
    internal static IReadOnlyList<string> Warnings(ReportInput input, ReportNumbers numbers)
    {
        var seen = new List<(string Run, EvaluationWarning Warning)>();
        foreach (var system in numbers.Systems)
        {
            foreach (var (run, result) in system.Runs.Zip(system.Results))
            {
                // A query that only this run lacks counts as 0, as with '--complete'; the guards are to say so.
                var guarded = new GuardInput { Qrels = input.Qrels, Result = result, Options = input.Evaluation with { Complete = true }, Manifest = run.Manifest };
                seen.AddRange(Guard.CheckAll(guarded).Select(warning => (run.Path ?? system.Name, warning)));
            }
        }
        List<string> warnings = [.. input.Warnings, .. EvaluationWarning.ByRun(seen)];
        var left = input.Qrels.QueryIds.Count - numbers.QueryIds.Count;
        if (left > 0) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{left:N0} of {input.Qrels.QueryIds.Count:N0} judged queries are in no run and are left out; '--complete' counts them as 0 for all."));
        foreach (var measure in numbers.Measures.Where(measure => measure is not LanguagePreference)) // whose definition is over the queries that have one
        {
            if (numbers.Without(measure) is > 0 and var without)
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{measure} is not defined for {without:N0} of {numbers.QueryIds.Count:N0} queries in some run; its means are over the others, which need not be the same for all systems, so it is not compared."));
        }
        return warnings;
    }
}
