using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.Losses;

/// <summary>A temperature that is trained with the model, as the logarithm of its inverse.</summary>
/// <remarks>
/// Source: CLIP (Radford et al., ICML 2021, section 2.5), which also limits the inverse to 100. Call <see cref="Limit"/> after each optimiser step; without a limit an
/// easy batch drives the temperature to 0. Give it to the optimiser without weight decay.
/// </remarks>
public sealed class LearnableTemperature : Module
{
    private readonly double _highest;

    /// <summary>Creates the parameter.</summary>
    /// <param name="initial">The first temperature, within [<paramref name="least"/>, 1].</param>
    /// <param name="least">The least temperature, above 0.</param>
    public LearnableTemperature(double initial = 0.05, double least = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(least);
        ArgumentOutOfRangeException.ThrowIfLessThan(initial, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, 1);
        _highest = -Math.Log(least);
        LogScale = Register("logit_scale", Tensor.Scalar(-Math.Log(initial)));
    }

    /// <summary>log(1 / temperature), shape [].</summary>
    public Parameter LogScale { get; }

    /// <summary>The temperature now. Waits for the device.</summary>
    public double Value => Math.Exp(-LogScale.Value.Item());

    /// <summary>1 / temperature, with gradient, shape [].</summary>
    public Tensor Scale() => LogScale.Value.Exp();

    /// <summary>Brings the temperature back within [least, 1].</summary>
    public void Limit()
    {
        using var noGrad = NoGrad.Begin();
        LogScale.Value.ClampInPlace(0, _highest);
    }
}
