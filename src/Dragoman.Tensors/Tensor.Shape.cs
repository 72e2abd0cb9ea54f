using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors;

public sealed partial class Tensor
{
    private static readonly Operator ViewOperator = new("aten::view"), ReshapeOperator = new("aten::reshape"), TransposeOperator = new("aten::transpose", "int"),
        PermuteOperator = new("aten::permute"), UnsqueezeOperator = new("aten::unsqueeze"), SqueezeOperator = new("aten::squeeze", "dim"),
        FlattenOperator = new("aten::flatten", "using_ints"), ExpandOperator = new("aten::expand"), ContiguousOperator = new("aten::contiguous"),
        NarrowOperator = new("aten::narrow"), SelectOperator = new("aten::select", "int"), IndexSelectOperator = new("aten::index_select"),
        GatherOperator = new("aten::gather"), CatOperator = new("aten::cat"), StackOperator = new("aten::stack"), SplitOperator = new("aten::split", "Tensor"),
        UnbindOperator = new("aten::unbind", "int"), ToTypeOperator = new("aten::to", "dtype"), ToDeviceOperator = new("aten::to", "device"),
        WhereOperator = new("aten::where", "self"), MaskedFillOperator = new("aten::masked_fill", "Scalar"), DiagonalOperator = new("aten::diagonal"),
        FlipOperator = new("aten::flip"), PinOperator = new("aten::pin_memory");

    /// <summary>Deconstructs the shape of a tensor that must have two dimensions.</summary>
    /// <param name="letters">What they are, for the message: <c>B T</c>.</param>
    /// <exception cref="ShapeException">There are not two dimensions.</exception>
    public (long, long) Shape2(string letters)
    {
        var sizes = RequireDimensions(2, letters);
        return (sizes[0], sizes[1]);
    }

    /// <summary>Deconstructs the shape of a tensor that must have three dimensions.</summary>
    /// <param name="letters">What they are, for the message: <c>B T H</c>.</param>
    /// <exception cref="ShapeException">There are not three dimensions.</exception>
    public (long, long, long) Shape3(string letters)
    {
        var sizes = RequireDimensions(3, letters);
        return (sizes[0], sizes[1], sizes[2]);
    }

    /// <summary>Deconstructs the shape of a tensor that must have four dimensions.</summary>
    /// <param name="letters">What they are, for the message: <c>B C Q D</c>.</param>
    /// <exception cref="ShapeException">There are not four dimensions.</exception>
    public (long, long, long, long) Shape4(string letters)
    {
        var sizes = RequireDimensions(4, letters);
        return (sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    /// <summary>Checks the shape.</summary>
    /// <param name="subject">What the tensor is, for the message.</param>
    /// <param name="expected">The lengths needed; -1 accepts any.</param>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ShapeException">The shape is another.</exception>
    public Tensor RequireShape(string subject, params ReadOnlySpan<long> expected)
    {
        var sizes = Sizes();
        var fits = sizes.Length == expected.Length;
        for (var i = 0; fits && i < sizes.Length; i++) fits = expected[i] == -1 || expected[i] == sizes[i];
        return fits ? this : throw new ShapeException(subject, string.Join(", ", expected.ToArray()), sizes);
    }

    /// <summary>The same elements under another shape, without a copy; one length may be -1.</summary>
    /// <param name="shape">The shape.</param>
    public Tensor View(params long[] shape) => ViewOperator.Call(this, shape);

    /// <summary>The same elements under another shape, copied if need be; one length may be -1.</summary>
    /// <param name="shape">The shape.</param>
    public Tensor Reshape(params long[] shape) => ReshapeOperator.Call(this, shape);

    /// <summary>Two dimensions exchanged; a view.</summary>
    /// <param name="first">One dimension.</param>
    /// <param name="second">The other.</param>
    public Tensor Transpose(int first, int second) => TransposeOperator.Call(this, first, second);

    /// <summary>Dimensions in another order; a view.</summary>
    /// <param name="order">Where each new dimension comes from.</param>
    public Tensor Permute(params long[] order) => PermuteOperator.Call(this, order);

    /// <summary>A new dimension of length 1.</summary>
    /// <param name="dimension">Where; -1 for the end.</param>
    public Tensor Unsqueeze(int dimension) => UnsqueezeOperator.Call(this, dimension);

    /// <summary>A dimension of length 1 removed.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor Squeeze(int dimension) => SqueezeOperator.Call(this, dimension);

    /// <summary>Dimensions from one to another made into one.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="end">The last of them; -1 for the last of all.</param>
    public Tensor Flatten(int start = 0, int end = -1) => FlattenOperator.Call(this, start, end);

    /// <summary>Dimensions of length 1 repeated without a copy; -1 leaves a length.</summary>
    /// <param name="shape">The shape.</param>
    public Tensor Expand(params long[] shape) => ExpandOperator.Call(this, shape);

    /// <summary>The tensor itself if it lies in order in memory, else a copy that does.</summary>
    public Tensor Contiguous() => ContiguousOperator.Call(this);

    /// <summary>A slice along a dimension; a view.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="start">The first index.</param>
    /// <param name="length">How many.</param>
    public Tensor Narrow(int dimension, long start, long length) => NarrowOperator.Call(this, dimension, start, length);

    /// <summary>One index of a dimension, which goes away; a view.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="index">The index; -1 for the last.</param>
    public Tensor Select(int dimension, long index) => SelectOperator.Call(this, dimension, index);

    /// <summary>Several indices of a dimension.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="indices">Indices, int64, shape [n].</param>
    public Tensor IndexSelect(int dimension, Tensor indices) => IndexSelectOperator.Call(this, dimension, indices);

    /// <summary>Along a dimension, the element each index names.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="indices">Indices, int64, as many dimensions as this tensor.</param>
    public Tensor Gather(int dimension, Tensor indices) => GatherOperator.Call(this, dimension, indices);

    /// <summary>Along a dimension, in the opposite order.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor Flip(int dimension) => FlipOperator.Call(this, dimension);

    /// <summary>The diagonal of a matrix; a view.</summary>
    public Tensor Diagonal() => DiagonalOperator.Call(this);

    /// <summary>Tensors one after another along a dimension.</summary>
    /// <param name="tensors">At least one.</param>
    /// <param name="dimension">Which.</param>
    public static Tensor Cat(Tensor[] tensors, int dimension = 0) => CatOperator.Call(tensors, dimension);

    /// <summary>Tensors of one shape along a new dimension.</summary>
    /// <param name="tensors">At least one.</param>
    /// <param name="dimension">Where the new dimension goes.</param>
    public static Tensor Stack(Tensor[] tensors, int dimension = 0) => StackOperator.Call(tensors, dimension);

    /// <summary>Consecutive slices of equal length along a dimension, the last perhaps shorter; views.</summary>
    /// <param name="length">Length of a slice.</param>
    /// <param name="dimension">Which.</param>
    public Tensor[] Split(long length, int dimension = 0) => SplitOperator.CallAll(this, length, dimension)!;

    /// <summary>Every index of a dimension as a tensor of its own; views.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor[] Unbind(int dimension = 0) => UnbindOperator.CallAll(this, dimension)!;

    /// <summary>The elements in another type; the tensor itself when it has it already.</summary>
    /// <param name="type">The type.</param>
    public Tensor To(DType type) => ToTypeOperator.Call(this, type);

    /// <summary>The elements on another device; the tensor itself when it is there already.</summary>
    /// <param name="device">The device.</param>
    public Tensor To(Device device) => ToDeviceOperator.Call(this, device, Type);

    /// <summary>The elements of a tensor in main memory on another device. To a CUDA device they go through pinned memory and without waiting, so that the copy runs beside what the device computes.</summary>
    /// <param name="device">The device.</param>
    public Tensor Send(Device device)
    {
        if (device.Kind == DeviceKind.Cpu) return To(device);
        using var pinned = PinOperator.Call(this);                                         // libtorch keeps the memory until the copy is done
        return ToDeviceOperator.Call(pinned, device, Type, true);
    }

    /// <summary>Elements of one tensor where a condition holds, of another elsewhere.</summary>
    /// <param name="condition">Truth values, broadcast.</param>
    /// <param name="whenTrue">Elements where it holds.</param>
    /// <param name="whenFalse">Elements elsewhere.</param>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Tensor whenFalse) => WhereOperator.Call(condition, whenTrue, whenFalse);

    /// <summary>The elements, and a value where a mask is true.</summary>
    /// <param name="mask">Truth values, broadcast.</param>
    /// <param name="value">The value.</param>
    public Tensor MaskedFill(Tensor mask, double value) => MaskedFillOperator.Call(this, mask, value);

    private long[] RequireDimensions(int count, string letters)
    {
        var sizes = Sizes();
        return sizes.Length == count ? sizes : throw new ShapeException("The tensor", letters, sizes);
    }
}
