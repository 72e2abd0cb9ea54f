using Microsoft.Win32.SafeHandles;

namespace Dragoman.Tensors.Native;

/// <summary>Owns one reference to a libtorch tensor and drops it exactly once.</summary>
internal sealed class TensorHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal TensorHandle(nint native) : base(ownsHandle: true) => SetHandle(native);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Bridge.Free(handle) == 0;
}
