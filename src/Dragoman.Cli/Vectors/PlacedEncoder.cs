using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Static;
using Dragoman.Tensors;

namespace Dragoman.Cli.Vectors;

/// <summary>Loads bi-encoders onto the device that a person asks for.</summary>
internal static class PlacedEncoder
{
    /// <summary>Loads a folder's encoder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="precision">The type of a transformer's large products.</param>
    /// <param name="device">Where to compute; null for a CUDA device where there is one.</param>
    /// <exception cref="DragomanException">The device cannot be had, or the folder holds no encoder.</exception>
    internal static ITextEncoder Load(string folder, Precision precision, DeviceChoice? device)
    {
        if (!Directory.Exists(folder) || IsStatic(folder, device)) return EncoderLoader.FromFolder(folder);
        return EncoderLoader.FromFolder(folder, precision, (device ?? DeviceChoice.Auto).Resolve());
    }

    /// <summary>Whether a folder holds a static encoder, which is for the CPU alone.</summary>
    /// <param name="folder">The model folder, which exists.</param>
    /// <param name="device">The device asked for.</param>
    /// <exception cref="ConfigurationException">It does, and a CUDA device was asked for.</exception>
    internal static bool IsStatic(string folder, DeviceChoice? device)
    {
        if (EncoderLoader.ModelType(folder) != StaticEncoderFolder.ModelType) return false;
        if (device?.Kind == DeviceKind.Cuda) throw new ConfigurationException("--device", [$"{device} does not apply to {folder}, a static encoder, which needs no libtorch and runs on the CPU; leave it out."]);
        return true;
    }
}
