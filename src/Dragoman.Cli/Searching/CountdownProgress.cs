using System.Globalization;

namespace Dragoman.Cli.Searching;

/// <summary>A count towards a known number on stderr, with the pace of the last minute and the time that is left: one line that is rewritten on a terminal, a line now and then elsewhere.</summary>
internal sealed class CountdownProgress(string verb, string noun, int total) : IDisposable
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(250), FilePause = TimeSpan.FromSeconds(10), Window = TimeSpan.FromMinutes(1);
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly Queue<(TimeSpan Time, int Done)> _recent = new([(TimeSpan.Zero, 0)]);
    private TimeSpan _last;
    private bool _open;

    /// <summary>Tells how many are done.</summary>
    internal void Report(int done)
    {
        var terminal = !Console.IsErrorRedirected;
        var now = TimeProvider.System.GetElapsedTime(_start);
        if (now - _last < (terminal ? TerminalPause : FilePause)) return;
        _last = now;
        _recent.Enqueue((now, done));
        // What came out of a cache at first says nothing of the pace of what is left.
        while (_recent.Count > 2 && now - _recent.Peek().Time > Window) _recent.Dequeue();
        var line = Line(done, now);
        if (terminal) Console.Error.Write($"\r{line}\u001b[K"); else Console.Error.WriteLine(line);
        _open |= terminal;
    }

    public void Dispose()
    {
        if (_open) Console.Error.Write("\r\u001b[K");
    }

    private string Line(int done, TimeSpan now)
    {
        var (time, before) = _recent.Peek();
        var rate = (done - before) / (now - time).TotalSeconds;
        var left = rate > 0 ? $", {Duration(TimeSpan.FromSeconds((total - done) / rate))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{verb} {done:N0} of {total:N0} {noun} ({rate:0.#}/s{left})");
    }

    private static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? FormattableString.Invariant($"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1 ? FormattableString.Invariant($"{time.Minutes} min {time.Seconds} s")
        : FormattableString.Invariant($"{time.Seconds} s");
}
