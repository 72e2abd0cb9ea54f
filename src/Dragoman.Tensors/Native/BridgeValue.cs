using System.Runtime.InteropServices;

namespace Dragoman.Tensors.Native;

/// <summary>What a value holds; the same numbers as <c>drg_tag</c>.</summary>
internal enum BridgeTag
{
    None = 0,
    Tensor = 1,
    Integer = 2,
    Real = 3,
    Truth = 4,
    Text = 5,
    Device = 6,
    IntegerList = 7,
    RealList = 8,
    TruthList = 9,
    TensorList = 10,
}

/// <summary>One argument or result; the layout of <c>drg_value</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct BridgeValue
{
    [FieldOffset(0)] internal BridgeTag Tag;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;
}

/// <summary>What a tensor is; the layout of <c>drg_tensor_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TensorInfo
{
    internal long Elements;
    internal long ElementBytes;
    internal DType Type;
    internal int DeviceType;
    internal int DeviceIndex;
    internal int Dimensions;
    internal int RequiresGrad;
    internal int IsLeaf;
    internal int IsContiguous;
    internal int IsSparse;
}
