using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Collections.Downloads;

namespace Dragoman.Cli.Commands.Data;

/// <summary>Tells on stderr what a download does: sentences, and on a terminal a line that is rewritten with bytes, rate and time left.</summary>
internal sealed class DownloadLog : IDownloadReport
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly long _begin = TimeProvider.System.GetTimestamp();
    private TimeSpan _last, _start;
    private string? _file;
    private long _resumed;

    public void Say(string line) => Console.Error.WriteLine(_terminal ? $"\r\u001b[K{line}" : line);

    public void Advance(DownloadProgress progress)
    {
        var now = TimeProvider.System.GetElapsedTime(_begin);
        if (_file != progress.File || _resumed != progress.Resumed) (_file, _resumed, _start) = (progress.File, progress.Resumed, now);
        if (!_terminal || now - _last < Pause) return;
        _last = now;
        Console.Error.Write($"\r{Line(progress, (now - _start).TotalSeconds)}\u001b[K");
    }

    /// <summary>The line of a moment.</summary>
    /// <param name="progress">How far it is.</param>
    /// <param name="seconds">Seconds since this attempt brought its first bytes.</param>
    internal static string Line(DownloadProgress progress, double seconds)
    {
        var rate = seconds > 0 ? (progress.Bytes - progress.Resumed) / seconds : 0;
        var speed = rate > 0 ? $", {ByteSize.Of((long)rate)}/s" : "";
        if (progress.Total is not { } total) return $"{progress.File}: {ByteSize.Of(progress.Bytes)}{speed}";
        var left = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds((total - progress.Bytes) / rate):d\\.hh\\:mm\\:ss} left").Replace(" 0.", " ", StringComparison.Ordinal) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.File}: {(total == 0 ? 100 : 100.0 * progress.Bytes / total):0} % of {ByteSize.Of(total)}{speed}{left}");
    }
}
