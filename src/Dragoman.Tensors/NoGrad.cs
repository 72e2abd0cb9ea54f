using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

/// <summary>Switches gradient recording off (or on) for this thread until disposed, on the same thread.</summary>
public sealed class NoGrad : IDisposable
{
    private readonly int _previous;
    private bool _disposed;

    private NoGrad(int previous) => _previous = previous;

    /// <summary>Stops recording: what is computed inside has no gradient.</summary>
    public static NoGrad Begin() => Enter(0);

    /// <summary>Records again inside a region that does not.</summary>
    public static NoGrad EnableGrad() => Enter(1);

    /// <summary>Puts recording back to what it was.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Bridge.Check(Bridge.GradMode(_previous, out _), "grad_mode");
    }

    private static NoGrad Enter(int enabled)
    {
        BridgeLoader.Require();
        Bridge.Check(Bridge.GradMode(enabled, out var previous), "grad_mode");
        return new NoGrad(previous);
    }
}
