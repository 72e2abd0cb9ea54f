using Microsoft.Win32.SafeHandles;

namespace Dragoman.Tensors.Native;

/// <summary>Owns a process group and leaves it exactly once.</summary>
internal sealed class GroupHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal GroupHandle(nint native) : base(ownsHandle: true) => SetHandle(native);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Bridge.FreeGroup(handle) == 0;
}
