using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Watching;

/// <summary>The training runs that are watched: each a log that may still grow.</summary>
internal static class WatchedRuns
{
    private const string Seeds = "seed-*.log.jsonl";

    /// <summary>Opens runs; a folder that holds several seeds stands for all of them.</summary>
    /// <param name="paths">Model folders or logs.</param>
    /// <exception cref="DragomanException">There is no log, or a file is none.</exception>
    internal static IReadOnlyList<TrainingLogFollower> Open(IReadOnlyList<string> paths)
    {
        var logs = paths.SelectMany(Logs).DistinctBy(log => Path.GetFullPath(log.Path), StringComparer.Ordinal).ToList();
        return [.. logs.Select(log => new TrainingLogFollower(logs.Count(other => other.Name == log.Name) > 1 ? log.Path : log.Name, log.Path))];
    }

    private static IEnumerable<(string Name, string Path)> Logs(string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(path);
        var name = Path.GetFileName(Path.GetFullPath(folder));
        string[] seeds = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Seeds).OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal)] : [];
        if (seeds.Length > 0) return seeds.Select(seed => ($"{name}/{Path.GetFileName(seed)[..^".log.jsonl".Length]}", seed));
        var log = TrainingCurves.FindLog(path);
        return [(name.EndsWith(".log.jsonl", StringComparison.Ordinal) ? name[..^".log.jsonl".Length] : name, log)];
    }
}
