using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Searching;

/// <summary>Finds the encoder that ships with Dragoman: the one folder with a <c>config.json</c> under <c>models/</c>.</summary>
internal static class ShippedModel
{
    private const string ModelsFolder = "models";

    /// <summary>The model's folder.</summary>
    /// <exception cref="DragomanException">There is none, or more than one.</exception>
    internal static string Find()
    {
        var folders = Candidates();
        return folders.Length switch
        {
            1 => folders[0],
            0 => throw new DragomanException($"No encoder ships with this copy (no folder with a config.json under '{ModelsFolder}' in {DragomanHome.Variable} or above the program); name one with --model DIR, or use terms only with --model none."),
            _ => throw new DragomanException($"Several encoders ship with this copy ({string.Join(", ", folders)}); name one with --model DIR."),
        };
    }

    /// <summary>The model's folder, or null when there is not exactly one.</summary>
    internal static string? FindOrNull() => Candidates() is [var folder] ? folder : null;

    private static string[] Candidates() =>
        [.. DragomanHome.Folders(ModelsFolder).SelectMany(Directory.EnumerateDirectories).Where(folder => File.Exists(Path.Combine(folder, "config.json"))).Order(StringComparer.Ordinal)];
}
