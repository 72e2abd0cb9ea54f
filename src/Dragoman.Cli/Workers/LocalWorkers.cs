using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Workers;

/// <summary>
/// Starts the workers of a run on this machine: this program again, once for each, with the variables that tell it who it is. Lines for people get the worker's number in front; when one fails, the others are ended.
/// </summary>
internal static class LocalWorkers
{
    private static readonly string[] Variables = ["RANK", "WORLD_SIZE"];

    /// <summary>How long workers may take to notice by themselves that one is gone, and to end.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command in every worker.</summary>
    /// <param name="command">The command, for messages: <c>dragoman train</c>.</param>
    /// <param name="count">Workers, 2 or more.</param>
    /// <param name="arguments">The command line of each, by its number from 0.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <returns>0 when all came to their end.</returns>
    /// <exception cref="ConfigurationException">Variables say that this process is a worker itself.</exception>
    internal static async Task<int> RunAsync(string command, int count, Func<int, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        if (Variables.FirstOrDefault(name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name))) is { } set)
            throw new ConfigurationException(command, [$"--workers starts the workers itself, but {set} is set, which says that something else does; leave one of the two out."]);
        var port = FreePort();
        var workers = Enumerable.Range(0, count).Select(rank => Start(rank, count, port, arguments(rank))).ToList();
        var ends = workers.Select((worker, rank) => EndAsync(worker, rank)).ToList();
        try
        {
            return await WatchAsync(workers, ends, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }
    }

    private static async Task<int> WatchAsync(List<Process> workers, List<Task<(int Rank, int Code)>> ends, CancellationToken cancellationToken)
    {
        var running = ends.ToList();
        while (running.Count > 0)
        {
            var first = await Task.WhenAny(running.Append(Canceled(cancellationToken))).ConfigureAwait(false);
            running.Remove(first);
            var (rank, code) = await first.ConfigureAwait(false);
            if (code == 0) continue;
            if (rank >= 0) await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Worker {rank} {Ending(code)}; the others are ended.")).ConfigureAwait(false);
            await StopAsync(workers, running, atOnce: rank < 0).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return 1;
        }
        return 0;
    }

    private static async Task<(int Rank, int Code)> Canceled(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        return (-1, 1);
    }

    /// <summary>Workers end by themselves when a collective fails; those that do not are asked to, by the end of their standard input, and at last killed. A checkpoint survives that.</summary>
    private static async Task StopAsync(List<Process> workers, List<Task<(int Rank, int Code)>> running, bool atOnce)
    {
        var all = Task.WhenAll(running);
        if (!atOnce) await Task.WhenAny(all, Task.Delay(EndTime)).ConfigureAwait(false);
        foreach (var worker in workers.Where(worker => !worker.HasExited)) worker.StandardInput.Close();
        await Task.WhenAny(all, Task.Delay(EndTime)).ConfigureAwait(false);
        foreach (var worker in workers.Where(worker => !worker.HasExited)) worker.Kill(entireProcessTree: true);
        await all.ConfigureAwait(false);
    }

    private static Process Start(int rank, int count, int port, IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(program, isHost ? [Assembly.GetEntryAssembly()!.Location, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var text = CultureInfo.InvariantCulture;
        foreach (var (name, value) in new[] { ("RANK", rank.ToString(text)), ("LOCAL_RANK", rank.ToString(text)), ("WORLD_SIZE", count.ToString(text)), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", port.ToString(text)), (StartedWorker.Variable, "1") })
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Passes on what a worker says until it has ended; results are worker 0's.</summary>
    private static async Task<(int Rank, int Code)> EndAsync(Process worker, int rank)
    {
        var said = PassAsync(worker.StandardError, line => Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[{rank}] {line}")));
        var result = PassAsync(worker.StandardOutput, line => rank == 0 ? Console.Out.WriteLineAsync(line) : Task.CompletedTask);
        await Task.WhenAll(said, result).ConfigureAwait(false);
        await worker.WaitForExitAsync().ConfigureAwait(false);
        return (rank, worker.ExitCode);
    }

    private static async Task PassAsync(StreamReader lines, Func<string, Task> pass)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line) await pass(line).ConfigureAwait(false);
    }

    private static string Ending(int code) => code > 128 ? string.Create(CultureInfo.InvariantCulture, $"was killed (signal {code - 128})") : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
