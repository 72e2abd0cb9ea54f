namespace Dragoman.Tensors.Modules;

/// <summary>A trained tensor with its checkpoint key. Training changes its value in place; only <see cref="Module.To"/> replaces it.</summary>
public sealed class Parameter : IDisposable
{
    /// <summary>Makes a parameter, which takes the tensor over and records gradients for it.</summary>
    /// <param name="name">The checkpoint key: <c>encoder.layer.0.attention.self.query.weight</c>.</param>
    /// <param name="value">The first value; a leaf of a floating-point type.</param>
    public Parameter(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        Value = value.Unscoped().WithGrad();
    }

    /// <summary>The checkpoint key.</summary>
    public string Name { get; }

    /// <summary>The current value.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The value, so that a parameter can stand in a formula.</summary>
    /// <param name="parameter">The parameter.</param>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>The value, for languages without conversions.</summary>
    public Tensor ToTensor() => Value;

    /// <summary>Replaces the value by a copy on another device, without its gradient.</summary>
    internal void MoveTo(Device device)
    {
        using var scope = TensorScope.Begin();
        var old = Value;
        if (old.Device.Kind == device.Kind && (device.Index < 0 || old.Device.Index == device.Index)) return;
        Value = old.Detach().To(device).Detach().Unscoped().WithGrad();
        old.Dispose();
    }

    /// <summary>Frees the value.</summary>
    public void Dispose() => Value.Dispose();
}
