using System.Globalization;
using System.Text;
using System.Text.Json;
using Dragoman.Cli.Commands;
using Dragoman.Cli.Comparing;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Reports;

/// <summary>Reads what a report is made from: qrels, runs with their manifests, collection, queries, training logs.</summary>
internal static class ReportReader
{
    private static readonly JsonSerializerOptions Plain = new(RunManifest.Json) { WriteIndented = false };

    internal static ReportInput Read(ReportRequest request)
    {
        var qrels = QrelsFile.Read(request.Qrels, new QrelsOptions { Iteration = request.Iteration });
        var (systems, baseline) = ReadSystems(request);
        foreach (var (path, run) in systems.SelectMany(system => system.Paths.Zip(system.Runs)))
        {
            if (run.QueryIds.Count > 0 && !run.QueryIds.Any(id => qrels.IndexOfQuery(id) >= 0))
                throw new DragomanException($"{path} and {request.Qrels} have no query in common (the first ids are {run.QueryIds[0]} and {qrels.QueryIds[0]}); do they belong together?");
        }
        var counted = request.Evaluation.Complete ? qrels.QueryIds.Count : qrels.QueryIds.Count(id => systems.Any(system => system.Runs.Any(run => run.IndexOfQuery(id) >= 0)));
        var manifests = systems.SelectMany(system => system.Paths).ToDictionary(path => path, ReadManifest, StringComparer.Ordinal);
        var collection = request.Collection is { } folder ? Collection.Open(folder) : null;
        var queries = request.Queries ?? collection?.QueriesPath;
        var training = ReadTraining(request.Training);
        return new ReportInput
        {
            Title = request.Title,
            Date = request.Date,
            Qrels = qrels,
            Systems = [.. systems.Select(system => new ReportSystem(system.Name, [.. system.Paths.Zip(system.Runs, (path, run) => new ReportRun(run, path, manifests[path].Manifest))]))],
            Baseline = baseline,
            Measures = request.Measures,
            Evaluation = request.Evaluation,
            Comparison = request.Comparison,
            Passages = collection?.ReadPassages(),
            Queries = queries is null ? null : request.Queries is null ? QueriesFile.Read(queries) : TopicOptions.Read(queries, request.QueryLanguage, request.TopicSource, request.TopicFields),
            Training = [.. training.Select(log => log.Curves)],
            Sources =
            [
                Source("qrels", request.Qrels, $"{Amount.Of(qrels.QueryIds.Count, "query")}, {Amount.Of(qrels.JudgementCount, "judgement")}"),
                .. systems.SelectMany(system => system.Paths.Zip(system.Runs, (path, run) => Source($"run {system.Name}", path, $"{Amount.Of(run.QueryIds.Count, "query")}, {Amount.Of(run.EntryCount, "passage")}"))),
                .. collection is null ? [] : new[] { Source("collection", collection.CorpusPath, $"") },
                .. queries is null ? [] : new[] { Source("queries", queries, $"") },
                .. training.Select(SourceOf),
            ],
            Warnings = [.. manifests.Values.Select(manifest => manifest.Warning).OfType<string>(), .. ComparisonWarnings.OfQueries(counted, counted)],
            Origins = [.. manifests.Where(manifest => manifest.Value.Manifest is not null).Select(manifest => ($"How {manifest.Key} was made", Describe(manifest.Value.Manifest!)))],
            Command = request.Command,
            ShownQueries = request.ShownQueries,
        };
    }

    private static (List<ComparedSystem> Systems, string? Baseline) ReadSystems(ReportRequest request)
    {
        var arguments = request.Runs.Select(SystemArgument.Parse).ToList();
        var baseline = request.Baseline is null ? -1 : arguments.FindIndex(argument => argument.Name == request.Baseline || argument.Paths.Contains(request.Baseline, StringComparer.Ordinal));
        if (request.Baseline is { } further && baseline < 0)
        {
            var named = SystemArgument.Parse(further);
            if (!named.Paths.All(File.Exists)) return Find(further, ComparedSystems.Read(arguments)); // a tag, which is known when the runs are read
            (arguments, baseline) = ([named, .. arguments], 0);
        }
        if (ComparedSystems.Problems(arguments).ToList() is { Count: > 0 } problems) throw new ConfigurationException("--run", problems);
        var systems = ComparedSystems.Read(arguments);
        return (systems, baseline < 0 ? null : systems[baseline].Name);
    }

    private static (List<ComparedSystem> Systems, string? Baseline) Find(string name, List<ComparedSystem> systems) => systems.Any(system => system.Name == name) ? (systems, name)
        : throw new DragomanException($"--baseline {name} is neither a system's name ({string.Join(", ", systems.Select(system => system.Name))}) nor a file; name one of the runs.");

    /// <summary>A training log as a source of a report.</summary>
    internal static ReportSource SourceOf((TrainingCurves Curves, string Path) log) => Source($"training {log.Curves.Name}", log.Path, $"{Amount.Of(log.Curves.Loss.Count, "step")}");

    /// <summary>Reads the logs of training runs, each named after its folder.</summary>
    internal static List<(TrainingCurves Curves, string Path)> ReadTraining(IReadOnlyList<string> folders)
    {
        var logs = folders.SelectMany(TrainingCurves.FindLogs).DistinctBy(log => log.Path, StringComparer.Ordinal).ToList();
        return [.. logs.Select(log => (TrainingCurves.Read(logs.Count(other => other.Name == log.Name) > 1 ? log.Path : log.Name, log.Path), log.Path))];
    }

    private static ReportSource Source(string role, string path, FormattableString size) =>
        new(role, path, RunInput.OfFile(role, path).Fingerprint ?? "", size.ToString(CultureInfo.InvariantCulture));

    private static (RunManifest? Manifest, string? Warning) ReadManifest(string path) => (ManifestOfRun.Read(path, out var warning), warning);

    private static string Describe(RunManifest manifest)
    {
        var text = new StringBuilder();
        Describe(text, manifest, "");
        return text.ToString();
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
