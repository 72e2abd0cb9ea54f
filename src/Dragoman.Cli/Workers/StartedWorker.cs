using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Workers;

/// <summary>A worker that <see cref="LocalWorkers"/> started: it ends with the process that started it, whose end closes its standard input.</summary>
internal static class StartedWorker
{
    /// <summary>The variable that says so.</summary>
    internal const string Variable = "DRAGOMAN_STARTED_WORKER";

    /// <summary>Watches, if this process is one.</summary>
    internal static void Watch()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1") return;
        new Thread(EndWithInput) { IsBackground = true, Name = "end with the starter" }.Start();
    }

    private static void EndWithInput()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
        UnfinishedOutputs.RemoveAll();
        Environment.Exit(1);
    }
}
