using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>Name, type and shape of a tensor in a weight file.</summary>
/// <param name="Name">The checkpoint key.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Lengths of the dimensions; empty for a single number.</param>
public sealed record WeightInfo(string Name, DType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Length of the elements in bytes.</summary>
    public long Bytes => checked(Count * Type.Bytes());
}

/// <summary>Tensors by name in a file. Needs no libtorch. Reading is thread-safe; disposing while another thread reads is not.</summary>
public interface IWeightSource : IDisposable
{
    /// <summary>The file as the user named it.</summary>
    string Path { get; }

    /// <summary>Every tensor's name, in the file's order.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Whether there is such a tensor.</summary>
    /// <param name="name">The checkpoint key.</param>
    bool Contains(string name);

    /// <summary>Type and shape of a tensor.</summary>
    /// <param name="name">The checkpoint key.</param>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    WeightInfo Info(string name);

    /// <summary>A tensor's elements, little-endian, row-major.</summary>
    /// <param name="name">The checkpoint key.</param>
    /// <returns>Memory that is valid until this source is disposed; not necessarily aligned.</returns>
    /// <exception cref="CheckpointException">There is no such tensor, or its data cannot be read.</exception>
    ReadOnlySpan<byte> Bytes(string name);
}
