using System.CommandLine;
using Dragoman.Cli.Commands.Data;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman data</c>: public data sets and models, and checks of one's own; one subcommand a task.</summary>
internal static class DataCommand
{
    internal static Command Create() => new("data", "Finds, describes and fetches public data sets and models, and checks collections.")
    {
        DataListCommand.Create(),
        DataInfoCommand.Create(),
        DataGetCommand.Create(),
        DataCheckCommand.Create(),
    };
}
