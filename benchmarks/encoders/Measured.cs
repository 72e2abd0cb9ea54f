using System.Globalization;

namespace Dragoman.Benchmarks.Encoders;

/// <summary>Prints measurements: a line "size, system, setting, measure, value" for every number, with tabs between.</summary>
/// <param name="size">The model's size: layers × width.</param>
/// <param name="setting">What was done, and how.</param>
internal sealed class Measured(string size, string setting)
{
    internal void Note(string measure, double value) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size}\tdragoman\t{setting}\t{measure}\t{value:0.#######}"));

    /// <summary>The most memory this process has held, MiB, as the kernel counts it.</summary>
    internal void NotePeakMemory()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Note("peak memory, MiB", double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024);
    }
}
