namespace Dragoman.Evaluation.Tests;

/// <summary>Where the repository and the data beside it lie.</summary>
internal static class TestPaths
{
    internal static string Repository { get; } = FindRepository();

    internal static string Fixtures => Path.Combine(Repository, "tests", "fixtures");

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Dragoman.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Dragoman.slnx is in no folder above the tests.");
    }
}
