using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Cli.Comparing;

/// <summary>Reads the systems of a comparison and finds a name for each.</summary>
internal static class ComparedSystems
{
    /// <summary>Every problem with what was named, before anything is read.</summary>
    /// <param name="arguments">The baseline, then the others.</param>
    internal static IEnumerable<string> Problems(IReadOnlyList<SystemArgument> arguments)
    {
        foreach (var name in arguments.Where(argument => argument.Paths.Count == 0).Select(argument => argument.Name))
            yield return name is null ? "a system has no run; write RUN, RUN,RUN or NAME=RUN." : $"{name} has no run; write {name}=RUN or {name}=RUN,RUN.";
        foreach (var path in arguments.SelectMany(argument => Twice(argument.Paths, Path.GetFullPath))) yield return $"{path} is named twice; every run of a system counts once.";
        // A run may stand in several systems, alone and among other seeds, say; but what is in the baseline too is not independent of it.
        var baseline = arguments[0].Paths.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        foreach (var path in arguments.Skip(1).SelectMany(argument => argument.Paths).Where(path => baseline.Contains(Path.GetFullPath(path))))
            yield return $"{path} is the baseline's; compare other runs with it.";
        foreach (var same in Twice(arguments.Skip(1).Where(argument => argument.Paths.Count > 0), argument => string.Join('\n', argument.Paths.Select(Path.GetFullPath).Order(StringComparer.Ordinal))))
            yield return $"{string.Join(',', same.Paths)} is given as two systems; give it once.";
        foreach (var name in Twice(arguments.Select(argument => argument.Name).OfType<string>(), name => name))
            yield return $"two systems are called {name}; the runs of one system go together: --run {name}=RUN,RUN.";
    }

    /// <summary>Systems whose runs cannot be paired with the baseline's.</summary>
    /// <param name="arguments">The baseline, then the others.</param>
    internal static IEnumerable<string> Unpaired(IReadOnlyList<SystemArgument> arguments)
    {
        var runs = arguments[0].Paths.Count;
        foreach (var system in arguments.Skip(1).Where(system => runs > 1 && system.Paths.Count > 1 && system.Paths.Count != runs))
            yield return $"{system.Name ?? system.Paths[0]} has {system.Paths.Count} runs and the baseline {runs}; --paired-runs needs as many, in the same order of seeds.";
        if (arguments.All(system => system.Paths.Count <= 1)) yield return "no system has several runs; leave --paired-runs out.";
    }

    /// <summary>Reads the runs.</summary>
    internal static List<ComparedSystem> Read(IReadOnlyList<SystemArgument> arguments)
    {
        var runs = arguments.Select(argument => argument.Paths.Select(path => RunFile.Read(path)).ToList()).ToList();
        var names = arguments.Select((argument, i) => argument.Name ?? Tag(runs[i].Select(run => run.Tag)) ?? argument.Paths[0]).ToList();
        // Two systems may carry the same tag; then their files tell them apart.
        var clashing = Twice(names, name => name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
            if (arguments[i].Name is null && clashing.Contains(names[i])) names[i] = arguments[i].Paths[0];
        if (Twice(names, name => name).FirstOrDefault() is { } same) throw new ConfigurationException("--run", [$"two systems are called {same}; name them: --run NAME=RUN."]);
        return [.. arguments.Select((argument, i) => new ComparedSystem(names[i], argument.Paths, runs[i]))];
    }

    private static string? Tag(IEnumerable<string> tags) => tags.Distinct(StringComparer.Ordinal).ToList() is [var tag] ? tag : null;

    private static IEnumerable<T> Twice<T>(IEnumerable<T> items, Func<T, string> key) =>
        items.GroupBy(key, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.First());
}
