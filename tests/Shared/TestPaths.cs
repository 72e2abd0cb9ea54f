namespace Dragoman.Testing;

/// <summary>Where the repository, its fixtures and the data sets beside it lie.</summary>
internal static class TestPaths
{
    /// <summary>The folder that holds the solution.</summary>
    internal static string Repository { get; } = FindRepository();

    /// <summary>A folder or file of <c>tests/fixtures</c>.</summary>
    internal static string Fixture(params string[] parts) => Path.Combine([Repository, "tests", "fixtures", .. parts]);

    /// <summary>A folder or file of the data sets, in DRAGOMAN_DATA or else in <c>../shared/data</c>; without it the test skips.</summary>
    internal static string Data(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("DRAGOMAN_DATA") is { Length: > 0 } named ? named : Path.Combine(Repository, "..", "shared", "data");
        var path = Path.GetFullPath(Path.Combine([root, .. parts]));
        Assert.SkipUnless(Path.Exists(path), $"{path} is not there; DRAGOMAN_DATA names the folder of the data sets.");
        return path;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dragoman.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Dragoman.slnx.");
    }
}
