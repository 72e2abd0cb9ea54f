using System.CommandLine;
using Dragoman.Cli;
using Dragoman.Cli.Commands;

var root = new RootCommand("Dragoman answers a question asked in one language with documents written in others.");
root.Options.Add(CommandRunner.Verbose);
foreach (var command in CommandList.All()) root.Subcommands.Add(command);
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);
