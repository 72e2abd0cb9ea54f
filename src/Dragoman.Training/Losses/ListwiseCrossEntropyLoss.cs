using Dragoman.Tensors;
using Dragoman.Tensors.Errors;

namespace Dragoman.Training.Losses;

/// <summary>Cross-entropy of the positive among a query's passages: rewards scoring the positive above all of its negatives together.</summary>
/// <remarks>
/// L = −log softmax(s)₊, the localized contrastive estimation of Gao, Dai and Callan (ECIR 2021) when the negatives come from the first stage. Unbounded: a
/// wrong group weighs more the more wrong it is, so mislabelled positives hurt more than with <see cref="SoftmaxHingeLoss"/>. No parameters.
/// </remarks>
public sealed class ListwiseCrossEntropyLoss : IRankingLoss
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (_, passages) = scores.Shape2("B P");
        if (passages < 2) throw new ShapeException("scores", "B, P of 2 or more", scores.Shape);
        using var scope = TensorScope.Begin();
        return scope.Keep(-LossPrecision.Wide(scores).LogSoftmax(1).Select(1, 0).Mean());          // []
    }
}
