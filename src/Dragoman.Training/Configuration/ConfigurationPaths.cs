using System.Text.RegularExpressions;

namespace Dragoman.Training.Configuration;

/// <summary>
/// Turns a path of a configuration file into one of this machine: <c>${NAME}</c> is the environment variable, the rest is relative to the
/// file's folder. <c>${DRAGOMAN_DATA}</c> may be unset where <c>../shared/data</c> lies beside the repository or the current folder.
/// </summary>
internal sealed partial class ConfigurationPaths(string folder)
{
    private const string DataVariable = "DRAGOMAN_DATA";

    /// <summary>Resolves a path.</summary>
    /// <param name="written">As the file has it.</param>
    /// <param name="problem">Why it cannot be resolved, or null.</param>
    /// <returns>An absolute path.</returns>
    internal string Resolve(string written, out string? problem)
    {
        string? missing = null;
        var expanded = Variable().Replace(written, match =>
        {
            var name = match.Groups[1].Value;
            if (ValueOf(name) is { Length: > 0 } value) return value;
            missing ??= name;
            return "";
        });
        problem = missing switch
        {
            null => null,
            DataVariable => $"the environment variable {DataVariable} is not set and there is no ../shared/data beside the repository; set it to the folder that holds the data sets",
            _ => $"the environment variable {missing} is not set",
        };
        return Path.GetFullPath(expanded, folder);
    }

    private string? ValueOf(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) && name == DataVariable ? SharedData() : value;
    }

    private string? SharedData() =>
        new[] { RepositoryAbove(folder), Directory.GetCurrentDirectory() }
            .OfType<string>()
            .Select(root => Path.GetFullPath(Path.Combine(root, "..", "shared", "data")))
            .FirstOrDefault(Directory.Exists);

    private static string? RepositoryAbove(string start)
    {
        for (var current = new DirectoryInfo(start); current is not null; current = current.Parent)
            if (File.Exists(Path.Combine(current.FullName, "Dragoman.slnx"))) return current.FullName;
        return null;
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}
