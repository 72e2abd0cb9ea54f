using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Cli.Comparing;

/// <summary>Reads the systems of a comparison and finds a name for each.</summary>
internal static class ComparedSystems
{
    /// <summary>Every problem with what was named, before anything is read.</summary>
    internal static IEnumerable<string> Problems(IReadOnlyList<SystemArgument> arguments)
    {
        foreach (var argument in arguments.Where(argument => argument.Paths.Count == 0)) yield return $"{argument.Name} has no run; write {argument.Name}=RUN or {argument.Name}=RUN,RUN.";
        foreach (var path in Twice(arguments.SelectMany(argument => argument.Paths), Path.GetFullPath))
            yield return $"{path} is named twice; every run belongs to one system and counts once.";
        foreach (var name in Twice(arguments.Select(argument => argument.Name).OfType<string>(), name => name))
            yield return $"two systems are called {name}; the runs of one system go together: --run {name}=RUN,RUN.";
    }

    /// <summary>Reads the runs.</summary>
    internal static List<ComparedSystem> Read(IReadOnlyList<SystemArgument> arguments)
    {
        var runs = arguments.Select(argument => argument.Paths.Select(TrecRun.Read).ToList()).ToList();
        var names = arguments.Select((argument, i) => argument.Name ?? Tag(runs[i].Select(run => run.Tag)) ?? argument.Paths[0]).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            // Two systems may carry the same tag; then their files tell them apart.
            if (arguments[i].Name is null && names.Where((name, other) => other != i && name == names[i]).Any()) names[i] = arguments[i].Paths[0];
        }
        if (Twice(names, name => name).FirstOrDefault() is { } same) throw new ConfigurationException("--run", [$"two systems are called {same}; name them: --run NAME=RUN."]);
        return [.. arguments.Select((argument, i) => new ComparedSystem(names[i], argument.Paths, runs[i]))];
    }

    private static string? Tag(IEnumerable<string> tags) => tags.Distinct(StringComparer.Ordinal).ToList() is [var tag] ? tag : null;

    private static IEnumerable<string> Twice(IEnumerable<string> names, Func<string, string> key) =>
        names.GroupBy(key, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.First());
}
