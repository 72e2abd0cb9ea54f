using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>The storage a tensor looks at.</summary>
/// <param name="Key">Its key in the file.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record PickledStorage(string Key, DType Type, long Count);

/// <summary>A Python name that a file of tensors may use. There are no others.</summary>
internal sealed class PickleGlobal
{
    private readonly string _name;
    private readonly DType? _storageType;

    private PickleGlobal(string name, DType? storageType = null)
    {
        _name = name;
        _storageType = storageType;
    }

    /// <summary>Finds a name.</summary>
    /// <exception cref="CheckpointException">The name is not one that rebuilds tensors.</exception>
    internal static PickleGlobal Resolve(string module, string name, string path)
    {
        if (module == "torch" && StorageType(name) is { } type) return new PickleGlobal(name, type);
        return (module, name) switch
        {
            ("torch._utils", "_rebuild_tensor_v2" or "_rebuild_tensor" or "_rebuild_parameter") or ("collections", "OrderedDict") => new PickleGlobal(name),
            _ => throw new CheckpointException(path, "", $"the checkpoint asks for '{module}.{name}', which is no tensor; it is refused. Save the model as safetensors."),
        };
    }

    /// <summary>The storage a persistent id names: ('storage', type, key, location, count).</summary>
    internal static PickledStorage Storage(object?[] id, string path)
    {
        if (id is ["storage", PickleGlobal { _storageType: { } type }, string key, _, long count, ..]) return new PickledStorage(key, type, count);
        throw new CheckpointException(path, "", "the checkpoint refers to something outside itself that is no storage; it is refused.");
    }

    /// <summary>Builds what the name stands for.</summary>
    internal object Call(object?[] arguments, string path)
    {
        switch (_name)
        {
            case "OrderedDict":
                return new Dictionary<object, object?>();
            case "_rebuild_parameter" when arguments is [PickledTensor tensor, ..]:
                return tensor;
            case "_rebuild_tensor_v2" or "_rebuild_tensor" when arguments is [PickledStorage storage, long offset, object?[] shape, object?[] strides, ..]:
                return Window(storage, offset, [.. shape.Select(size => (long)size!)], [.. strides.Select(stride => (long)stride!)], path);
            default:
                throw new CheckpointException(path, "", $"the checkpoint calls '{_name}' with arguments that make no tensor; it is refused.");
        }
    }

    private static PickledTensor Window(PickledStorage storage, long offset, long[] shape, long[] strides, string path)
    {
        var tensor = new PickledTensor(storage.Key, storage.Type, offset, shape, strides);
        var fits = shape.Length == strides.Length && offset >= 0 && shape.All(size => size >= 0) && strides.All(stride => stride >= 0) && tensor.End <= storage.Count;
        return fits ? tensor : throw new CheckpointException(path, "", $"a tensor of shape [{string.Join(", ", shape)}] does not fit its storage of {storage.Count} elements.");
    }

    private static DType? StorageType(string name) => name switch
    {
        "DoubleStorage" => DType.Float64,
        "FloatStorage" => DType.Float32,
        "HalfStorage" => DType.Float16,
        "BFloat16Storage" => DType.BFloat16,
        "LongStorage" => DType.Int64,
        "IntStorage" => DType.Int32,
        "ShortStorage" => DType.Int16,
        "CharStorage" => DType.Int8,
        "ByteStorage" => DType.UInt8,
        "BoolStorage" => DType.Bool,
        _ => null,
    };
}
