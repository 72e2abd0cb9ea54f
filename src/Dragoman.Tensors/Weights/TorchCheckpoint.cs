using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>The tensors of a PyTorch checkpoint by name, whatever the container.</summary>
internal abstract class TorchCheckpoint : IWeightSource
{
    private readonly Dictionary<string, PickledTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    protected TorchCheckpoint(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyCollection<string> Names => _names;

    public bool Contains(string name) => _tensors.ContainsKey(name);

    public WeightInfo Info(string name)
    {
        var tensor = Find(name);
        return new WeightInfo(name, tensor.Type, tensor.Shape);
    }

    /// <summary>Reads the tensor anew at each call, so that a large checkpoint is never held whole.</summary>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var tensor = Find(name);
        var storage = ReadStorage(tensor.Storage, name);
        if (tensor.End * tensor.Type.Bytes() > storage.Length)
            throw new CheckpointException(Path, name, $"its storage has {storage.Length} bytes; {tensor.End * tensor.Type.Bytes()} are needed. Is the file truncated?");
        return tensor.IsContiguous && tensor.Offset == 0 ? storage.Span[..checked((int)Info(name).Bytes)] : tensor.Read(storage.Span);
    }

    public abstract void Dispose();

    protected abstract ReadOnlyMemory<byte> ReadStorage(string key, string name);

    /// <summary>Takes the tensors from what the pickle held: a dictionary, or one under <c>state_dict</c>.</summary>
    protected void Collect(object? root)
    {
        if (root is Dictionary<object, object?> outer && outer.TryGetValue("state_dict", out var inner) && inner is Dictionary<object, object?>) root = inner;
        if (root is not Dictionary<object, object?> entries)
            throw new CheckpointException(Path, "", "the checkpoint does not hold a dictionary of tensors.");
        foreach (var (key, value) in entries)
        {
            if (key is not string name || value is not PickledTensor tensor) continue;
            _tensors.Add(name, tensor);
            _names.Add(name);
        }
        if (_names.Count == 0) throw new CheckpointException(Path, "", "the checkpoint holds no tensors.");
    }

    private PickledTensor Find(string name) =>
        _tensors.TryGetValue(name, out var tensor) ? tensor : throw new CheckpointException(Path, name, "there is no such tensor in the file.");
}
