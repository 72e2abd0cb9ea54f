namespace Dragoman.Tensors.Modules;

/// <summary>A trained tensor with its checkpoint key. Its value is changed in place, so references to it stay good.</summary>
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
    public Tensor Value { get; }

    /// <summary>The value, so that a parameter can stand in a formula.</summary>
    /// <param name="parameter">The parameter.</param>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>The value, for languages without conversions.</summary>
    public Tensor ToTensor() => Value;

    /// <summary>Frees the value.</summary>
    public void Dispose() => Value.Dispose();
}
