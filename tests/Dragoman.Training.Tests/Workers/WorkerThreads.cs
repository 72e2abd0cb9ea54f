using System.Net;
using System.Net.Sockets;
using Dragoman.Tensors;
using Dragoman.Tensors.Distributed;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Workers;

/// <summary>Workers that are threads of this process.</summary>
internal static class WorkerThreads
{
    internal static void OrSkip() => Assert.SkipUnless(ProcessGroup.IsBuilt(GroupBackend.Gloo), "the bridge was built without Gloo (package libgloo-dev)");

    /// <summary>Runs work in every worker; what it gives, or the exception it ended with, by worker.</summary>
    internal static async Task<(T? Value, Exception? Failure)[]> RunAsync<T>(int count, Func<WorkerGroup, T> work)
    {
        var port = FreePort();
        return await Task.WhenAll(Enumerable.Range(0, count).Select(rank => Task.Factory.StartNew<(T?, Exception?)>(() =>
        {
            using var workers = WorkerGroup.Join(new WorkerEnvironment(rank, count, "127.0.0.1", port, 0), Device.Cpu, TimeSpan.FromSeconds(30));
            try
            {
                return (work(workers), null);
            }
            catch (Exception failure)
            {
                return (default, failure);
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
