using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Prints what a system did: a line "system, measure, value" for every number, with tabs between.</summary>
internal sealed class Meter(string system)
{
    private const int ThreadProcessorClock = 3, WarmUpSeconds = 2, MeasuredSeconds = 2;

    /// <summary>Runs a part again and again for two seconds, so that it is compiled as well as it will be.</summary>
    internal static void WarmUp(Action work)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds;) work();
    }

    /// <summary>Runs a part and notes its rates, by processor seconds (user and system, all threads) and by elapsed ones.</summary>
    internal void Rate(string name, int count, Action work) => Rate(name, count, work, leastSeconds: 0);

    /// <summary>Runs a part again and again for two seconds and notes its rates.</summary>
    internal void SteadyRate(string name, int count, Action work) => Rate(name, count, work, MeasuredSeconds);

    private void Rate(string name, int count, Action work, int leastSeconds)
    {
        var (processor, start, times) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp(), 0);
        do
        {
            work();
            times++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < leastSeconds);
        var (elapsed, used) = (Stopwatch.GetElapsedTime(start), Process.GetCurrentProcess().TotalProcessorTime - processor);
        Note($"{name} a processor second", (double)times * count / used.TotalSeconds);
        Note($"{name} a second", (double)times * count / elapsed.TotalSeconds);
    }

    /// <summary>Does the parts one by one on this thread and notes the 99th percentile of the time each took: by the thread's processor time, and elapsed.</summary>
    internal void Percentile(string name, IReadOnlyCollection<Action> parts)
    {
        var (processor, elapsed) = (new List<double>(parts.Count), new List<double>(parts.Count));
        foreach (var part in parts)
        {
            var (used, start) = (ThreadMilliseconds(), Stopwatch.GetTimestamp());
            part();
            elapsed.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processor.Add(ThreadMilliseconds() - used);
        }
        Note($"{name}, p99 processor ms", NinetyNinth(processor));
        Note($"{name}, p99 elapsed ms", NinetyNinth(elapsed));
    }

    /// <summary>Notes the most memory that the process held so far.</summary>
    internal void Peak(string name) => Note($"{name}, peak MiB", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0);

    /// <summary>Notes a number.</summary>
    internal void Note(string measure, double value) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{system}\t{measure}\t{value:0.###}"));

    private static double NinetyNinth(List<double> times)
    {
        times.Sort();
        return times[(int)(times.Count * 0.99)];
    }

    // Where the system has no such clock, elapsed time stands for it.
    private static double ThreadMilliseconds()
    {
        if (!OperatingSystem.IsLinux()) return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
        _ = ReadClock(ThreadProcessorClock, out var time);
        return time.Seconds * 1e3 + time.Nanoseconds / 1e6;
    }

    [DllImport("libc", EntryPoint = "clock_gettime", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out Moment time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
