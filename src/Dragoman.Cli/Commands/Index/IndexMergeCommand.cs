using System.CommandLine;
using System.Globalization;
using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Cli.Commands.Index;

/// <summary><c>index merge</c>: all segments into one.</summary>
internal static class IndexMergeCommand
{
    internal static Command Create()
    {
        var index = IndexOptions.Index();
        var command = new Command("merge", "Merges the segments of an index into one and forgets deleted passages; rankings stay the same.") { index };
        command.SetAction((parsed, token) =>
        {
            var path = parsed.GetRequiredValue(index);
            using var writer = IndexWriter.Open(path);
            if (writer.Merge(all: true, token))
            {
                writer.Link(token);
                writer.Publish("merge");
            }
            using var merged = SearchIndex.Open(path);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{path} holds {Amount.Of(merged.Manifest.Passages, "passage")} in {Amount.Of(merged.Manifest.Segments.Count, "segment")} of {merged.Manifest.Segments.Sum(segment => segment.Bytes):N0} bytes."));
            return Task.FromResult(0);
        });
        return command;
    }
}
