using System.Globalization;
using System.Runtime.CompilerServices;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors.Distributed;

/// <summary>Several processes that compute together, on one machine or more: libtorch's process groups (c10d), which meet at a TCP port of process 0.</summary>
/// <remarks>Every process calls the same collectives in the same order. Not thread-safe.</remarks>
public sealed class ProcessGroup : IDisposable
{
    private readonly GroupHandle _handle;
    private readonly ProcessGroupOptions _options;

    private ProcessGroup(nint native, ProcessGroupOptions options) => (_handle, _options) = (new GroupHandle(native), options);

    /// <summary>This process's number, from 0.</summary>
    public int Rank => _options.Rank;

    /// <summary>Processes in all.</summary>
    public int Size => _options.Size;

    /// <summary>What carries tensors.</summary>
    public GroupBackend Backend => _options.Backend;

    /// <summary>Whether the bridge was built with a backend. False when libtorch is missing.</summary>
    /// <param name="backend">The backend.</param>
    public static bool IsBuilt(GroupBackend backend)
    {
        if (!Torch.IsAvailable) return false;
        Bridge.Check(Bridge.GroupBackends(out var built));
        return (built & (int)backend) != 0;
    }

    /// <summary>Makes sure that the bridge was built with a backend.</summary>
    /// <param name="backend">The backend.</param>
    /// <exception cref="ProcessGroupException">It was not; the message says what to install.</exception>
    /// <exception cref="TorchUnavailableException">libtorch is missing.</exception>
    public static void RequireBuilt(GroupBackend backend)
    {
        BridgeLoader.Require();
        if (!IsBuilt(backend)) throw new ProcessGroupException(NotBuilt(backend));
    }

    /// <summary>Joins the others; waits until all are there.</summary>
    /// <param name="options">Who and where.</param>
    /// <exception cref="ProcessGroupException">The backend was not built, process 0 cannot be reached, or others are missing after the time-out.</exception>
    /// <exception cref="TorchUnavailableException">libtorch is missing.</exception>
    public static ProcessGroup Join(ProcessGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        BridgeLoader.Require();
        RequireBuilt(options.Backend);
        var status = Bridge.JoinGroup((int)options.Backend, options.Host, options.Port, options.Rank, options.Size, (long)options.Timeout.TotalMilliseconds, out var native);
        if (status == 0) return new ProcessGroup(native, options);
        var where = string.Create(CultureInfo.InvariantCulture, $"{options.Host}, port {options.Port}");
        throw new ProcessGroupException(string.Create(CultureInfo.InvariantCulture,
            $"Worker {options.Rank} of {options.Size} could not join the others at {where} within {options.Timeout.TotalSeconds:0.#} s ({Reason()}). {(options.Rank == 0 ? "Is the port free, and are all workers started?" : "Is worker 0 started there, and can this machine reach the port?")}"));
    }

    /// <summary>Adds up the tensors of all processes, element by element, in place.</summary>
    /// <param name="tensor">Of the same shape and type in every process; contiguous; receives the sum, the same bits everywhere.</param>
    /// <exception cref="ProcessGroupException">Another process is gone, or did not answer within the time-out.</exception>
    public void Sum(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Require(Bridge.GroupSum(_handle, tensor.Handle));
    }

    /// <summary>Copies a tensor of one process into the tensors of the others.</summary>
    /// <param name="tensor">Of the same shape and type in every process; contiguous.</param>
    /// <param name="root">The process it is copied from.</param>
    /// <exception cref="ProcessGroupException">Another process is gone, or did not answer within the time-out.</exception>
    public void Broadcast(Tensor tensor, int root = 0)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Require(Bridge.GroupBroadcast(_handle, tensor.Handle, root));
    }

    /// <summary>Lays a small value down for all under a name, at process 0.</summary>
    /// <param name="key">The name; use each once.</param>
    /// <param name="value">The bytes.</param>
    /// <exception cref="ProcessGroupException">Process 0 is gone.</exception>
    public unsafe void Publish(string key, ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value) Require(Bridge.GroupPublish(_handle, key, data, value.Length));
    }

    /// <summary>Waits for what a process publishes, for as long as process 0 lives: what another process takes long to find out is waited for in this way, as collectives have a time-out.</summary>
    /// <param name="key">The name.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ProcessGroupException">Process 0 is gone.</exception>
    public byte[] Await(string key)
    {
        Require(Bridge.GroupAwait(_handle, key, (long)TimeSpan.FromDays(7).TotalMilliseconds, out var value));
        using var tensor = Tensor.Own(value);
        return tensor.ToArray<byte>();
    }

    /// <summary>Leaves the group; the others cannot go on with collectives.</summary>
    public void Dispose() => _handle.Dispose();

    private void Require(int status, [CallerMemberName] string operation = "")
    {
        if (status == 0) return;
        throw new ProcessGroupException(string.Create(CultureInfo.InvariantCulture, $"Worker {Rank} of {Size} has lost another worker, or waited {_options.Timeout.TotalSeconds:0.#} s for it ({operation.ToLowerInvariant()}: {Reason()})."));
    }

    private static string NotBuilt(GroupBackend backend) => backend == GroupBackend.Gloo
        ? "The libtorch bridge was built without Gloo, which workers need to talk to each other; run 'apt-get install libgloo-dev' (or name the folder that holds Gloo's headers in DRAGOMAN_GLOO), remove native/torch/build, then run './dragoman setup'."
        : "The libtorch bridge was built without NCCL, or its libtorch has no CUDA; name a libtorch with CUDA and NCCL in DRAGOMAN_LIBTORCH, remove native/torch/build, then run './dragoman setup'.";

    /// <summary>The first line of libtorch's message, without the place in its sources.</summary>
    private static string Reason()
    {
        var line = Bridge.Message().Split('\n')[0].Trim();
        var place = line.IndexOf("] ", StringComparison.Ordinal);
        return (line.StartsWith('[') && place > 0 ? line[(place + 2)..] : line).TrimEnd('.');
    }
}
