using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Dragoman.Tensors.Native;

/// <summary>
/// Tells OpenBLAS, before libtorch loads it, to use its AVX-512 kernels on AMD's processors that have AVX-512. Version 0.3.21 (Debian 12) knows none of them and falls back to AVX2, at little more
/// than half the rate of float32 products. <c>OPENBLAS_CORETYPE</c>, when set, is left as it is.
/// </summary>
internal static partial class BlasKernels
{
    private const string Variable = "OPENBLAS_CORETYPE";

    internal static void Choose()
    {
        if (!OperatingSystem.IsLinux() || !X86Base.IsSupported || Environment.GetEnvironmentVariable(Variable) is not null) return;
        var (_, b, c, d) = X86Base.CpuId(0, 0);
        var isAmd = (b, d, c) == (0x68747541, 0x69746e65, 0x444d4163);                    // "AuthenticAMD", four letters each
        if (isAmd && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512BW.VL.IsSupported) _ = SetVariable(Variable, "SKYLAKEX", 0);
    }

    /// <summary>The C library's own environment, which .NET's <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not change and native libraries read.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
