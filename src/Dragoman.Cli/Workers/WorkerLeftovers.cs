using System.Globalization;

namespace Dragoman.Cli.Workers;

/// <summary>What workers other than the first keep beside the output, as <c>OUTPUT.worker-1.checkpoint</c> and <c>OUTPUT.worker-1.4711.tmp</c>, and leave there when they are killed.</summary>
internal static class WorkerLeftovers
{
    private const string Mark = ".worker-";

    /// <summary>Removes what an earlier run left. Call it before the workers join, as no worker has begun then.</summary>
    /// <param name="output">The model folder of the run.</param>
    /// <param name="rank">This worker: it removes its own leftovers, and the first those of workers that this run does not have.</param>
    /// <param name="count">Workers of this run.</param>
    internal static void Remove(string output, int rank, int count)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (Path.GetDirectoryName(full) is not { } around || !Directory.Exists(around)) return;
        var start = Path.GetFileName(full) + Mark;
        foreach (var folder in Directory.EnumerateDirectories(around, start + "*").ToList())
        {
            var rest = Path.GetFileName(folder)[start.Length..].Split('.');
            if (rest is not [_, "checkpoint"] and not [_, _, "tmp"] || !int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out var owner)) continue;
            if ((owner < count ? owner : 0) == rank) Directory.Delete(folder, recursive: true);
        }
    }
}
