namespace Dragoman.Text.Tests;

/// <summary>Where fixtures and data lie.</summary>
internal static class TestPaths
{
    internal static string Repository { get; } = FindRepository();

    /// <summary>Public data sets; may not be there.</summary>
    internal static string Data { get; } = Environment.GetEnvironmentVariable("DRAGOMAN_DATA") is { Length: > 0 } data ? data : Path.Combine(Repository, "..", "shared", "data");

    internal static string Fixture(params string[] parts) => Path.Combine([Repository, "tests", "fixtures", .. parts]);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dragoman.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests must run inside the repository, which holds Dragoman.slnx.");
    }
}
