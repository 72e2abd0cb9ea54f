using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Watching;

/// <summary>The training runs that are watched: each a log that may still grow.</summary>
internal static class WatchedRuns
{
    /// <summary>Opens runs; a folder that holds several seeds stands for all of them.</summary>
    /// <param name="paths">Model folders or logs.</param>
    /// <exception cref="DragomanException">There is no log, or a file is none.</exception>
    internal static IReadOnlyList<TrainingLogFollower> Open(IReadOnlyList<string> paths)
    {
        var logs = paths.SelectMany(TrainingCurves.FindLogs).DistinctBy(log => Path.GetFullPath(log.Path), StringComparer.Ordinal).ToList();
        return [.. logs.Select(log => new TrainingLogFollower(logs.Count(other => other.Name == log.Name) > 1 ? log.Path : log.Name, log.Path))];
    }
}
