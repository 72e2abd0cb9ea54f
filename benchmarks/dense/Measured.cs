using System.Diagnostics;
using System.Globalization;

namespace Dragoman.Benchmarks.Dense;

/// <summary>Prints measurements: a line "system, setting, measure, value" for every number, with tabs between.</summary>
internal static class Measured
{
    /// <summary>Runs a part.</summary>
    /// <returns>Seconds of processor time, user and system of all threads, and elapsed ones.</returns>
    internal static (double Processor, double Elapsed) Time(Action work)
    {
        var (processor, start) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        work();
        return ((Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    internal static void Note(string setting, string measure, double value) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dragoman\t{setting}\t{measure}\t{value:0.####}"));
}
