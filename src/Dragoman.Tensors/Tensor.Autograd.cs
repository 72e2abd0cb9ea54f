using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

public sealed partial class Tensor
{
    private static readonly Operator DetachOperator = new("aten::detach"), CloneOperator = new("aten::clone");

    /// <summary>Whether gradients are recorded for this tensor.</summary>
    /// <exception cref="Errors.TensorOperatorException">On setting: the type holds no real numbers, or the tensor is a result.</exception>
    public bool RequiresGrad
    {
        get => Info().RequiresGrad != 0;
        set => Bridge.Check(Bridge.SetRequiresGrad(Handle, value ? 1 : 0), tensors: this);
    }

    /// <summary>Whether the tensor was made by the user and not by a recorded operation; only leaves collect gradients.</summary>
    public bool IsLeaf => Info().IsLeaf != 0;

    /// <summary>
    /// The gradient collected so far, or null. Reading makes a new reference to it, which belongs to the open scope or to the caller.
    /// Setting null drops it, which is how gradients are zeroed.
    /// </summary>
    public Tensor? Grad
    {
        get
        {
            Bridge.Check(Bridge.Gradient(Handle, out var gradient), tensors: this);
            return gradient == 0 ? null : Own(gradient);
        }
        set
        {
            Bridge.Check(Bridge.SetGradient(Handle, value?.Handle.DangerousGetHandle() ?? 0), tensors: [this, value]);
            GC.KeepAlive(value);
        }
    }

    /// <summary>Adds the gradient of this tensor to every leaf it was computed from.</summary>
    /// <param name="gradient">Gradient of this tensor itself; may be left out when it holds one number.</param>
    /// <param name="retainGraph">Keep what was recorded, to go through it again.</param>
    /// <param name="createGraph">Record the gradient's own computation.</param>
    /// <exception cref="Errors.TensorOperatorException">Nothing was recorded, or the tensor is not one number and no gradient was given.</exception>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        Bridge.Check(Bridge.Backward(Handle, gradient?.Handle.DangerousGetHandle() ?? 0, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0), tensors: [this, gradient]);
        GC.KeepAlive(gradient);
    }

    /// <summary>The same values without their history; shares memory.</summary>
    public Tensor Detach() => DetachOperator.Call(this);

    /// <summary>A copy with memory of its own; gradients flow through it.</summary>
    public Tensor Clone() => CloneOperator.Call(this);

    /// <summary>Records gradients for this tensor from now on.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor WithGrad()
    {
        RequiresGrad = true;
        return this;
    }
}
