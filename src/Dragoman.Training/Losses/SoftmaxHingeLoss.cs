using Dragoman.Tensors;
using Dragoman.Tensors.Errors;

namespace Dragoman.Training.Losses;

/// <summary>Softmax over a query's passages, then a hinge on the probabilities: rewards giving the positive all of the probability.</summary>
/// <remarks>
/// With P = softmax(s): L = ½ [(1 − P₊) + Σⱼ max(0, Pⱼ − m)] over the negatives j. For one negative and m = 0 this is 1 − σ(s₊ − s₋), the loss of CEDR
/// (MacAvaney et al., SIGIR 2019); m = 0.3 is the hinge of the project's source experiments. Bounded, and L(s) + L(−s) = 1 for m = 0, hence tolerant of flipped labels.
/// Its gradient −P₊(1 − P₊) vanishes for easy and for badly wrong pairs alike; <see cref="ListwiseCrossEntropyLoss"/> repairs hard errors faster.
/// Deviation: the source has one negative; for more, their hinges add up, so that L stays within [0, 1].
/// </remarks>
public sealed class SoftmaxHingeLoss : IRankingLoss
{
    private readonly double _margin;

    /// <summary>Creates the loss.</summary>
    /// <param name="margin">m: probability that a negative may have at no cost, within [0, 1).</param>
    public SoftmaxHingeLoss(double margin = 0)
    {
        if (!(margin is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "Use a margin from 0 to below 1.");
        _margin = margin;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (_, passages) = scores.Shape2("B P");
        if (passages < 2) throw new ShapeException("scores", "B, P of 2 or more", scores.Shape);
        using var scope = TensorScope.Begin();
        var probabilities = LossPrecision.Wide(scores).Softmax(1);                                // [B, P]
        var positive = 1 - probabilities.Select(1, 0);                                          // [B]
        var negatives = (probabilities.Narrow(1, 1, passages - 1) - _margin).Relu().Sum(1);     // [B]
        return scope.Keep((0.5 * (positive + negatives)).Mean());                               // []
    }
}
