using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

/// <summary>
/// A libtorch tensor. Members are called as in PyTorch, in C# spelling; what has no member is reached through <see cref="Operators"/>.
/// </summary>
/// <remarks>
/// A result belongs to the open <see cref="TensorScope"/>, or without one to the caller, who disposes it; views share memory with their source and keep it
/// alive. Reading is thread-safe; changing in place, like disposing, is not.
/// </remarks>
public sealed unsafe partial class Tensor : IDisposable
{
    private const int MaxDimensions = 16;

    private long[]? _shape;

    private Tensor(nint native)
    {
        Handle = new TensorHandle(native);
        TensorScope.Register(this);
    }

    /// <summary>Lengths of the dimensions; empty for a single number.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was freed.</exception>
    public IReadOnlyList<long> Shape => Sizes();

    /// <summary>Number of dimensions.</summary>
    public int Dimensions => Sizes().Length;

    /// <summary>Number of elements.</summary>
    public long Count => Info().Elements;

    /// <summary>Type of the elements.</summary>
    public DType Type => Info().Type;

    /// <summary>Where the elements are.</summary>
    public Device Device
    {
        get
        {
            var info = Info();
            return new Device((DeviceKind)info.DeviceType, info.DeviceIndex);
        }
    }

    /// <summary>Steps between neighbours along each dimension, in elements.</summary>
    public IReadOnlyList<long> Strides
    {
        get
        {
            var strides = stackalloc long[MaxDimensions];
            Bridge.Check(Bridge.Describe(Handle, out var info, null, strides, MaxDimensions));
            return new ReadOnlySpan<long>(strides, info.Dimensions).ToArray();
        }
    }

    /// <summary>Whether elements lie in memory in row-major order without gaps.</summary>
    public bool IsContiguous => Info().IsContiguous != 0;

    /// <summary>Whether only some rows are stored, as in the gradient of a sparse embedding.</summary>
    public bool IsSparse => Info().IsSparse != 0;

    /// <summary>Whether the tensor was freed.</summary>
    public bool IsDisposed => Handle.IsClosed;

    internal TensorHandle Handle { get; }

    internal TensorScope? Scope { get; set; }

    /// <summary>Length of a dimension.</summary>
    /// <param name="dimension">Number from 0, or from the end as -1, -2, …</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public long Size(int dimension)
    {
        var sizes = Sizes();
        var index = dimension < 0 ? dimension + sizes.Length : dimension;
        return (uint)index < (uint)sizes.Length ? sizes[index] : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, Describe());
    }

    /// <summary>Drops this reference; views and the autograd graph keep the memory while they need it. A second call does nothing.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>Takes the tensor out of its scope: it lives until it is disposed.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Unscoped()
    {
        Scope = null;
        return this;
    }

    /// <summary>A second reference to the same tensor (not a copy), for another owner.</summary>
    public Tensor Alias()
    {
        Bridge.Check(Bridge.Alias(Handle, out var alias), tensors: this);
        return Own(alias);
    }

    /// <summary>Copies the elements to memory, in row-major order, from whatever device.</summary>
    /// <typeparam name="T">The element's type, which must be the tensor's.</typeparam>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's type.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        RequireType<T>();
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>Copies the elements into memory of the caller, in row-major order, from whatever device.</summary>
    /// <typeparam name="T">The element's type, which must be the tensor's.</typeparam>
    /// <param name="destination">Exactly as long as the tensor.</param>
    /// <exception cref="ArgumentException">Type or length do not fit.</exception>
    public void CopyTo<T>(Span<T> destination) where T : unmanaged
    {
        RequireType<T>();
        if (destination.Length != Count) throw new ArgumentException($"The tensor has {Count} elements, the destination {destination.Length}.", nameof(destination));
        fixed (T* pointer = destination)
            Bridge.Check(Bridge.CopyTo(Handle, pointer, (long)destination.Length * sizeof(T)), tensors: this);
    }

    /// <summary>Copies the elements to memory as bytes, little-endian, row-major, whatever their type and device.</summary>
    public byte[] ToBytes()
    {
        var info = Info();
        var bytes = new byte[checked(info.Elements * info.ElementBytes)];
        fixed (byte* pointer = bytes)
            Bridge.Check(Bridge.CopyTo(Handle, pointer, bytes.LongLength), tensors: this);
        return bytes;
    }

    /// <summary>The elements where they are, without a copy. The span is valid only while the tensor is alive and keeps its storage.</summary>
    /// <typeparam name="T">The element's type, which must be the tensor's.</typeparam>
    /// <exception cref="InvalidOperationException">The tensor is not contiguous, not in main memory, or has over 2^31 elements.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged
    {
        RequireType<T>();
        var info = Info();
        if (info.IsContiguous == 0 || info.DeviceType != (int)DeviceKind.Cpu || info.Elements > int.MaxValue)
            throw new InvalidOperationException($"{Describe()} cannot be seen as memory: it must be contiguous, on the CPU and not too long.");
        Bridge.Check(Bridge.Data(Handle, out var data), tensors: this);
        return new Span<T>((void*)data, (int)info.Elements);
    }

    /// <summary>The only element, as a real number.</summary>
    /// <exception cref="TensorOperatorException">There is not exactly one element.</exception>
    public double Item() => ItemOperator.CallNumber(this);

    /// <summary>Type and shape: <c>float32[2, 3]</c>; with the device unless it is the CPU.</summary>
    public override string ToString() => Describe();

    internal static Tensor Own(nint native) => new(native);

    internal string Describe()
    {
        if (Handle.IsClosed) return "a freed tensor";
        var info = Info();
        var device = info.DeviceType == 0 ? "" : $" on {Device}";
        return $"{info.Type.TorchName()}[{string.Join(", ", Sizes())}]{device}";
    }

    internal TensorInfo Info()
    {
        var status = Bridge.Describe(Handle, out var info, null, null, 0);
        if (status != 0) throw new TensorOperatorException("describe", [], Bridge.Message());
        return info;
    }

    private long[] Sizes()
    {
        if (_shape is not null) return _shape;
        var sizes = stackalloc long[MaxDimensions];
        var status = Bridge.Describe(Handle, out var info, sizes, null, MaxDimensions);
        if (status != 0) throw new TensorOperatorException("describe", [], Bridge.Message());
        return _shape = new ReadOnlySpan<long>(sizes, Math.Min(info.Dimensions, MaxDimensions)).ToArray();
    }

    private void RequireType<T>() where T : unmanaged
    {
        if (ElementTypes.Fits<T>(Type)) return;
        throw new ArgumentException($"{Describe()} does not hold elements of type {typeof(T).Name}; convert it with To(...) first.");
    }
}
