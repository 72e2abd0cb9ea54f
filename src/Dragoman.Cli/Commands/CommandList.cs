using System.CommandLine;

namespace Dragoman.Cli.Commands;

/// <summary>Every command, in the order of the data flow, as help prints them.</summary>
internal static class CommandList
{
    internal static IEnumerable<Command> All() =>
    [
        DemoCommand.Create(),
        PrepareCommand.Create(),
        TokenizeCommand.Create(),
        IndexCommand.Create(),
        TrainCommand.Create(),
        DiagnoseCommand.Create(),
        EncodeCommand.Create(),
        RetrieveCommand.Create(),
        FuseCommand.Create(),
        RerankCommand.Create(),
        EvaluateCommand.Create(),
        SearchCommand.Create(),
        ExplainCommand.Create(),
        ServeCommand.Create(),
    ];
}
