using System.CommandLine;
using Dragoman.Cli.Commands.Prepare;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman prepare</c>: turns data in other formats into collections; one subcommand a format.</summary>
internal static class PrepareCommand
{
    internal static Command Create() => new("prepare", "Turns data in another format, or in another language, into a collection folder (BEIR layout with languages).")
    {
        PrepareCollectionCommand.Create(),
        PrepareXquadCommand.Create(),
        PrepareParallelCommand.Create(),
        PrepareTranslateCommand.Create(),
        PrepareCandidatesCommand.Create(),
        PrepareNoiseCommand.Create(),
    };
}
