using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Catalogue;

/// <summary>Where fetched data go, and the folder that takes the place of the network.</summary>
/// <param name="Cache">The cache's folder.</param>
/// <param name="Data">The folder of data sets; null without one.</param>
public sealed record DataPlaces(string Cache, string? Data)
{
    /// <summary>Names the cache's folder.</summary>
    public const string CacheVariable = "DRAGOMAN_CACHE";

    /// <summary>Names the folder of data sets.</summary>
    public const string DataVariable = "DRAGOMAN_DATA";

    /// <summary>
    /// The places of this environment: the cache is what is given, else DRAGOMAN_CACHE, else <c>dragoman</c> in XDG_CACHE_HOME, else <c>~/.cache/dragoman</c>
    /// (on Windows <c>%LOCALAPPDATA%\dragoman</c>); the data folder is DRAGOMAN_DATA.
    /// </summary>
    /// <param name="cache">A folder to use as the cache; null for the environment's.</param>
    /// <exception cref="DragomanException">DRAGOMAN_DATA names no folder.</exception>
    public static DataPlaces OfEnvironment(string? cache)
    {
        var data = Variable(DataVariable);
        if (data is not null && !Directory.Exists(data)) throw new DragomanException($"{DataVariable} is '{data}', which is not a folder; name the folder of the data sets, or unset it to use the network.");
        return new DataPlaces(Path.GetFullPath(cache ?? Variable(CacheVariable) ?? DefaultCache()), data is null ? null : Path.GetFullPath(data));
    }

    private static string DefaultCache()
    {
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "dragoman");
        // A relative XDG_CACHE_HOME is to be ignored (XDG Base Directory Specification).
        if (Variable("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg)) return Path.Combine(xdg, "dragoman");
        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "dragoman");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The folder of an entry's files in the cache.</summary>
    /// <param name="entry">The entry.</param>
    public string FolderOf(CatalogueEntry entry) => Path.Combine(Cache, entry.Name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The folder below <see cref="Data"/> that holds every file of an entry; null when none does.</summary>
    internal string? DataFolderOf(CatalogueEntry entry) =>
        DataFolders(entry).FirstOrDefault(folder => entry.Files.All(file => File.Exists(Path.Combine(folder, file.Path))));

    /// <summary>A file of an entry below <see cref="Data"/>; null when it is not there.</summary>
    internal string? DataFileOf(CatalogueEntry entry, CatalogueFile file) =>
        DataFolders(entry).Select(folder => Path.Combine(folder, file.Path)).FirstOrDefault(File.Exists);

    private IEnumerable<string> DataFolders(CatalogueEntry entry) =>
        Data is null ? [] : entry.Folders.Prepend(entry.Name).Select(folder => Path.Combine(Data, folder.Replace('/', Path.DirectorySeparatorChar)));
}
