using System.Text.RegularExpressions;
using Dragoman.Collections.Catalogue;

namespace Dragoman.Cli.Commands.Data;

/// <summary>The commands that go on from an entry, with the folders of this machine.</summary>
internal static partial class NextSteps
{
    /// <summary>Each command, ready to copy; first those that fetch what the entry needs and is not here.</summary>
    internal static IEnumerable<string> Of(FetchedEntry fetched, DataCatalogue catalogue, DataPlaces places)
    {
        var missing = fetched.Entry.Needs.Select(catalogue.FindOrNull).OfType<CatalogueEntry>().Where(entry => !EntryState.Of(entry, places).IsComplete);
        foreach (var entry in missing) yield return $"dragoman data get {entry.Name}";
        foreach (var command in fetched.Entry.Next) yield return Place().Replace(command, match => Quoted(FolderOf(match.Groups["name"].Value, fetched, catalogue, places)));
    }

    private static string FolderOf(string name, FetchedEntry fetched, DataCatalogue catalogue, DataPlaces places)
    {
        if (name.Length == 0) return fetched.Folder;
        return catalogue.FindOrNull(name) is { } entry ? EntryState.Of(entry, places).Folder : name;
    }

    private static string Quoted(string folder) => folder.Contains(' ', StringComparison.Ordinal) ? $"\"{folder}\"" : folder;

    [GeneratedRegex(@"\{folder(:(?<name>[^}]+))?\}")]
    private static partial Regex Place();
}
