using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

/// <summary>
/// Runs matrix products of this thread in a shorter type until disposed, on the same thread. On CUDA, softmax, losses and normalisation come back in float32; on the CPU
/// they keep their input's type, so add a residual in float32, and convert scores before a loss.
/// Shortened weights are kept while any such region is open, so leave it before an optimiser step changes them.
/// </summary>
public sealed class Autocast : IDisposable
{
    private readonly DeviceKind _device;
    private readonly int _previousEnabled;
    private readonly DType _previousType;
    private bool _disposed;

    private Autocast(DeviceKind device, int previousEnabled, DType previousType)
    {
        _device = device;
        _previousEnabled = previousEnabled;
        _previousType = previousType;
    }

    /// <summary>Enters autocast.</summary>
    /// <param name="type">The shorter type: bfloat16, or on CUDA also float16.</param>
    /// <param name="device">Where the products run.</param>
    /// <param name="enabled">False switches autocast off inside, for a part that must stay exact.</param>
    /// <exception cref="Errors.TorchUnavailableException">libtorch is missing.</exception>
    public static Autocast Begin(DType type = DType.BFloat16, DeviceKind device = DeviceKind.Cpu, bool enabled = true)
    {
        BridgeLoader.Require();
        Bridge.Check(Bridge.EnterAutocast(device, enabled ? 1 : 0, type, out var previousEnabled, out var previousType), "autocast");
        return new Autocast(device, previousEnabled, previousType);
    }

    /// <summary>Puts autocast back to what it was.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Bridge.Check(Bridge.ExitAutocast(_device, _previousEnabled, _previousType), "autocast");
    }
}
