namespace Dragoman.Tensors;

/// <summary>Which C# type stands for which element type.</summary>
internal static class ElementTypes
{
    /// <summary>The element type of a C# type.</summary>
    /// <exception cref="ArgumentException">No tensor holds such elements.</exception>
    internal static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return DType.Float32;
        if (typeof(T) == typeof(double)) return DType.Float64;
        if (typeof(T) == typeof(long)) return DType.Int64;
        if (typeof(T) == typeof(int)) return DType.Int32;
        if (typeof(T) == typeof(short)) return DType.Int16;
        if (typeof(T) == typeof(sbyte)) return DType.Int8;
        if (typeof(T) == typeof(byte)) return DType.UInt8;
        if (typeof(T) == typeof(bool)) return DType.Bool;
        if (typeof(T) == typeof(Half)) return DType.Float16;
        throw new ArgumentException($"A tensor cannot hold elements of type {typeof(T).Name}.");
    }

    /// <summary>Whether elements of a type can be read as a C# type. bfloat16 has none of its own and is read as its 16 bits.</summary>
    internal static bool Fits<T>(DType type) where T : unmanaged =>
        typeof(T) == typeof(ushort) ? type == DType.BFloat16 : Of<T>() == type;
}
