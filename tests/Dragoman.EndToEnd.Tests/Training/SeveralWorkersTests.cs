using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dragoman.Tensors;
using Dragoman.Tensors.Distributed;

namespace Dragoman.EndToEnd.Tests.Training;

/// <summary>Workers that are processes, as a user has them.</summary>
public sealed partial class SeveralWorkersTests : RequiresTorch
{
    /// <summary>
    /// Weights after 30 steps, by one process and by several: float32 gradients are added in another order, and AdamW, which divides a gradient by its usual size, makes more of that where gradients are small. Weights
    /// themselves are near 0.1. The cross-encoder has hardly begun to learn in so few steps, its gradients are about 1e-4, and a fifth of a step (the rate is 1e-3) is what rounding can come to.
    /// </summary>
    private const double Rounding = 5e-6, RoundingOfSmallGradients = 2e-4;

    private static void NeedGloo() => Assert.SkipUnless(ProcessGroup.IsBuilt(GroupBackend.Gloo), "the bridge was built without Gloo (package libgloo-dev)");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Variables(int rank, int count, int port) => FormattableString.Invariant($"RANK={rank} WORLD_SIZE={count} MASTER_ADDR=127.0.0.1 MASTER_PORT={port}");

    /// <summary>What one process makes, and two that have taken some steps of the same.</summary>
    private static async Task<TwoWorkers> TwoUnderWayAsync(TemporaryFolder folder)
    {
        TrainingFiles.Write(folder, "bi-encoder", checkpointSteps: 2, dropout: 0);
        await OneAsync(folder, "one");
        var port = FreePort();
        TrainingProcess Start(int rank) => TrainingProcess.Start(folder, "two", Variables(rank, 2, port), "--threads", "1", "--worker-timeout", "60");
        var workers = new TwoWorkers(Start(0), Start(1));
        await workers.First.StepsAsync(5);
        return workers;
    }

    private sealed record TwoWorkers(TrainingProcess First, TrainingProcess Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }

    private static async Task OneAsync(TemporaryFolder folder, string output, params string[] more)
    {
        using var one = TrainingProcess.Start(folder, output, "", ["--threads", "1", .. more]);
        (await one.EndAsync()).ShouldBe(0, one.Said);
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("cross-encoder", RoundingOfSmallGradients)]
    [InlineData("bi-encoder", Rounding)]
    public async Task Train_TwoWorkers_SameWeightsAsOneWithTheWholeBatch(string task, double rounding)
    {
        NeedGloo();
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, task, checkpointSteps: 0, dropout: 0);
        await OneAsync(folder, "one");
        using var two = TrainingProcess.Start(folder, "two", "", "--workers", "2", "--threads", "2");
        (await two.EndAsync()).ShouldBe(0, two.Said);
        two.Said.ShouldContain("[0] 2 workers have joined; each takes its share of every batch.");
        TrainingFiles.Difference(folder["one"], folder["two"]).ShouldBeLessThan(rounding);
        var manifest = JsonNode.Parse(File.ReadAllText(folder["two/manifest.json"]))!;
        manifest["workers"]!.GetValue<int>().ShouldBe(2);
        manifest["threads"]!.GetValue<int>().ShouldBe(1);
        Directory.EnumerateFileSystemEntries(folder.Path, "*worker-1*").ShouldBeEmpty();
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Train_AWorkerIsKilled_TheOtherSaysSoAndOneGoesOn()
    {
        NeedGloo();
        using var folder = new TemporaryFolder();
        using var workers = await TwoUnderWayAsync(folder);
        var (first, second) = workers;
        second.Kill();
        var clock = Stopwatch.StartNew();
        (await first.EndAsync()).ShouldBe(1, first.Said);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        first.Said.ShouldContain("Worker 0 of 2 has lost another worker");
        first.Said.ShouldContain("The last checkpoint in two.checkpoint is whole; start all workers again with --resume, or another number of them.");

        await OneAsync(folder, "two", "--resume");
        Directory.EnumerateFileSystemEntries(folder.Path, "two.worker-*").ShouldBeEmpty();
        TrainingFiles.Difference(folder["one"], folder["two"]).ShouldBeLessThan(Rounding);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Train_TheFirstWorkerIsKilled_TheOtherSaysSoAndThreeGoOn()
    {
        NeedGloo();
        using var folder = new TemporaryFolder();
        using var workers = await TwoUnderWayAsync(folder);
        var (first, second) = workers;
        first.Kill();
        (await second.EndAsync()).ShouldBe(1, second.Said);
        second.Said.ShouldContain("Worker 1 of 2 has lost another worker");
        second.Said.ShouldContain("Worker 0 has the last checkpoint");

        using var rest = TrainingProcess.Start(folder, "two", "", "--threads", "3", "--workers", "3", "--resume");
        (await rest.EndAsync()).ShouldBe(0, rest.Said);
        rest.Said.ShouldContain("Going on after step ");
        TrainingFiles.Difference(folder["one"], folder["two"]).ShouldBeLessThan(Rounding);
    }

    [Fact]
    public async Task Train_AStartedWorkerIsKilled_AllEnd()
    {
        NeedGloo();
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, "bi-encoder", checkpointSteps: 2, dropout: 0);
        using var both = TrainingProcess.Start(folder, "two", "", "--threads", "2", "--workers", "2");
        await both.StepsAsync(3);
        var id = int.Parse(ProcessId().Match(both.Said).Groups[1].Value, CultureInfo.InvariantCulture);
        using (var second = Process.GetProcessById(id)) second.Kill();
        (await both.EndAsync()).ShouldBe(1, both.Said);
        both.Said.ShouldContain("Worker 1 was killed (signal 9); the others are ended.");
        both.Said.ShouldContain("[0] Worker 0 of 2 has lost another worker");
    }

    [Fact]
    public async Task Train_TheStarterIsKilled_TheWorkersEnd()
    {
        NeedGloo();
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, "bi-encoder", checkpointSteps: 2, dropout: 0);
        using var both = TrainingProcess.Start(folder, "two", "", "--threads", "2", "--workers", "2");
        await both.StepsAsync(3);
        var id = int.Parse(ProcessId().Match(both.Said).Groups[1].Value, CultureInfo.InvariantCulture);
        using var second = Process.GetProcessById(id);
        both.Kill();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await second.WaitForExitAsync(patience.Token);
        second.HasExited.ShouldBeTrue();
    }

    [Theory]
    [InlineData("RANK=1", 2, "RANK is 1, but WORLD_SIZE, the number of workers, is not set")]
    [InlineData("RANK=2 WORLD_SIZE=2 MASTER_ADDR=localhost", 2, "RANK is 2, but WORLD_SIZE is 2, so that ranks go from 0 to 1.")]
    [InlineData("RANK=1 WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=1", 1, "Worker 1 of 2 could not join the others at 127.0.0.1, port 1 within 2 s (")]
    public async Task Train_WrongVariables_OneSentence(string variables, int exitCode, string expected)
    {
        NeedGloo();
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, "bi-encoder", checkpointSteps: 0, dropout: 0);
        using var wrong = TrainingProcess.Start(folder, "two", variables, "--worker-timeout", "2");
        (await wrong.EndAsync()).ShouldBe(exitCode, wrong.Said);
        wrong.Said.ShouldContain(expected);
        wrong.Said.Trim().Split('\n').Length.ShouldBe(1, wrong.Said);
    }

    [Fact]
    public async Task Train_CudaWithoutADevice_OneSentence()
    {
        Assert.SkipWhen(Torch.CudaAvailable, "there is a CUDA device");
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, "cross-encoder", checkpointSteps: 0, dropout: 0);
        using var wrong = TrainingProcess.Start(folder, "model", "", "--device", "cuda:0");
        (await wrong.EndAsync()).ShouldBe(1, wrong.Said);
        wrong.Said.ShouldStartWith("Device cuda:0 was asked for, but libtorch ");
    }

    [GeneratedRegex(@"Worker 1 of 2 has joined \(process (\d+),")]
    private static partial Regex ProcessId();
}
