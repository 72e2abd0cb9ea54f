using System.Buffers.Binary;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>Opens weight files of either format, told apart by their first bytes.</summary>
public static class WeightFile
{
    private static readonly string[] FileNames = ["model.safetensors", "pytorch_model.bin"];

    /// <summary>Opens a weight file: safetensors, or a PyTorch checkpoint (zip, or the format before PyTorch 1.6).</summary>
    /// <param name="path">The file.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="CheckpointException">The file is missing, truncated or in no known format.</exception>
    public static IWeightSource Open(string path)
    {
        if (!File.Exists(path)) throw new CheckpointException(path, "", "the weight file does not exist.");
        Span<byte> start = stackalloc byte[8];
        using (var stream = File.OpenRead(path)) start = start[..stream.ReadAtLeast(start, 8, throwOnEndOfStream: false)];
        if (start.Length == 8 && BinaryPrimitives.ReadUInt32LittleEndian(start) == 0x04034b50) return new TorchZipFile(path);
        return start.Length == 8 && start[0] == 0x80 && start[1] == 0x02 && start[2] == 0x8a ? new TorchLegacyFile(path) : new SafetensorsFile(path);
    }

    /// <summary>Opens the weights of a model folder: <c>model.safetensors</c>, else <c>pytorch_model.bin</c>.</summary>
    /// <param name="folder">A folder in Hugging Face's layout.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="CheckpointException">There is no weight file, or it cannot be used.</exception>
    public static IWeightSource OpenFolder(string folder)
    {
        foreach (var name in FileNames)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path)) return Open(path);
        }
        throw new CheckpointException(folder, "", Directory.Exists(folder)
            ? $"the model folder holds no weights; expected {string.Join(" or ", FileNames)}."
            : "the model folder does not exist.");
    }
}
