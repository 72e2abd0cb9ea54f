using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.Adversarial;

/// <summary>Keeps a model's parameters from recording gradients until disposed: a backward pass then reaches inputs alone. Gradients that were collected stay.</summary>
internal sealed class FrozenParameters : IDisposable
{
    private readonly List<Tensor> _frozen;

    /// <summary>Freezes the parameters that record now.</summary>
    /// <param name="model">The model.</param>
    internal FrozenParameters(Module model)
    {
        _frozen = [.. model.Parameters.Select(parameter => parameter.Value).Where(value => value.RequiresGrad)];
        foreach (var value in _frozen) value.RequiresGrad = false;
    }

    public void Dispose()
    {
        foreach (var value in _frozen) value.RequiresGrad = true;
    }
}
