using Dragoman.Collections;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Reports;

/// <summary>A system under the name that a report calls it by.</summary>
/// <param name="Name">The name, unique in the report.</param>
/// <param name="Runs">Its run, or several that differ only in the seed it was trained with; numbers are then means over them.</param>
public sealed record ReportSystem(string Name, IReadOnlyList<ReportRun> Runs);

/// <summary>A run of a system.</summary>
/// <param name="Run">The run.</param>
/// <param name="Path">Where it lay, for warnings; null when there is no file.</param>
/// <param name="Manifest">How it was made; null when it is not known.</param>
public sealed record ReportRun(Run Run, string? Path = null, RunManifest? Manifest = null);

/// <summary>Something a report was made from.</summary>
/// <param name="Role">What it is: <c>qrels</c>, <c>run</c>, <c>collection</c>.</param>
/// <param name="Path">Where it lay.</param>
/// <param name="Fingerprint">Fingerprint of its bytes; empty for a pipe, which can be read once only.</param>
/// <param name="Size">What it holds, in words; empty when not counted.</param>
public sealed record ReportSource(string Role, string Path, string Fingerprint, string Size);

/// <summary>What an evaluation report is made from.</summary>
public sealed record ReportInput
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>When the report is made; printed to the minute in UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The judgements.</summary>
    public required Qrels Qrels { get; init; }

    /// <summary>The systems, at least one, in the order to show them.</summary>
    public required IReadOnlyList<ReportSystem> Systems { get; init; }

    /// <summary>Name of the system that the others are held against.</summary>
    /// <value>Null by default, for the first.</value>
    public string? Baseline { get; init; }

    /// <summary>The measures, at least one. The first that is an average and not <c>Judged</c> decides which queries are shown.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>How runs are compared with judgements. All systems are measured over the same queries, see <see cref="SharedQueries"/>.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>How systems are compared with each other.</summary>
    public ComparisonOptions Comparison { get; init; } = new();

    /// <summary>The passages, streamed twice; null when there is no collection.</summary>
    public IEnumerable<Passage>? Passages { get; init; }

    /// <summary>The queries, streamed once; null when there are none.</summary>
    public IEnumerable<Query>? Queries { get; init; }

    /// <summary>How training runs went.</summary>
    public IReadOnlyList<TrainingCurves> Training { get; init; } = [];

    /// <summary>What else is doubtful about the numbers, one sentence each; shown beside them with the guards' warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The files behind the numbers.</summary>
    public IReadOnlyList<ReportSource> Sources { get; init; } = [];

    /// <summary>How each run was made, as far as it is known: a heading and its text.</summary>
    public IReadOnlyList<(string Heading, string Text)> Origins { get; init; } = [];

    /// <summary>The command line that makes this report again; null when it was not made by one.</summary>
    public string? Command { get; init; }

    /// <summary>How many queries each list of queries shows, 0 or more.</summary>
    /// <value>5 by default.</value>
    public int ShownQueries { get; init; } = 5;

    /// <summary>How many passages of a ranking are shown, 1 or more.</summary>
    /// <value>5 by default.</value>
    public int ShownPassages { get; init; } = 5;
}
