namespace Dragoman.Evaluation.Significance;

/// <summary>What a randomisation test found.</summary>
/// <param name="PValue">The share of sign assignments that make a difference at least as large as the one observed, in either direction; above 0, at most 1.</param>
/// <param name="StandardError">How far <paramref name="PValue"/> may be off because assignments were drawn at random, as a standard deviation; 0 when all were taken.</param>
/// <param name="Assignments">How many assignments were looked at.</param>
/// <param name="IsExact">True when these were all there are.</param>
public sealed record RandomisationResult(double PValue, double StandardError, long Assignments, bool IsExact);
