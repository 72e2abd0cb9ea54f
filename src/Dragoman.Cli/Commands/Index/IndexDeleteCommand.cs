using System.CommandLine;
using System.Globalization;
using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Cli.Commands.Index;

/// <summary><c>index delete</c>: passages out of an index.</summary>
internal static class IndexDeleteCommand
{
    internal static Command Create()
    {
        var index = IndexOptions.Index();
        var ids = new Argument<string[]>("ID") { Description = "Ids of passages.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--ids") { Description = "File with an id on every line.", HelpName = "FILE" };
        var command = new Command("delete", "Deletes passages from an index.") { ids, index, file };
        command.SetAction((parsed, token) => Task.FromResult(Delete(parsed.GetRequiredValue(index), parsed.GetValue(ids) ?? [], parsed.GetValue(file), token)));
        return command;
    }

    private static int Delete(string path, string[] named, string? file, CancellationToken token)
    {
        var ids = (file is null ? named : named.Concat(Read(file))).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0) throw new ConfigurationException("index delete", ["no passage is named; give ids, or a file of them with --ids FILE."]);
        using var writer = IndexWriter.Open(path);
        var deleted = writer.Delete(ids);
        if (deleted == 0) throw new DragomanException(string.Create(CultureInfo.InvariantCulture, $"Index {path} holds none of {Amount.Of(ids.Count, "passage")} to delete, the first of which is {ids[0]}; nothing was changed."));
        writer.Publish("delete");
        if (writer.Merge(all: false, token))
        {
            writer.Link(token);
            writer.Publish("merge");
        }
        if (deleted < ids.Count) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ids.Count - deleted:N0} of {Amount.Of(ids.Count, "id")} not in the index."));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Deleted {Amount.Of(deleted, "passage")} from {path}; it holds {writer.Count:N0} now."));
        return 0;
    }

    private static List<string> Read(string file)
    {
        using var reader = new Utf8LineReader(file);
        var ids = new List<string>();
        while (reader.TryRead(out var line))
        {
            if (!line.Trim(" \t"u8).IsEmpty) ids.Add(Encoding.UTF8.GetString(line.Trim(" \t"u8)));
        }
        return ids;
    }
}
