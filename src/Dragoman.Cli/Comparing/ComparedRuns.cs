using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>The runs of a comparison, measured over the same queries.</summary>
/// <param name="Scores">The systems' values, by measure.</param>
/// <param name="Queries">How many queries, or topics, count.</param>
/// <param name="Warnings">Reasons to doubt the numbers, one sentence each.</param>
internal sealed record ComparedRuns(IReadOnlyList<MeasureScores> Scores, int Queries, IReadOnlyList<string> Warnings)
{
    /// <summary>What is counted.</summary>
    internal string Noun { get; private init; } = "query";

    /// <summary>Reads and measures the runs.</summary>
    /// <param name="qrelsPath">The judgements.</param>
    /// <param name="iteration">Keep only judgements whose second column is this; null for all.</param>
    /// <param name="named">The baseline, then the others.</param>
    /// <param name="measures">What to compare in.</param>
    /// <param name="options">How runs are held against judgements.</param>
    /// <param name="languages">The languages of passages and queries; null for none.</param>
    /// <param name="topics">The topic of each query, whose queries count as one together; null for queries as they are.</param>
    /// <exception cref="DragomanException">A run and the judgements have no query in common, or a measure has no value in every run for any query.</exception>
    internal static ComparedRuns Evaluate(string qrelsPath, string? iteration, IReadOnlyList<SystemArgument> named, IReadOnlyList<Measure> measures, EvaluationOptions options, LanguageMap? languages, QueryTopics? topics)
    {
        var qrels = QrelsFile.Read(qrelsPath, new QrelsOptions { Iteration = iteration });
        var systems = ComparedSystems.Read(named);
        var runs = systems.SelectMany(system => system.Paths.Zip(system.Runs)).ToList();
        var results = SharedQueries.Evaluate(qrels, [.. runs.Select(run => run.Second)], measures, options, languages);
        for (var i = 0; i < runs.Count; i++) Require(qrels, qrelsPath, runs[i], results[i]);

        var rest = new Queue<EvaluationResult>(results);
        var bySystem = systems.Select(system => (system.Name, (IReadOnlyList<EvaluationResult>)[.. system.Runs.Select(_ => rest.Dequeue())])).ToList();
        var scores = measures.Select(measure => MeasureScores.OrNull(measure, bySystem)
            ?? throw new DragomanException($"{measure} is defined in all of these runs for no query, so there is nothing to compare; choose another measure.")).ToList();
        if (topics is not null) scores = [.. scores.Select(measure => measure.ByTopic(topics.Of))];
        var counted = topics is null ? results[0].QueryIds.Count : results[0].QueryIds.Select(topics.Of).Distinct(StringComparer.Ordinal).Count();
        string[] warnings =
        [
            .. Doubts(qrels, [.. runs.Select(run => run.First)], results, options), .. ComparisonWarnings.OfQueries(results[0].QueryIds.Count, qrels.QueryIds.Count, topics is null ? null : counted),
            .. ComparisonWarnings.OfMeasures(scores, counted), .. ComparisonWarnings.OfRuns(systems, scores),
        ];
        return new ComparedRuns(scores, counted, warnings) { Noun = topics is null ? "query" : "topic" };
    }

    // A query that only one of the runs lacks counts as 0 for it, as with '--complete'; the guards are to say so.
    private static List<string> Doubts(Qrels qrels, string[] paths, IReadOnlyList<EvaluationResult> results, EvaluationOptions options)
    {
        var (sentences, seen) = (new List<string>(), new List<(string Run, EvaluationWarning Warning)>());
        for (var i = 0; i < paths.Length; i++)
        {
            var manifest = ManifestOfRun.Read(paths[i], out var warning);
            if (warning is not null) sentences.Add(warning);
            var input = new GuardInput { Qrels = qrels, Result = results[i], Options = options with { Complete = true }, Manifest = manifest };
            seen.AddRange(Guard.CheckAll(input).Select(found => (paths[i], found)));
        }
        return [.. sentences, .. EvaluationWarning.ByRun(seen)];
    }

    private static void Require(Qrels qrels, string qrelsPath, (string Path, Run Run) run, EvaluationResult result)
    {
        if (run.Run.QueryIds.Count > 0 && result.QueriesOnlyInRun == run.Run.QueryIds.Count)
            throw new DragomanException($"{run.Path} and {qrelsPath} have no query in common (the first ids are {run.Run.QueryIds[0]} and {qrels.QueryIds[0]}); do they belong together?");
    }
}
