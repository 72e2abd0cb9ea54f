using System.Globalization;
using System.Text;
using System.Text.Json;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Reports;

/// <summary>Reads what a report is made from: qrels, runs with their manifests, collection, queries, training logs.</summary>
internal static class ReportReader
{
    private static readonly JsonSerializerOptions Plain = new(RunManifest.Json) { WriteIndented = false };

    internal static ReportInput Read(ReportRequest request)
    {
        var qrels = QrelsFile.Read(request.Qrels);
        var runs = ReadRuns(request, out var baseline);
        foreach (var run in runs)
        {
            if (!run.Run.QueryIds.Any(id => qrels.IndexOfQuery(id) >= 0))
                throw new DragomanException($"{run.Path} and {request.Qrels} have no query in common (the first ids are {run.Run.QueryIds[0]} and {qrels.QueryIds[0]}); do they belong together?");
        }
        var collection = request.Collection is { } folder ? Collection.Open(folder) : null;
        var queries = request.Queries ?? collection?.QueriesPath;
        var training = ReadTraining(request.Training);
        return new ReportInput
        {
            Title = request.Title,
            Date = request.Date,
            Qrels = qrels,
            Systems = [.. runs.Select(run => new ReportSystem(run.Name, run.Run))],
            Baseline = baseline,
            Measures = request.Measures,
            Evaluation = request.Evaluation,
            Comparison = request.Comparison,
            Passages = collection?.ReadPassages(),
            Queries = queries is null ? null : BeirQueries.Read(queries),
            Training = [.. training.Select(log => log.Curves)],
            Sources =
            [
                Source("qrels", request.Qrels, $"{qrels.QueryIds.Count:N0} queries, {qrels.JudgementCount:N0} judgements"),
                .. runs.Select(run => Source($"run {run.Name}", run.Path, $"{run.Run.QueryIds.Count:N0} queries, {run.Run.EntryCount:N0} passages")),
                .. collection is null ? [] : new[] { Source("collection", collection.CorpusPath, $"") },
                .. queries is null ? [] : new[] { Source("queries", queries, $"") },
                .. training.Select(log => Source($"training {log.Curves.Name}", log.Path, $"{log.Curves.Loss.Count:N0} steps")),
            ],
            Origins = [.. runs.Select(Origin).OfType<(string, string)>()],
            Command = request.Command,
            ShownQueries = request.ShownQueries,
        };
    }

    private static IReadOnlyList<NamedRun> ReadRuns(ReportRequest request, out string? baseline)
    {
        var runs = NamedRun.ReadAll(request.Runs);
        baseline = null;
        if (request.Baseline is null) return runs;
        if (NamedRun.Find(runs, request.Baseline) is not { } found)
        {
            if (!File.Exists(request.Baseline) && !request.Baseline.Contains('=', StringComparison.Ordinal))
                throw new DragomanException($"--baseline {request.Baseline} is neither a run's name ({string.Join(", ", runs.Select(run => run.Name))}) nor a file; name one of the runs.");
            runs = NamedRun.ReadAll([request.Baseline, .. request.Runs]);
            found = runs[0];
        }
        baseline = found.Name;
        return runs;
    }

    private static List<(TrainingCurves Curves, string Path)> ReadTraining(IReadOnlyList<string> folders)
    {
        var names = folders.Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count) names = [.. folders];
        return [.. folders.Distinct(StringComparer.Ordinal).Zip(names, (folder, name) =>
        {
            var log = TrainingCurves.FindLog(folder);
            return (TrainingCurves.Read(name, log), log);
        })];
    }

    private static ReportSource Source(string role, string path, FormattableString size) =>
        new(role, path, RunInput.OfFile(role, path).Fingerprint ?? "", size.ToString(CultureInfo.InvariantCulture));

    private static (string, string)? Origin(NamedRun run)
    {
        if (RunManifest.ReadOrNull(run.Path) is not { } manifest) return null;
        if (!manifest.IsOf(run.Path)) return ($"How {run.Name} was made", $"{run.Path}{RunManifest.Suffix} is the manifest of another file; the run was changed or replaced after it.\n");
        var text = new StringBuilder();
        Describe(text, manifest, "");
        return ($"How {run.Name} was made", text.ToString());
    }

    private static void Describe(StringBuilder text, RunManifest manifest, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}dragoman {manifest.Stage} (version {manifest.Dragoman})\n{indent}options {manifest.Options.ToJsonString(Plain)}\n");
        foreach (var input in manifest.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}{input.Role} {input.Path} {input.Fingerprint}\n");
            if (input.Selection is { } selection) text.Append(CultureInfo.InvariantCulture, $"{indent}  selected by {selection.Measure} on {selection.Qrels} {selection.QrelsFingerprint}\n");
            if (input.Manifest is { } source) Describe(text, source, indent + "  ");
        }
    }
}
