using System.Globalization;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Workers;

/// <summary>A worker that <see cref="LocalWorkers"/> started: it ends with the process that started it, whose end closes its standard input.</summary>
internal static class StartedWorker
{
    /// <summary>The variable that says so.</summary>
    internal const string Variable = "DRAGOMAN_STARTED_WORKER";

    /// <summary>Which of the workers on this machine this process is, from 0; 0 when it is none.</summary>
    internal static int LocalRank => IsOne && int.TryParse(Environment.GetEnvironmentVariable("LOCAL_RANK"), NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : 0;

    private static bool IsOne => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Watches, if this process is one.</summary>
    internal static void Watch()
    {
        if (!IsOne) return;
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
