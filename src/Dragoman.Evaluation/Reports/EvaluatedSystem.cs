using Dragoman.Collections;

namespace Dragoman.Evaluation.Reports;

/// <summary>A system with its measures.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Run">Its run.</param>
/// <param name="Result">Its measures.</param>
internal sealed record EvaluatedSystem(string Name, Run Run, EvaluationResult Result);
