using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Commands.Data;

/// <summary><c>dragoman data list</c>: what can be fetched.</summary>
internal static class DataListCommand
{
    internal static Command Create()
    {
        var filter = new Argument<string[]>("FILTER") { Description = "Words that a name or title must have, all of them; without one, the publications.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every entry by itself, where else many of one kind are one line." };
        var format = new Option<string>("--format") { Description = "How to print.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var files = CatalogueOptions.Catalogue();
        var command = new Command("list", "Lists the data sets and models that 'data get' can fetch.") { filter, all, format, files };
        command.SetAction(parsed =>
        {
            var catalogue = CatalogueOptions.Read(parsed.GetValue(files));
            var words = string.Join(' ', parsed.GetValue(filter) ?? []);
            var overview = words.Length == 0 && !parsed.GetValue(all);
            var rows = overview ? catalogue.Families() : catalogue.List(words, parsed.GetValue(all));
            if (rows.Count == 0) throw new DragomanException($"Nothing in the catalogue has '{words}'; 'dragoman data list' without words shows the publications.");
            if (parsed.GetValue(format) == "json") PrintJson(rows); else PrintTable(rows, overview);
            return 0;
        });
        return command;
    }

    private static void PrintTable(IReadOnlyList<CatalogueRow> rows, bool overview)
    {
        if (overview) TextTable.Print(["publication", "what", "entries"], [.. rows.Select(row => (string[])[row.Name, row.Title, Count(row)])], leftColumns: 2);
        else TextTable.Print(["name", "what", "entries", "size"], [.. rows.Select(row => (string[])[row.Name, row.Title, Count(row), Size(row)])], leftColumns: 2);
        if (overview) Console.Error.WriteLine("'dragoman data list NAME' shows a publication's entries, 'dragoman data info NAME' an entry, 'dragoman data get NAME' fetches it.");
        else if (rows.Any(row => row.Entry is null)) Console.Error.WriteLine("For a line of many entries, put languages in the places: clirmatrix/zh-kk/base. '--all' prints them all.");
    }

    private static void PrintJson(IReadOnlyList<CatalogueRow> rows)
    {
        var array = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
        {
            ["name"] = row.Name,
            ["title"] = row.Title,
            ["entries"] = row.Count,
            ["files"] = row.Entry?.Files.Count,
            ["bytes"] = row.Entry?.Bytes,
            ["format"] = row.Entry?.Format,
            ["licence"] = row.Entry?.Licence,
        })]);
        Console.Out.WriteLine(array.ToJsonString(StageFolder.Indented));
    }

    private static string Count(CatalogueRow row) => row.Count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(CatalogueRow row) => row.Entry is null ? "" : ByteSize.Of(row.Entry);
}
