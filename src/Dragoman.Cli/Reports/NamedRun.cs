using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Cli.Reports;

/// <summary>A run of a report with its file.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Path">Its file.</param>
/// <param name="Run">The run.</param>
internal sealed record NamedRun(string Name, string Path, Run Run)
{
    /// <summary>Reads runs given as <c>path</c> or <c>name=path</c>. A run without a name goes by its tag, or by its file when two would share the tag.</summary>
    /// <exception cref="ConfigurationException">Two runs have the same name.</exception>
    /// <exception cref="DragomanException">A run cannot be read.</exception>
    internal static IReadOnlyList<NamedRun> ReadAll(IReadOnlyList<string> given)
    {
        var runs = given.Select(Split).Select(part => (part.Name, part.Path, Run: TrecRun.Read(part.Path))).ToList();
        var tags = runs.Where(run => run.Name is null).Select(run => run.Run.Tag).Concat(runs.Select(run => run.Name).OfType<string>()).CountBy(name => name, StringComparer.Ordinal)
            .Where(name => name.Value == 1).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
        var named = runs.Select(run => new NamedRun(run.Name ?? (tags.Contains(run.Run.Tag) ? run.Run.Tag : run.Path), run.Path, run.Run)).ToList();
        var twice = named.CountBy(run => run.Name, StringComparer.Ordinal).Where(name => name.Value > 1).Select(name => $"two runs are called \"{name.Key}\"; give each a name of its own: --run NAME=FILE.").ToList();
        return twice.Count == 0 ? named : throw new ConfigurationException("--run", twice);
    }

    /// <summary>Finds the baseline by name or by path; null when no run is meant.</summary>
    internal static NamedRun? Find(IReadOnlyList<NamedRun> runs, string baseline) =>
        runs.FirstOrDefault(run => run.Name == baseline) ?? runs.FirstOrDefault(run => System.IO.Path.GetFullPath(run.Path) == System.IO.Path.GetFullPath(Split(baseline).Path));

    private static (string? Name, string Path) Split(string given)
    {
        var at = given.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 || File.Exists(given) || given[..at].Contains('/', StringComparison.Ordinal) ? (null, given) : (given[..at], given[(at + 1)..]);
    }
}
