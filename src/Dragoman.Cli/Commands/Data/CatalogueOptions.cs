using System.CommandLine;
using Dragoman.Collections.Catalogue;

namespace Dragoman.Cli.Commands.Data;

/// <summary>Options that every command on the catalogue has.</summary>
internal static class CatalogueOptions
{
    internal static Option<string[]> Catalogue() => new("--catalogue")
    {
        Description = "Catalogue files of your own (JSON), beside the entries that Dragoman knows; docs/guides/data.md shows one.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
    };

    internal static Option<string?> Cache() => new("--cache")
    {
        Description = $"The folder for fetched files (default {DataPlaces.CacheVariable}, else dragoman in XDG_CACHE_HOME or ~/.cache).", HelpName = "DIR",
    };

    internal static DataCatalogue Read(string[]? files) => (files ?? []).Aggregate(DataCatalogue.BuiltIn(), (catalogue, file) => catalogue.With(file));
}
