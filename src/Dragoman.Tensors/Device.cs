using System.Globalization;

namespace Dragoman.Tensors;

/// <summary>The kind of a device. The values are libtorch's own.</summary>
public enum DeviceKind
{
    /// <summary>The processor and its memory.</summary>
    Cpu = 0,

    /// <summary>A CUDA graphics processor.</summary>
    Cuda = 1,
}

/// <summary>Where a tensor lives.</summary>
/// <param name="Kind">The kind of device.</param>
/// <param name="Index">Number of the device from 0; -1 for the current one (and for the CPU).</param>
public readonly record struct Device(DeviceKind Kind, int Index)
{
    /// <summary>The processor.</summary>
    public static Device Cpu { get; } = new(DeviceKind.Cpu, -1);

    /// <summary>A CUDA device.</summary>
    /// <param name="index">Number from 0.</param>
    public static Device Cuda(int index = 0) => new(DeviceKind.Cuda, index);

    /// <summary>PyTorch's spelling: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public override string ToString() =>
        Kind == DeviceKind.Cpu ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Math.Max(Index, 0)}");
}
