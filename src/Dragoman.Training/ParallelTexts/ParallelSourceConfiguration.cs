using Dragoman.Training.Configuration;

namespace Dragoman.Training.ParallelTexts;

/// <summary>Reads a section that names a file of parallel text.</summary>
internal static class ParallelSourceConfiguration
{
    internal static ParallelSource Read(ConfigurationSection section)
    {
        var from = section.WholeNumber("hold_out_from", -1, least: -1);
        return new ParallelSource(
            section.FilePath("path"),
            section.Choice("format", "parallel",
                ("parallel", ParallelFormat.Parallel), ("dictionary", ParallelFormat.Dictionary), ("cedict", ParallelFormat.Cedict), ("annotations", ParallelFormat.Annotations)),
            section.Number("weight", 1, least: 0),
            section.Flag("running", true),
            from < 0 ? null : from);
    }

    /// <summary>Two language tags written as <c>zh > kk</c>; null for anything else.</summary>
    /// <param name="text">What was written.</param>
    internal static (string From, string To)? Pair(string text) =>
        text.Split('>', StringSplitOptions.TrimEntries) is [{ Length: > 0 } from, { Length: > 0 } to] ? (from, to) : null;
}
