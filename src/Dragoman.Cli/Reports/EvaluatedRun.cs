using Dragoman.Evaluation;

namespace Dragoman.Cli.Reports;

/// <summary>A run with its measures.</summary>
/// <param name="Path">The run's file as the user named it.</param>
/// <param name="Tag">The run's tag.</param>
/// <param name="Result">Its measures.</param>
internal sealed record EvaluatedRun(string Path, string Tag, EvaluationResult Result);
