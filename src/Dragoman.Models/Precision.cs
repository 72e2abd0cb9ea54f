using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics.X86;
using Dragoman.Collections.Errors;
using Dragoman.Tensors;

namespace Dragoman.Models;

/// <summary>The type large matrix products run in. Weights, normalisation and scores stay float32.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the command line's own words.")]
public enum Precision
{
    /// <summary>bfloat16 where the processor multiplies it in hardware, else float32.</summary>
    Auto,

    /// <summary>Single precision throughout.</summary>
    Float32,

    /// <summary>bfloat16 products: about three times as fast where the hardware has them; scores move in the third digit.</summary>
    BFloat16,
}

/// <summary>Reads precisions and puts them into effect.</summary>
public static class PrecisionChoice
{
    /// <summary>Reads the command line's spelling: <c>auto</c>, <c>float32</c>, <c>bfloat16</c>.</summary>
    /// <param name="text">The spelling.</param>
    /// <exception cref="ConfigurationException">It is none of these.</exception>
    public static Precision Parse(string text) => text switch
    {
        "auto" => Precision.Auto,
        "float32" => Precision.Float32,
        "bfloat16" => Precision.BFloat16,
        _ => throw new ConfigurationException("precision", [$"'{text}' is unknown; use float32, bfloat16 or auto."]),
    };

    /// <summary>Decides <see cref="Precision.Auto"/> for a device.</summary>
    /// <param name="precision">What was asked for.</param>
    /// <param name="device">Where the products run.</param>
    public static Precision Resolve(Precision precision, DeviceKind device)
    {
        if (precision != Precision.Auto) return precision;
        return device == DeviceKind.Cuda || ProcessorHasBFloat16 ? Precision.BFloat16 : Precision.Float32;
    }

    /// <summary>Puts a precision into effect on this thread until disposed.</summary>
    /// <param name="precision">What was asked for.</param>
    /// <param name="device">Where the products run.</param>
    /// <returns>The autocast region; it is switched off for float32.</returns>
    public static Autocast Begin(Precision precision, DeviceKind device) =>
        Autocast.Begin(DType.BFloat16, device, Resolve(precision, device) == Precision.BFloat16);

    /// <summary>AVX512_BF16 (leaf 7.1, EAX bit 5) or AMX-BF16 (leaf 7.0, EDX bit 22), by Intel's instruction-set reference.</summary>
    private static bool ProcessorHasBFloat16 =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && ((X86Base.CpuId(7, 1).Eax >> 5 & 1) == 1 || (X86Base.CpuId(7, 0).Edx >> 22 & 1) == 1);
}
