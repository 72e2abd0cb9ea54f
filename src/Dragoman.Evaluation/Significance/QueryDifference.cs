namespace Dragoman.Evaluation.Significance;

/// <summary>One query's values, averaged over the runs of each system.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="Baseline">The baseline's value.</param>
/// <param name="System">The system's value.</param>
/// <param name="Difference">System minus baseline; exactly 0 when they differ by rounding only.</param>
public sealed record QueryDifference(string QueryId, double Baseline, double System, double Difference);
