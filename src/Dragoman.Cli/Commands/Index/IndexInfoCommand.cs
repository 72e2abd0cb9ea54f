using System.CommandLine;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Cli.Commands.Index;

/// <summary><c>index info</c>: what is published, as JSON.</summary>
internal static class IndexInfoCommand
{
    internal static Command Create()
    {
        var index = IndexOptions.Index();
        var verify = new Option<bool>("--verify") { Description = "Check every byte, also of a large index." };
        var command = new Command("info", "Says what an index holds, as JSON.") { index, verify };
        command.SetAction(parsed =>
        {
            using var opened = SearchIndex.Open(parsed.GetRequiredValue(index), parsed.GetValue(verify));
            Console.Out.WriteLine(opened.Manifest.ToJson().ToJsonString(StageFolder.Indented));
        });
        return command;
    }
}
