using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Reports;

/// <summary>What the user asked <c>dragoman report</c> for, as it was typed.</summary>
internal sealed record ReportRequest
{
    internal required string Qrels { get; init; }

    internal string? Iteration { get; init; }

    /// <summary>Systems, as <see cref="Comparing.SystemArgument"/> reads them.</summary>
    internal required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Name or path of one of the systems, or a further one.</summary>
    internal string? Baseline { get; init; }

    internal required IReadOnlyList<Measure> Measures { get; init; }

    internal required EvaluationOptions Evaluation { get; init; }

    internal required ComparisonOptions Comparison { get; init; }

    internal string? Collection { get; init; }

    internal string? Queries { get; init; }

    /// <summary>Language of queries that carry none, or the one to choose of topics in several; <c>und</c> for none.</summary>
    internal required string QueryLanguage { get; init; }

    internal string? TopicSource { get; init; }

    internal string? TopicFields { get; init; }

    internal IReadOnlyList<string> Training { get; init; } = [];

    internal required string Title { get; init; }

    internal required DateTimeOffset Date { get; init; }

    /// <summary>The command line that makes the same report again.</summary>
    internal required string Command { get; init; }

    internal required int ShownQueries { get; init; }
}
