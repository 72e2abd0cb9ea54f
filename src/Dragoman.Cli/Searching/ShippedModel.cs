using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Searching;

/// <summary>Finds the encoder that ships with Dragoman: the one folder with a <c>config.json</c> under <c>models/</c>.</summary>
internal static class ShippedModel
{
    private const string HomeVariable = "DRAGOMAN_HOME", ModelsFolder = "models";

    /// <summary>The model's folder.</summary>
    /// <exception cref="DragomanException">There is none, or more than one.</exception>
    internal static string Find()
    {
        var folders = Candidates();
        return folders.Length switch
        {
            1 => folders[0],
            0 => throw new DragomanException($"No encoder ships with this copy (no folder with a config.json under '{ModelsFolder}' in {HomeVariable} or above the program); name one with --model DIR, or use terms only with --model none."),
            _ => throw new DragomanException($"Several encoders ship with this copy ({string.Join(", ", folders)}); name one with --model DIR."),
        };
    }

    /// <summary>The model's folder, or null when there is not exactly one.</summary>
    internal static string? FindOrNull() => Candidates() is [var folder] ? folder : null;

    private static string[] Candidates() =>
        Home() is not { } home ? [] : [.. Directory.EnumerateDirectories(Path.Combine(home, ModelsFolder)).Where(folder => File.Exists(Path.Combine(folder, "config.json"))).Order(StringComparer.Ordinal)];

    private static string? Home()
    {
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } named) return Directory.Exists(Path.Combine(named, ModelsFolder)) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, ModelsFolder))) return folder.FullName;
        }
        return null;
    }
}
