using Dragoman.Tensors;

namespace Dragoman.Models;

/// <summary>Type of a model's large matrix products. Weights, normalisation statistics, softmax and losses stay float32.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor multiplies it natively, else float32.</summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 products under autocast.</summary>
    BFloat16,
}

/// <summary>Enters the precision that was asked for.</summary>
public static class PrecisionScope
{
    private static readonly Lazy<bool> NativeBFloat16 = new(ProcessorHasBFloat16);

    /// <summary>What <see cref="Precision.Auto"/> means on this machine.</summary>
    /// <param name="precision">As asked for.</param>
    /// <returns><see cref="Precision.Float32"/> or <see cref="Precision.BFloat16"/>.</returns>
    public static Precision Resolve(Precision precision) => precision switch
    {
        Precision.Auto => NativeBFloat16.Value ? Precision.BFloat16 : Precision.Float32,
        _ => precision,
    };

    /// <summary>Computes in a precision until disposed, on the same thread.</summary>
    /// <param name="precision">As asked for.</param>
    /// <returns>To be disposed; null, which <c>using</c> accepts, for float32.</returns>
    public static IDisposable? Begin(Precision precision) => Resolve(precision) == Precision.BFloat16 ? Autocast.Begin(DType.BFloat16) : null;

    private static bool ProcessorHasBFloat16()
    {
        const string description = "/proc/cpuinfo";
        if (!File.Exists(description)) return false;
        var flags = File.ReadLines(description).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        return flags.Contains("avx512_bf16") || flags.Contains("amx_bf16");
    }
}
