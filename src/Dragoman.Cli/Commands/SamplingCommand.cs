using System.CommandLine;
using Dragoman.Cli.Commands.Sampling;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman sampling</c>: rejection sampling of training passages, drawn, looked at, and its cost estimated; one subcommand a task.</summary>
internal static class SamplingCommand
{
    internal static Command Create() => new("sampling", "Rejection sampling of training passages: estimates the bound, draws, and shows what was accepted and why.")
    {
        SamplingBoundCommand.Create(),
        SamplingDrawCommand.Create(),
        SamplingInspectCommand.Create(),
        SamplingDetectCommand.Create(),
    };
}
