using Dragoman.Collections;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Reports;

/// <summary>A system with its measures.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Runs">Its runs, at least one.</param>
/// <param name="Results">The measures of each run, all over the same queries.</param>
internal sealed record EvaluatedSystem(string Name, IReadOnlyList<ReportRun> Runs, IReadOnlyList<EvaluationResult> Results)
{
    /// <summary>The run whose rankings are shown: the first.</summary>
    internal Run Shown => Runs[0].Run;

    /// <summary>Mean of a measure over queries and runs; not a number where it is not defined.</summary>
    internal double Overall(Measure measure) => Results.Average(result => result[measure]);
}
