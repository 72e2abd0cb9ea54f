using System.CommandLine;
using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Commands.Encode;

/// <summary><c>encode merge</c>: the parts of several workers to the file that one alone would have written.</summary>
internal static class EncodeMergeCommand
{
    internal static Command Create()
    {
        var output = new Option<string>("--output") { Description = "The file to write, as it was named to every 'dragoman encode --shard'; its parts lie beside it.", Required = true, HelpName = "OUT.jsonl" };
        var command = new Command("merge", "Joins the parts that 'dragoman encode --shard' made: what one worker alone would have written. The parts stay.") { output };
        command.SetAction((parsed, token) =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputPath.RequireFile(path);
            var parts = VectorParts.FindParts(path, null);
            VectorMerge.Write(parts, token);
            Console.Error.WriteLine($"Joined {Amount.Of(parts.Files.Count, "part")} with {Amount.Of(parts.Manifest.Vectors, "vector")} in {path}.");
            return Task.FromResult(0);
        });
        return command;
    }
}
