using System.CommandLine;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli;

/// <summary>Runs a command line and turns failures into one clear sentence on stderr and a documented exit code: 0 done, 1 failed, 2 wrong usage.</summary>
internal static class CommandRunner
{
    private const int Done = 0, Failed = 1, WrongUsage = 2;

    internal static Option<bool> Verbose { get; } = new("--verbose") { Description = "Print stack traces of failures.", Recursive = true };

    internal static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Run 'dragoman {parsed.CommandResult.Command.Name} --help' for usage.".Replace("dragoman dragoman", "dragoman", StringComparison.Ordinal)).ConfigureAwait(false);
            return WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (Exception failure) when (ExitCodeOf(failure) is { } code)
        {
            await Console.Error.WriteLineAsync(parsed.GetValue(Verbose) ? failure.ToString() : failure.Message).ConfigureAwait(false);
            return code;
        }
    }

    private static int? ExitCodeOf(Exception failure) => failure switch
    {
        ConfigurationException => WrongUsage,
        DragomanException or IOException or UnauthorizedAccessException => Failed,
        OperationCanceledException => Failed,
        _ => null,
    };
}
