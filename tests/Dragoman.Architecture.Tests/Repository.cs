namespace Dragoman.Architecture.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The projects in the order data flows; each may reference only those before it.</summary>
    internal static readonly string[] DataFlow =
        ["Collections", "Text", "Knowledge", "Tensors", "Models", "Retrieval", "Evaluation", "Training", "Server", "Cli"];

    internal static string Root => TestPaths.Repository;

    /// <summary>The short names (<c>Text</c>) of the projects in src, ordinally sorted.</summary>
    internal static IEnumerable<string> SourceProjects() =>
        Directory.EnumerateDirectories(Path.Combine(Root, "src"), "Dragoman.*")
            .Where(folder => File.Exists(Path.Combine(folder, Path.GetFileName(folder) + ".csproj")))
            .Select(folder => Path.GetFileName(folder)["Dragoman.".Length..])
            .Order(StringComparer.Ordinal);

    /// <summary>The files with one of the extensions below one of the folders, relative to <see cref="Root"/>; no build outputs.</summary>
    internal static IEnumerable<string> Files(string[] folders, params string[] extensions) =>
        folders.Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "build"))
            .Order(StringComparer.Ordinal);

    internal static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));
}
