namespace Dragoman.Models.Tests;

/// <summary>Where the repository and its fixtures are.</summary>
internal static class TestPaths
{
    internal static string Repository { get; } = FindRepository();

    internal static string Fixture(string name) => Path.Combine(Repository, "tests", "fixtures", name);

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Dragoman.slnx"))) return folder;
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
