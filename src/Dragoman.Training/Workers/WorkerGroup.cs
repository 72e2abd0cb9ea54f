using System.Globalization;
using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Tensors;
using Dragoman.Tensors.Distributed;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.Workers;

/// <summary>
/// The processes that train one model together. Each computes the gradient of its share of every batch; the gradients are added up, and every worker takes the same step. Worker 0 alone measures, decides and writes;
/// the others wait for its word. Not thread-safe.
/// </summary>
public sealed class WorkerGroup : IDisposable
{
    private const int ElementsPerSum = 1 << 25, BytesPerPiece = 1 << 26;
    private readonly ProcessGroup? _group;
    private readonly Device _device;
    private long _decisions;

    private WorkerGroup(ProcessGroup? group, Device device) => (_group, _device) = (group, device);

    /// <summary>One process by itself.</summary>
    public static WorkerGroup Alone { get; } = new(null, Device.Cpu);

    /// <summary>Number of this worker, from 0.</summary>
    public int Rank => _group?.Rank ?? 0;

    /// <summary>Workers in all, 1 or more.</summary>
    public int Count => _group?.Size ?? 1;

    /// <summary>Whether there are no others.</summary>
    public bool IsAlone => _group is null;

    /// <summary>Whether this is the one that measures, decides and writes.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Makes sure that workers can talk to each other here.</summary>
    /// <param name="device">What they compute on.</param>
    /// <exception cref="Dragoman.Tensors.Errors.ProcessGroupException">The bridge was built without process groups; the message says what to install.</exception>
    public static void RequireBuilt(Device device) => ProcessGroup.RequireBuilt(BackendOf(device));

    /// <summary>Joins the other workers; waits until all are there.</summary>
    /// <param name="environment">Who and where.</param>
    /// <param name="device">The device that this worker computes on: NCCL joins CUDA devices, if the bridge has it, and Gloo all others.</param>
    /// <param name="timeout">How long joining, and each exchange, may take until the others are given up.</param>
    /// <exception cref="Dragoman.Tensors.Errors.ProcessGroupException">Others are missing, worker 0 cannot be reached, or the bridge was built without process groups.</exception>
    public static WorkerGroup Join(WorkerEnvironment environment, Device device, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var backend = BackendOf(device);
        var group = ProcessGroup.Join(new ProcessGroupOptions { Host = environment.Host, Port = environment.Port, Rank = environment.Rank, Size = environment.Count, Backend = backend, Timeout = timeout });
        return new WorkerGroup(group, backend == GroupBackend.Nccl ? device : Device.Cpu);
    }

    /// <summary>Leaves the others.</summary>
    public void Dispose() => _group?.Dispose();

    /// <summary>What worker 0 finds out, in every worker. The others wait for as long as it lives.</summary>
    /// <param name="find">Called in worker 0 only.</param>
    internal string Decide(Func<string> find)
    {
        if (_group is null) return find();
        var key = string.Create(CultureInfo.InvariantCulture, $"decision-{_decisions++}");
        if (!IsFirst) return Encoding.UTF8.GetString(_group.Await(key));
        var found = find();
        _group.Publish(key, Encoding.UTF8.GetBytes(found));
        return found;
    }

    /// <summary>Makes sure that all workers were given the same.</summary>
    /// <param name="what">What, for the message.</param>
    /// <param name="value">This worker's.</param>
    /// <exception cref="DragomanException">It is not worker 0's.</exception>
    internal void RequireSame(string what, string value)
    {
        if (Decide(() => value) != value)
            throw new DragomanException($"Worker {Rank} of {Count} was started with {what} other than worker 0's; start all workers with the same configuration, data and version of Dragoman.");
    }

    /// <summary>Adds up a number of each worker, place by place.</summary>
    /// <param name="values">As many in every worker; replaced by the sums.</param>
    internal void Sum(double[] values)
    {
        if (_group is null) return;
        using var scope = TensorScope.Begin();
        var sums = Tensor.From(values, values.Length).To(_device);
        _group.Sum(sums);
        sums.CopyTo(values.AsSpan());
    }

    /// <summary>Adds up a tensor of each worker in place, wherever it is.</summary>
    /// <param name="tensor">Contiguous, of the same shape and type in every worker, of a type that is added exactly alike everywhere: float32 or float64.</param>
    internal void Sum(Tensor tensor)
    {
        if (_group is null || tensor.Count == 0) return;
        if (tensor.Device.Kind == _device.Kind)
        {
            _group.Sum(tensor);
            return;
        }
        using var scope = TensorScope.Begin();
        var there = tensor.To(_device);
        _group.Sum(there);
        tensor.CopyInPlace(there);
    }

    /// <summary>Adds up the gradients of all workers, many at once; a parameter that has a gradient in one worker has one in all afterwards.</summary>
    /// <param name="parameters">The same in every worker.</param>
    internal void SumGradients(IReadOnlyList<Parameter> parameters)
    {
        if (_group is null) return;
        using var off = NoGrad.Begin();
        var present = parameters.Select(parameter => parameter.Value.Grad is null ? 0.0 : 1).ToArray();
        Sum(present);
        var (part, elements) = (new List<Parameter>(), 0L);
        foreach (var parameter in parameters.Where((_, place) => present[place] > 0))
        {
            if (part.Count > 0 && elements + parameter.Value.Count > ElementsPerSum)
            {
                SumTogether(part);
                (part, elements) = ([], 0);
            }
            part.Add(parameter);
            elements += parameter.Value.Count;
        }
        if (part.Count > 0) SumTogether(part);
    }

    /// <summary>Gives every worker the parameters of worker 0.</summary>
    /// <param name="parameters">The same in every worker.</param>
    internal void Share(IEnumerable<Parameter> parameters)
    {
        if (_group is null) return;
        using var off = NoGrad.Begin();
        foreach (var parameter in parameters)
        {
            using var scope = TensorScope.Begin();
            var copy = parameter.Value.Detach().Contiguous().To(_device);
            _group.Broadcast(copy);
            if (!IsFirst) parameter.Value.CopyInPlace(copy);
        }
    }

    /// <summary>Gives every worker a file of worker 0, as each may have a disk of its own.</summary>
    /// <param name="source">The file in worker 0.</param>
    /// <param name="target">The file to make in the others.</param>
    internal void ShareFile(string source, string target)
    {
        if (_group is null) return;
        var length = long.Parse(Decide(() => new FileInfo(source).Length.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        if (!IsFirst) Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        using var file = IsFirst ? File.OpenRead(source) : File.Create(target);
        for (var left = length; left > 0; left -= BytesPerPiece)
        {
            using var scope = TensorScope.Begin();
            var piece = new byte[Math.Min(left, BytesPerPiece)];
            if (IsFirst) file.ReadExactly(piece);
            var tensor = Tensor.From(piece, piece.Length).To(_device);
            _group.Broadcast(tensor);
            if (!IsFirst) file.Write(tensor.ToArray<byte>());
        }
    }

    private static GroupBackend BackendOf(Device device) => device.Kind == DeviceKind.Cuda && ProcessGroup.IsBuilt(GroupBackend.Nccl) ? GroupBackend.Nccl : GroupBackend.Gloo;

    private void SumTogether(List<Parameter> parameters)
    {
        using var scope = TensorScope.Begin();
        var flat = Tensor.Cat([.. parameters.Select(parameter => (parameter.Value.Grad ?? parameter.Value.Detach().ZerosLike()).Reshape(-1))], 0);
        Sum(flat);
        var first = 0L;
        foreach (var parameter in parameters)
        {
            parameter.Value.Grad = flat.Narrow(0, first, parameter.Value.Count).View([.. parameter.Value.Shape]);
            first += parameter.Value.Count;
        }
    }
}
