using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Cli.Commands.Index;

/// <summary><c>index hnsw</c>: graphs of near vectors into an index that is there.</summary>
internal static class IndexHnswCommand
{
    internal static Command Create()
    {
        var (index, graphs) = (IndexOptions.Index(), new GraphOptions(wanted: true));
        var command = new Command("hnsw", "Makes graphs of near vectors (HNSW) for an index, in place of those it has, or removes them.") { index };
        foreach (var option in graphs.All) command.Options.Add(option);
        command.SetAction((parsed, token) =>
        {
            var path = parsed.GetRequiredValue(index);
            using var progress = new StageProgress("Linked", "passages");
            using (var writer = IndexWriter.Open(path))
            {
                writer.Graph(graphs.Of(parsed));
                writer.Link(token);
                writer.Publish("graphs");
            }
            using var changed = SearchIndex.Open(path);
            Console.Out.WriteLine(changed.Manifest.Graphs is { } made
                ? string.Create(CultureInfo.InvariantCulture, $"{path} finds {made.Passages:N0} of {Amount.Of(changed.Manifest.Passages, "passage")} through graphs of {made.Bytes:N0} bytes now. {progress.Elapsed.TotalSeconds:F1} s.")
                : $"{path} holds no graphs now.");
            return Task.FromResult(0);
        });
        return command;
    }
}
