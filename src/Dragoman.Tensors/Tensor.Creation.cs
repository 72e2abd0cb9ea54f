using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

public sealed unsafe partial class Tensor
{
    private static readonly Operator EmptyOperator = new("aten::empty", "memory_format"), ZerosOperator = new("aten::zeros"), OnesOperator = new("aten::ones"),
        FullOperator = new("aten::full"), RandnOperator = new("aten::randn"), RandOperator = new("aten::rand"), RandintOperator = new("aten::randint", "low"),
        ArangeOperator = new("aten::arange", "start"), ZerosLikeOperator = new("aten::zeros_like"), OnesLikeOperator = new("aten::ones_like");

    /// <summary>A tensor with a copy of elements.</summary>
    /// <typeparam name="T">float, double, long, int, short, sbyte, byte, bool or Half.</typeparam>
    /// <param name="elements">The elements in row-major order.</param>
    /// <param name="shape">The shape; left out, one dimension.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    /// <exception cref="Errors.TorchUnavailableException">libtorch is missing.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> elements, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        BridgeLoader.Require();
        long flat = elements.Length;
        var sizes = shape.IsEmpty ? new ReadOnlySpan<long>(in flat) : shape;
        RequireCount(elements.Length, sizes);
        fixed (T* data = elements)
        fixed (long* pinned = sizes)
        {
            Bridge.Check(Bridge.CopyFrom(data, ElementTypes.Of<T>(), pinned, sizes.Length, out var tensor), "from");
            return Own(tensor);
        }
    }

    /// <summary>A tensor with a copy of elements.</summary>
    /// <typeparam name="T">float, double, long, int, short, sbyte, byte, bool or Half.</typeparam>
    /// <param name="elements">The elements in row-major order.</param>
    /// <param name="shape">The shape; left out, one dimension.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public static Tensor From<T>(T[] elements, params ReadOnlySpan<long> shape) where T : unmanaged => From((ReadOnlySpan<T>)elements, shape);

    /// <summary>A tensor with a copy of raw bytes, such as those of a weight file.</summary>
    /// <param name="bytes">The elements, little-endian, row-major.</param>
    /// <param name="type">Their type.</param>
    /// <param name="shape">The shape; none for a single number.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, DType type, params ReadOnlySpan<long> shape)
    {
        BridgeLoader.Require();
        RequireCount(bytes.Length / type.Bytes(), shape);
        fixed (byte* data = bytes)
        fixed (long* sizes = shape)
        {
            Bridge.Check(Bridge.CopyFrom(data, type, sizes, shape.Length, out var tensor), "from");
            return Own(tensor);
        }
    }

    /// <summary>A tensor over an array, without a copy: changes of either are seen by the other. The array stays pinned until the last reference goes.</summary>
    /// <typeparam name="T">float, double, long, int, short, sbyte, byte, bool or Half.</typeparam>
    /// <param name="elements">The elements in row-major order.</param>
    /// <param name="shape">The shape; left out, one dimension.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public static Tensor Over<T>(T[] elements, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        BridgeLoader.Require();
        long flat = elements.Length;
        var sizes = shape.IsEmpty ? new ReadOnlySpan<long>(in flat) : shape;
        RequireCount(elements.Length, sizes);
        var pin = GCHandle.Alloc(elements, GCHandleType.Pinned);
        fixed (long* pinned = sizes)
        {
            var status = Bridge.Borrow((void*)pin.AddrOfPinnedObject(), ElementTypes.Of<T>(), pinned, sizes.Length, &Unpin, GCHandle.ToIntPtr(pin), out var tensor);
            if (status != 0) pin.Free();
            Bridge.Check(status, "over");
            return Own(tensor);
        }
    }

    /// <summary>A tensor that holds one number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="type">Its type.</param>
    public static Tensor Scalar(double value, DType type = DType.Float32) => FullOperator.Call(Array.Empty<long>(), value, type);

    /// <summary>A tensor of undefined content.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Empty(long[] shape, DType type = DType.Float32, Device? device = null) => EmptyOperator.Call(shape, type, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Zeros(long[] shape, DType type = DType.Float32, Device? device = null) => ZerosOperator.Call(shape, type, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor of ones.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Ones(long[] shape, DType type = DType.Float32, Device? device = null) => OnesOperator.Call(shape, type, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor of one value throughout.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Full(long[] shape, double value, DType type = DType.Float32, Device? device = null) =>
        FullOperator.Call(shape, value, type, Argument.None, device ?? Device.Cpu);

    /// <summary>Numbers of the standard normal distribution, from the seed of <see cref="Torch.ManualSeed"/>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Randn(long[] shape, DType type = DType.Float32, Device? device = null) => RandnOperator.Call(shape, type, Argument.None, device ?? Device.Cpu);

    /// <summary>Numbers drawn evenly from [0, 1), from the seed of <see cref="Torch.ManualSeed"/>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Rand(long[] shape, DType type = DType.Float32, Device? device = null) => RandOperator.Call(shape, type, Argument.None, device ?? Device.Cpu);

    /// <summary>Whole numbers drawn evenly from [low, high).</summary>
    /// <param name="low">The smallest.</param>
    /// <param name="high">One more than the largest.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="type">Type of the elements.</param>
    public static Tensor Randint(long low, long high, long[] shape, DType type = DType.Int64) => RandintOperator.Call(low, high, shape, type);

    /// <summary>The numbers start, start + 1, … end - 1, shape [end - start].</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">One more than the last.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="device">Where; the CPU when left out.</param>
    public static Tensor Arange(long start, long end, DType type = DType.Int64, Device? device = null) =>
        ArangeOperator.Call(start, end, type, Argument.None, device ?? Device.Cpu);

    /// <summary>Zeros of this tensor's shape, type and device.</summary>
    public Tensor ZerosLike() => ZerosLikeOperator.Call(this);

    /// <summary>Ones of this tensor's shape, type and device.</summary>
    public Tensor OnesLike() => OnesLikeOperator.Call(this);

    private static void RequireCount(long elements, ReadOnlySpan<long> shape)
    {
        long product = 1;
        foreach (var size in shape)
        {
            if (size < 0) throw new ArgumentException($"Shape [{string.Join(", ", shape.ToArray())}] has a negative length.", nameof(shape));
            product = checked(product * size);
        }
        if (product != elements) throw new ArgumentException($"Shape [{string.Join(", ", shape.ToArray())}] holds {product} elements; {elements} were given.", nameof(shape));
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => GCHandle.FromIntPtr(context).Free();
}
