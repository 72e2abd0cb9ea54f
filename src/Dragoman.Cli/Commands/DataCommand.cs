using System.CommandLine;
using Dragoman.Cli.Commands.Data;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman data</c>: data sets; one subcommand an action.</summary>
internal static class DataCommand
{
    internal static Command Create() => new("data", "Looks after data sets.")
    {
        DataCheckCommand.Create(),
    };
}
