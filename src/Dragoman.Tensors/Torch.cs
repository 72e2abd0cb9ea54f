using System.Runtime.InteropServices;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

/// <summary>libtorch as a whole: whether it is there, seeds, threads, devices.</summary>
public static class Torch
{
    /// <summary>Whether libtorch and the bridge to it can be used. Never throws.</summary>
    public static bool IsAvailable => BridgeLoader.Problem is null;

    /// <summary>Why libtorch cannot be used, for a person; null when it can.</summary>
    public static string? MissingReason => BridgeLoader.Problem;

    /// <summary>The version the bridge was built against, such as <c>1.13.1</c>.</summary>
    /// <exception cref="Errors.TorchUnavailableException">libtorch is missing.</exception>
    public static string Version
    {
        get
        {
            BridgeLoader.Require();
            return Marshal.PtrToStringUTF8(Bridge.TorchVersion())!;
        }
    }

    /// <summary>Threads that one operator may use, 1 or more.</summary>
    /// <exception cref="Errors.TorchUnavailableException">libtorch is missing.</exception>
    public static int Threads
    {
        get
        {
            BridgeLoader.Require();
            Bridge.Check(Bridge.Threads(out var intraOp, out _));
            return intraOp;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            BridgeLoader.Require();
            Bridge.Check(Bridge.SetThreads(value));
        }
    }

    /// <summary>Threads that may run operators side by side, 1 or more; can be set once, before any parallel work.</summary>
    /// <exception cref="Errors.TensorOperatorException">Parallel work has begun.</exception>
    public static int InterOpThreads
    {
        get
        {
            BridgeLoader.Require();
            Bridge.Check(Bridge.Threads(out _, out var interOp));
            return interOp;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            BridgeLoader.Require();
            Bridge.Check(Bridge.SetInterOpThreads(value));
        }
    }

    /// <summary>Whether a CUDA device can be used. False when libtorch is missing.</summary>
    public static bool CudaAvailable => CudaDeviceCount > 0;

    /// <summary>Number of CUDA devices; 0 when libtorch is missing.</summary>
    public static int CudaDeviceCount
    {
        get
        {
            if (!IsAvailable) return 0;
            Bridge.Check(Bridge.Cuda(out var available, out var count));
            return available != 0 ? count : 0;
        }
    }

    /// <summary>Seeds the random numbers of every device: dropout, initialisation, sampling.</summary>
    /// <param name="seed">Any value; the same seed gives the same numbers.</param>
    /// <exception cref="Errors.TorchUnavailableException">libtorch is missing.</exception>
    public static void ManualSeed(long seed)
    {
        BridgeLoader.Require();
        Bridge.Check(Bridge.ManualSeed(seed));
    }

    /// <summary>The state of a device's random numbers, for a checkpoint.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Bytes, shape [n]; the caller owns the tensor.</returns>
    public static Tensor GeneratorState(Device device)
    {
        BridgeLoader.Require();
        Bridge.Check(Bridge.GeneratorState(device.Kind, device.Index, out var state));
        return Tensor.Own(state);
    }

    /// <summary>Puts a device's random numbers back to a state that <see cref="GeneratorState"/> gave.</summary>
    /// <param name="device">The device.</param>
    /// <param name="state">Bytes, shape [n].</param>
    public static void SetGeneratorState(Device device, Tensor state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Bridge.Check(Bridge.SetGeneratorState(device.Kind, device.Index, state.Handle), tensors: state);
    }
}
