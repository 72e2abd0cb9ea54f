namespace Dragoman.Retrieval.Tests;

/// <summary>Where the tests find files.</summary>
internal static class TestPaths
{
    /// <summary>The folder that holds the solution.</summary>
    internal static string Repository { get; } = FindRepository();

    /// <summary>A folder of golden files.</summary>
    internal static string Fixture(string name) => Path.Combine(Repository, "tests", "fixtures", name);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dragoman.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("No folder above the tests holds Dragoman.slnx.");
    }
}
