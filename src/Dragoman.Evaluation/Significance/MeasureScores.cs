namespace Dragoman.Evaluation.Significance;

/// <summary>What is compared in one measure.</summary>
/// <param name="Measure">The measure's spelling.</param>
/// <param name="Baseline">The system the others are held against.</param>
/// <param name="Systems">The others.</param>
public sealed record MeasureScores(string Measure, SystemScores Baseline, IReadOnlyList<SystemScores> Systems);
