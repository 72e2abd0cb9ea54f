using System.CommandLine;
using Dragoman.Cli.Commands.Data;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman data</c>: public data sets and models; one subcommand a task.</summary>
internal static class DataCommand
{
    internal static Command Create() => new("data", "Finds, fetches and describes public data sets and models.")
    {
        DataListCommand.Create(),
        DataInfoCommand.Create(),
        DataGetCommand.Create(),
    };
}
