using System.Globalization;

namespace Dragoman.Cli.Searching;

/// <summary>A count on stderr: one line that is rewritten on a terminal, a line now and then elsewhere.</summary>
internal sealed class StageProgress(string verb, string noun) : IProgress<int>, IDisposable
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(100), FilePause = TimeSpan.FromSeconds(10);
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private TimeSpan _last;
    private bool _open;

    /// <summary>Time since the start.</summary>
    internal TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    public void Report(int value)
    {
        var terminal = !Console.IsErrorRedirected;
        if (Elapsed - _last < (terminal ? TerminalPause : FilePause)) return;
        _last = Elapsed;
        var line = string.Create(CultureInfo.InvariantCulture, $"{verb} {value:N0} {noun} ({value / Elapsed.TotalSeconds:N0}/s)");
        if (terminal) Console.Error.Write($"\r{line}\u001b[K"); else Console.Error.WriteLine(line);
        _open |= terminal;
    }

    public void Dispose()
    {
        if (_open) Console.Error.Write("\r\u001b[K");
    }
}
