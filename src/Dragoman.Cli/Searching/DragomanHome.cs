namespace Dragoman.Cli.Searching;

/// <summary>The folder with <c>models/</c> and <c>samples/</c>: named by DRAGOMAN_HOME, else the nearest above the program that has them.</summary>
internal static class DragomanHome
{
    /// <summary>The environment variable that names the folder.</summary>
    internal const string Variable = "DRAGOMAN_HOME";

    /// <summary>Existing folders of a relative path in the home, at most one.</summary>
    /// <param name="relative">Path below the home.</param>
    internal static IEnumerable<string> Folders(string relative)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return Existing(named, relative);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Existing(folder.FullName, relative);
            if (found.Length > 0) return found;
        }
        return [];
    }

    private static string[] Existing(string home, string relative) => Directory.Exists(Path.Combine(home, relative)) ? [Path.Combine(home, relative)] : [];
}
