using Dragoman.Tensors.Modules;

namespace Dragoman.Tensors.Optimisation;

/// <summary>Bounds the length of a step's gradient.</summary>
public static class GradientClipping
{
    private static readonly Operator ForeachNorm = new("aten::_foreach_norm", "Scalar"), ForeachMul = new("aten::_foreach_mul_", "Scalar");

    /// <summary>Scales all gradients so that together, as one vector, they are at most so long (Pascanu, Mikolov and Bengio, 2013).</summary>
    /// <param name="parameters">The parameters; those without a gradient count as 0.</param>
    /// <param name="maxNorm">Greatest Euclidean length, above 0; infinity only measures.</param>
    /// <returns>The length before. When it is not finite, nothing was scaled, and the step should be left out.</returns>
    public static double ByNorm(IEnumerable<Parameter> parameters, double maxNorm)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNorm);
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var gradients = new List<Tensor>();
        foreach (var parameter in parameters)
        {
            if (parameter.Value.Grad is not { } gradient) continue;
            if (gradient.IsSparse)
            {
                gradient = SparseRows.Coalesce(gradient);
                parameter.Value.Grad = gradient;
                gradient = SparseRows.Values(gradient);
            }
            gradients.Add(gradient);
        }
        if (gradients.Count == 0) return 0;
        var norm = Tensor.Stack(ForeachNorm.CallAll(gradients, 2)!).Norm().Item();
        if (double.IsFinite(norm) && norm > maxNorm) ForeachMul.Do(gradients, maxNorm / (norm + 1e-6));
        return norm;
    }
}
