using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Collections.Catalogue;

namespace Dragoman.Cli.Commands.Data;

/// <summary><c>dragoman data info</c>: all that is known of an entry, and whether it is here.</summary>
internal static class DataInfoCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "An entry's name, as 'data list' prints it." };
        var files = CatalogueOptions.Catalogue();
        var cache = CatalogueOptions.Cache();
        var command = new Command("info", "Describes an entry: files, sizes, terms, what to cite, checksums, and whether it is here.") { name, files, cache };
        command.SetAction(parsed =>
        {
            var entry = CatalogueOptions.Read(parsed.GetValue(files)).Find(parsed.GetValue(name)!);
            Print(entry, EntryState.Of(entry, DataPlaces.OfEnvironment(parsed.GetValue(cache))));
            return 0;
        });
        return command;
    }

    private static void Print(CatalogueEntry entry, EntryState state)
    {
        var output = Console.Out;
        output.WriteLine(entry.Name);
        output.WriteLine(entry.Title);
        output.WriteLine();
        Line("home page", entry.Homepage.AbsoluteUri);
        Line("licence", entry.Licence);
        Line("cite", entry.Citation);
        Line("size", ByteSize.Of(entry));
        Line("format", entry.Format);
        Line("needs", string.Join(", ", entry.Needs));
        Line("checksums", entry.Checksums);
        foreach (var source in entry.Sources) Line("known from", source);
        Line("folder", $"{state.Folder}{(state.InData ? $" ({DataPlaces.DataVariable})" : "")}");
        output.WriteLine();
        foreach (var file in state.Files) PrintFile(file);
    }

    private static void PrintFile(FileState state)
    {
        var file = state.File;
        Console.Out.WriteLine(file.Path);
        Line("  from", file.Url?.AbsoluteUri ?? "the address is in the publisher's index");
        Line("  size", ByteSize.Of(file));
        Line("  checksum", file.Checksum?.ToString() ?? (file.Indexed is null ? "not published" : "MD5 in the publisher's index"));
        Line("  here", Here(state));
    }

    private static string Here(FileState state) => state.Presence switch
    {
        FilePresence.Missing => "no",
        FilePresence.Partial => $"the first {ByteSize.Of(state.Bytes)}, from a download that was stopped",
        FilePresence.Unrecorded => $"{ByteSize.Of(state.Bytes)}, not checked yet",
        _ => string.Create(CultureInfo.InvariantCulture, $"{ByteSize.Of(state.Bytes)}, fetched {state.Record!.Fetched:yyyy-MM-dd}, {(state.Record.Checked is null ? "no checksum to check" : "checked")}, SHA-256 {state.Record.Sha256}"),
    };

    private static void Line(string name, string value)
    {
        if (value.Length > 0) Console.Out.WriteLine($"{name,-12} {value}");
    }
}
