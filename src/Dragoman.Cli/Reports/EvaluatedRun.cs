using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Cli.Reports;

/// <summary>A run with its measures.</summary>
/// <param name="Path">The run's file as the user named it.</param>
/// <param name="Tag">The run's tag.</param>
/// <param name="Result">Its measures.</param>
internal sealed record EvaluatedRun(string Path, string Tag, EvaluationResult Result)
{
    /// <summary>Reasons to doubt the numbers.</summary>
    internal IReadOnlyList<EvaluationWarning> Warnings { get; init; } = [];

    /// <summary>The measures language by language; empty when that was not asked for.</summary>
    internal IReadOnlyList<LanguageRow> Languages { get; init; } = [];
}
