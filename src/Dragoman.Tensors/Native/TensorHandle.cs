using Microsoft.Win32.SafeHandles;

namespace Dragoman.Tensors.Native;

/// <summary>Owns one reference to a libtorch tensor and drops it exactly once.</summary>
internal sealed class TensorHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal TensorHandle(nint native) : base(ownsHandle: true) => SetHandle(native);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Bridge.Free(handle) == 0;
}

/// <summary>Owns a fused transformer layer and frees it exactly once.</summary>
internal sealed class LayerHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal LayerHandle(nint native) : base(ownsHandle: true) => SetHandle(native);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Bridge.FreeLayer(handle) == 0;
}
