using System.CommandLine;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Commands.Data;

/// <summary><c>dragoman data get</c>: fetches entries, checks them, and says how to go on.</summary>
internal static class DataGetCommand
{
    internal static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Entries' names, as 'data list' prints them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output") { Description = "A folder for the files, instead of the cache; of several entries each gets a folder in it.", HelpName = "DIR" };
        var force = new Option<bool>("--force") { Description = "Fetch again what is there already." };
        var files = CatalogueOptions.Catalogue();
        var cache = CatalogueOptions.Cache();
        var command = new Command("get", "Fetches data sets or models from their publishers, checks them, and keeps them in a cache.") { names, output, force, files, cache };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var catalogue = CatalogueOptions.Read(parsed.GetValue(files));
            var entries = parsed.GetValue(names)!.Distinct(StringComparer.Ordinal).Select(catalogue.Find).ToList();
            var places = DataPlaces.OfEnvironment(parsed.GetValue(cache));
            var log = new DownloadLog();
            using var client = Downloader.CreateClient();
            var store = new DataStore(places, new Downloader(client, new DownloadOptions(), TimeProvider.System, log), TimeProvider.System, log);
            foreach (var entry in entries)
            {
                var folder = parsed.GetValue(output) is { } named && entries.Count > 1 ? Path.Combine(named, entry.Name) : parsed.GetValue(output);
                Tell(await GetAsync(store, entry, folder, parsed.GetValue(force), log, cancellationToken).ConfigureAwait(false), catalogue, places);
            }
            return 0;
        });
        return command;
    }

    private static async Task<FetchedEntry> GetAsync(DataStore store, CatalogueEntry entry, string? folder, bool force, DownloadLog log, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(entry, folder, force, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.Say("");
            throw new DragomanException($"Stopped; what has come of {entry.Name} is kept, and the same command goes on from there.");
        }
    }

    private static void Tell(FetchedEntry fetched, DataCatalogue catalogue, DataPlaces places)
    {
        Console.Error.WriteLine(fetched.Outcome switch
        {
            FetchOutcome.AlreadyThere => $"{fetched.Entry.Name} is complete and was checked when it was fetched; nothing was done ('--force' fetches it again).",
            FetchOutcome.UsedInPlace => $"{fetched.Entry.Name} is used where it is, in {DataPlaces.DataVariable}; nothing was fetched.",
            _ => $"{fetched.Entry.Name} is complete. Licence: {fetched.Entry.Licence}. What to cite: 'dragoman data info {fetched.Entry.Name}'.",
        });
        Console.Out.WriteLine(fetched.Folder);
        var steps = NextSteps.Of(fetched, catalogue, places).ToList();
        if (steps.Count == 0) return;
        Console.Error.WriteLine("Next:");
        foreach (var step in steps) Console.Error.WriteLine($"  {step}");
    }
}
