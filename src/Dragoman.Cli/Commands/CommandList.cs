using System.CommandLine;

namespace Dragoman.Cli.Commands;

/// <summary>Every command, in the order of the data flow, as help prints them.</summary>
internal static class CommandList
{
    internal static IEnumerable<Command> All() =>
    [
        PrepareCommand.Create(),
        EvaluateCommand.Create(),
        TokenizeCommand.Create(),
        TrainCommand.Create(),
        IndexCommand.Create(),
        RetrieveCommand.Create(),
        FuseCommand.Create(),
        SearchCommand.Create(),
        ServeCommand.Create(),
    ];
}
