using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Searching;

/// <summary>Finds the collection that ships with Dragoman: <c>samples/silk-road</c>.</summary>
internal static class ShippedCollection
{
    private const string Folder = "samples/silk-road";

    /// <summary>The collection's folder.</summary>
    /// <exception cref="DragomanException">It is not there.</exception>
    internal static string Find() =>
        DragomanHome.Folders(Folder).FirstOrDefault()
        ?? throw new DragomanException($"The sample collection ({Folder}) is not in {DragomanHome.Variable} nor above the program; name a collection with --collection DIR.");
}
