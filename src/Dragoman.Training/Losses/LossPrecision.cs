using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Losses are computed in float32 at least, whatever the model's products were.</summary>
internal static class LossPrecision
{
    /// <summary>The scores in float32, or as they are when they are float64.</summary>
    internal static Tensor Wide(Tensor scores) => scores.Type is DType.Float32 or DType.Float64 ? scores : scores.To(DType.Float32);
}
