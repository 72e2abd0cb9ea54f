using System.CommandLine;

namespace Dragoman.Cli.Commands;

/// <summary>Every command, in the order of the data flow, as help prints them.</summary>
internal static class CommandList
{
    internal static IEnumerable<Command> All() =>
    [
        DemoCommand.Create(),
        DataCommand.Create(),
        PrepareCommand.Create(),
        AnalyzeCommand.Create(),
        TranslateCommand.Create(),
        TokenizeCommand.Create(),
        IdentifyCommand.Create(),
        IndexCommand.Create(),
        TrainCommand.Create(),
        WatchCommand.Create(),
        SamplingCommand.Create(),
        DiagnoseCommand.Create(),
        EncodeCommand.Create(),
        RetrieveCommand.Create(),
        FuseCommand.Create(),
        RerankCommand.Create(),
        HardnessCommand.Create(),
        EvaluateCommand.Create(),
        CompareCommand.Create(),
        ReportCommand.Create(),
        SearchCommand.Create(),
        ExplainCommand.Create(),
        ServeCommand.Create(),
    ];
}
