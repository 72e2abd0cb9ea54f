using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli;

/// <summary>Runs a command line and turns failures into one clear sentence on stderr and a documented exit code: 0 done, 1 failed, 2 wrong usage.</summary>
internal static class CommandRunner
{
    private const int Failed = 1, WrongUsage = 2;
    private const string Stopped = "Stopped; what was not finished was removed.";

    /// <summary>How long a stopped command may take to end its batch and remove what it had begun.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    private static volatile bool _isStopping;

    internal static Option<bool> Verbose { get; } = new("--verbose") { Description = "Print stack traces of failures.", Recursive = true };

    internal static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        HelpExamples.AddTo(root);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (UsageProblems.Of(parsed) is { Count: > 0 } problems)
        {
            foreach (var problem in problems.SkipLast(1)) await Console.Error.WriteLineAsync(problem).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{problems[^1]} Run '{UsageProblems.CommandPath(parsed)} --help' for usage.").ConfigureAwait(false);
            return WrongUsage;
        }
        StandardOutput.Use();
        // A command that watches for a stop ends by itself; of the others, what they had begun is removed.
        using var interrupt = parsed.Action is SynchronousCommandLineAction ? PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop) : null;
        using var terminate = parsed.Action is SynchronousCommandLineAction ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop) : null;
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime }).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (_isStopping) await Task.Delay(Timeout.Infinite).ConfigureAwait(false); // its output was taken away; the process ends any moment
            await Console.Error.WriteLineAsync(parsed.GetValue(Verbose) ? failure.ToString() : UnfinishedOutputs.InNamesOfTheUser(Sentence(failure))).ConfigureAwait(false);
            return failure is ConfigurationException ? WrongUsage : Failed;
        }
    }

    private static void Stop(PosixSignalContext context)
    {
        _isStopping = true;
        UnfinishedOutputs.RemoveAll();
        Console.Error.WriteLine(Stopped);
        Environment.Exit(Failed);
    }

    private static string Sentence(Exception failure) => failure switch
    {
        DragomanException or IOException or UnauthorizedAccessException => failure.Message,
        OperationCanceledException => Stopped,
        OutOfMemoryException => "The memory of this machine is not enough; use smaller batches or less data.",
        _ => $"Unexpected failure ({failure.GetType().Name}: {failure.Message}). This is an error of Dragoman's own; run the command again with --verbose and report what it prints.",
    };
}
