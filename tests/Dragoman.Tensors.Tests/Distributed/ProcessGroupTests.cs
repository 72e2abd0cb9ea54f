using System.Net;
using System.Net.Sockets;
using System.Text;
using Dragoman.Tensors.Distributed;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Tests.Distributed;

/// <summary>Groups whose members are threads of this process: Gloo does not mind.</summary>
public sealed class ProcessGroupTests : RequiresTorch
{
    public ProcessGroupTests() => Assert.SkipUnless(ProcessGroup.IsBuilt(GroupBackend.Gloo), "the bridge was built without Gloo (package libgloo-dev)");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProcessGroupOptions Member(int port, int rank, int size, int seconds = 30) =>
        new() { Host = "127.0.0.1", Port = port, Rank = rank, Size = size, Timeout = TimeSpan.FromSeconds(seconds) };

    private static async Task<T[]> AllAsync<T>(int size, Func<ProcessGroup, T> work)
    {
        var port = FreePort();
        return await Task.WhenAll(Enumerable.Range(0, size).Select(rank => Task.Factory.StartNew(() =>
        {
            using var group = ProcessGroup.Join(Member(port, rank, size));
            return work(group);
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    [Fact]
    public async Task Sum_ThreeMembers_EveryOneHasTheSum()
    {
        var sums = await AllAsync(3, group =>
        {
            using var tensor = Tensor.From([1f, group.Rank, 0.1f * group.Rank]);
            group.Sum(tensor);
            return tensor.ToArray<float>();
        });
        foreach (var sum in sums) sum.ShouldBe(sums[0]);
        sums[0][0].ShouldBe(3);
        sums[0][1].ShouldBe(3);
        sums[0][2].ShouldBe(0.3f, 1e-6f);
    }

    [Fact]
    public async Task Broadcast_FromTheLast_ReachesAll()
    {
        var received = await AllAsync(3, group =>
        {
            using var tensor = Tensor.From([(long)group.Rank, 10 + group.Rank]);
            group.Broadcast(tensor, root: 2);
            return tensor.ToArray<long>();
        });
        foreach (var tensor in received) tensor.ShouldBe([2, 12]);
    }

    [Fact]
    public async Task Await_WhatAnotherPublishes_ArrivesWhole()
    {
        var words = await AllAsync(2, group =>
        {
            if (group.Rank == 0) group.Publish("word", "сөз"u8);
            return Encoding.UTF8.GetString(group.Await("word"));
        });
        words.ShouldBe(["сөз", "сөз"]);
    }

    [Fact]
    public async Task Sum_TheOtherHasLeft_SaysSo()
    {
        var failures = await AllAsync(2, group =>
        {
            if (group.Rank == 1) return "";
            using var tensor = Tensor.From([1f]);
            return Should.Throw<ProcessGroupException>(() => group.Sum(tensor)).Message;
        });
        failures[0].ShouldStartWith("Worker 0 of 2 has lost another worker, or waited 30 s for it (sum: ");
    }

    [Fact]
    public void Join_NobodyListens_SaysWhereAndWhatToLookAt()
    {
        var port = FreePort();
        var message = Should.Throw<ProcessGroupException>(() => ProcessGroup.Join(Member(port, 1, 2, seconds: 1))).Message;
        message.ShouldStartWith($"Worker 1 of 2 could not join the others at 127.0.0.1, port {port} within 1 s (");
        message.ShouldEndWith("Is worker 0 started there, and can this machine reach the port?");
    }

    [Fact]
    public void Join_OthersMissing_SaysSo()
    {
        var message = Should.Throw<ProcessGroupException>(() => ProcessGroup.Join(Member(FreePort(), 0, 2, seconds: 1))).Message;
        message.ShouldContain("Worker 0 of 2 could not join the others");
        message.ShouldEndWith("Is the port free, and are all workers started?");
    }
}
