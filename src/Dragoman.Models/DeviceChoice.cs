using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Tensors;

namespace Dragoman.Models;

/// <summary>Which device a model runs on, as a person asks for it: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
public sealed record DeviceChoice
{
    private const string CudaWord = "cuda";

    /// <summary>What can be written, for messages.</summary>
    public const string Spellings = "auto, cpu, cuda, or cuda:0, cuda:1 and so on";

    private DeviceChoice(DeviceKind? kind, int? index) => (Kind, Index) = (kind, index);

    /// <summary>A CUDA device where there is one, else the CPU.</summary>
    public static DeviceChoice Auto { get; } = new(null, null);

    /// <summary>The CPU.</summary>
    public static DeviceChoice Cpu { get; } = new(DeviceKind.Cpu, null);

    /// <summary>The kind that was asked for; null for whatever there is.</summary>
    public DeviceKind? Kind { get; }

    /// <summary>The CUDA device that was asked for, from 0; null for the worker's own.</summary>
    public int? Index { get; }

    /// <summary>Reads a spelling.</summary>
    /// <param name="text">The spelling.</param>
    /// <returns>The choice; null when it is none of the spellings.</returns>
    public static DeviceChoice? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "auto" => Auto,
            "cpu" => Cpu,
            CudaWord => new(DeviceKind.Cuda, null),
            _ when text.StartsWith(CudaWord + ":", StringComparison.Ordinal) && int.TryParse(text.AsSpan(CudaWord.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => new(DeviceKind.Cuda, index),
            _ => null,
        };
    }

    /// <summary>Decides for this machine.</summary>
    /// <param name="localRank">The CUDA device of a choice that names none, from 0: a worker's number on its machine.</param>
    /// <exception cref="DragomanException">CUDA was asked for and cannot be had here.</exception>
    public Device Resolve(int localRank = 0) => Resolve(localRank, Torch.CudaDeviceCount);

    internal Device Resolve(int localRank, int devices)
    {
        if (Kind == DeviceKind.Cpu || (Kind is null && devices == 0)) return Device.Cpu;
        var wanted = Index ?? localRank;
        if (devices == 0)
            throw new DragomanException($"Device {this} was asked for, but libtorch {Torch.Version} finds no CUDA device here; use cpu or auto, or name a libtorch with CUDA in DRAGOMAN_LIBTORCH and run './dragoman setup' (and see that the driver is there: nvidia-smi).");
        if (wanted >= devices)
            throw new DragomanException(Index is null
                ? $"Worker {localRank} of this machine wants CUDA device {localRank}, but there are only {devices}; start as many workers as there are devices."
                : $"Device {this} was asked for, but there are only {devices} CUDA devices here, counted from 0.");
        return Device.Cuda(wanted);
    }

    /// <summary>The spelling.</summary>
    public override string ToString() => Kind switch
    {
        null => "auto",
        DeviceKind.Cpu => "cpu",
        _ => Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{CudaWord}:{index}") : CudaWord,
    };
}
