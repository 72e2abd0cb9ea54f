using System.Diagnostics;
using System.Globalization;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Prints what a system did, one JSON object: rates by elapsed and by processor seconds.</summary>
internal sealed class Meter
{
    private readonly List<string> _fields = [];

    /// <summary>Runs a part and notes its rate.</summary>
    internal void Rate(string name, int count, Action work)
    {
        var (cpu, start) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        work();
        var (elapsed, used) = (Stopwatch.GetElapsedTime(start), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        Add($"{name}PerSecond", count / elapsed.TotalSeconds);
        Add($"{name}PerCpuSecond", count / used.TotalSeconds);
    }

    /// <summary>Notes the 99th percentile of times, in milliseconds.</summary>
    internal void Percentile(string name, IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        Add(name, sorted[(int)(sorted.Count * 0.99)].TotalMilliseconds);
    }

    internal void Add(string name, double value) => _fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\": {value:0.###}"));

    internal int Print(string system)
    {
        Add("peakMiB", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0);
        Console.Out.WriteLine($"{{\"system\": \"{system}\", {string.Join(", ", _fields)}}}");
        return 0;
    }
}
