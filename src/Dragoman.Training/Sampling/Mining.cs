using System.Diagnostics;
using System.Text.Json.Nodes;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Sampling;

/// <summary>Searches for hard negatives during training, and notes what that took: <c>"event": "mining"</c> in the log.</summary>
/// <param name="search">The search.</param>
/// <param name="isOnce">Whether its encoder does not learn, so that one search will do.</param>
/// <param name="context">The run.</param>
internal sealed class Mining(ModelSearch search, bool isOnce, TrainingContext context)
{
    private IReadOnlyList<SearchedGroup>? _found;

    /// <summary>What the encoder finds for every group.</summary>
    /// <param name="cancellationToken">Stops between blocks.</param>
    internal IReadOnlyList<SearchedGroup> Search(CancellationToken cancellationToken)
    {
        if (_found is { } before) return before;
        var start = context.Time.GetTimestamp();
        var found = search.Search(cancellationToken);
        var seconds = context.Time.GetElapsedTime(start).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        context.Log.Message(FormattableString.Invariant($"Mining: {found.Count:N0} queries searched {search.Passages:N0} passages in {seconds:F1} s, with {search.BufferBytes / 1048576.0:F1} MiB of vectors and lists (the process's peak so far: {process.PeakWorkingSet64 / 1048576.0:F0} MiB)."));
        context.Log.Event("mining", new JsonObject { ["queries"] = found.Count, ["passages"] = search.Passages, ["seconds"] = Math.Round(seconds, 3), ["buffer_bytes"] = search.BufferBytes, ["peak_process_bytes"] = process.PeakWorkingSet64 });
        if (isOnce) _found = found;
        return found;
    }
}
