using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Tensors;

/// <summary>The type of a tensor's elements. The values are libtorch's own.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the types' names in PyTorch and in weight files.")]
[SuppressMessage("Design", "CA1027:Mark enums with FlagsAttribute", Justification = "The values are libtorch's codes, not flags.")]
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,

    /// <summary>Signed 64-bit integer: ids and indices.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision, 2 bytes.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision, 4 bytes: the default.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision, 8 bytes.</summary>
    Float64 = 7,

    /// <summary>Truth value, 1 byte.</summary>
    Bool = 11,

    /// <summary>Brain float: the upper half of a single, 2 bytes.</summary>
    BFloat16 = 15,
}

/// <summary>What an element type is called and how long it is.</summary>
public static class DTypes
{
    /// <summary>Length of one element in bytes.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is no known type.</exception>
    public static int Bytes(this DType type) => type switch
    {
        DType.UInt8 or DType.Int8 or DType.Bool => 1,
        DType.Int16 or DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        DType.Int64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a known element type"),
    };

    /// <summary>PyTorch's name of the type: <c>float32</c>.</summary>
    /// <param name="type">The type.</param>
    public static string TorchName(this DType type) => type.ToString().ToLowerInvariant();

    /// <summary>Whether the type holds real numbers, so that gradients can flow through it.</summary>
    /// <param name="type">The type.</param>
    public static bool IsFloatingPoint(this DType type) => type is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64;
}
