using Dragoman.Tensors;
using Dragoman.Tensors.Errors;

namespace Dragoman.Training.Losses;

/// <summary>Softmax over a query's passages, then a hinge on the probabilities: rewards giving the positive all of the probability.</summary>
/// <remarks>
/// With P = softmax(s): L = ½ [(1 − P₊) + Σⱼ max(0, Pⱼ − m)] over the negatives j. For one negative and m = 0 this is 1 − σ(s₊ − s₋), the loss of CEDR
/// (MacAvaney et al., SIGIR 2019); m = 0.3 is the hinge of the project's source experiments. Scores enter as they are, without a temperature. Bounded, and
/// L(s) + L(−s) = 1 for m = 0, hence tolerant of flipped labels. Its gradient −P₊(1 − P₊) vanishes for pairs clearly right and clearly wrong alike;
/// <see cref="ListwiseCrossEntropyLoss"/> mends hard errors faster.
/// Deviation: the source has one negative; for more, their hinges add up, so that L stays within [0, 1].
/// </remarks>
public sealed class SoftmaxHingeLoss : IRankingLoss
{
    private readonly double _margin;

    /// <summary>Creates the loss.</summary>
    /// <param name="margin">m: probability that a negative may have at no cost, within [0, 1).</param>
    public SoftmaxHingeLoss(double margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(margin, 1);
        _margin = margin;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (_, passages) = scores.Shape2("B P");
        if (passages < 2) throw new ShapeException("scores", "B, P of 2 or more", scores.Shape);
        using var scope = TensorScope.Begin();
        var probabilities = LossPrecision.Wide(scores).Softmax(1);                              // [B, P]
        var missed = 1 - probabilities.Select(1, 0);                                            // [B]
        if (_margin == 0) return scope.Keep(missed.Mean());                                     // the negatives' probabilities add up to the same
        var kept = (probabilities.Narrow(1, 1, passages - 1) - _margin).ClampMin(0).Sum(1);     // [B]
        return scope.Keep((0.5 * (missed + kept)).Mean());                                      // []
    }

    /// <summary>The mean loss of pairs.</summary>
    /// <param name="positive">Scores of the positives, shape [B].</param>
    /// <param name="negative">Scores of their negatives, shape [B].</param>
    /// <param name="margin">m, within [0, 1).</param>
    /// <returns>One number within [0, 1]; the caller owns the tensor.</returns>
    /// <exception cref="ShapeException">The scores differ in shape.</exception>
    public static Tensor Forward(Tensor positive, Tensor negative, double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(positive);
        ArgumentNullException.ThrowIfNull(negative);
        positive.RequireShape("positive", -1);
        negative.RequireShape("negative", positive.Size(0));
        using var scope = TensorScope.Begin();
        return scope.Keep(new SoftmaxHingeLoss(margin).Forward(Tensor.Stack([positive, negative], 1)));
    }

    /// <summary>The mean loss when positives and their negatives take turns.</summary>
    /// <param name="scores">Scores, positive before negative, shape [2·B].</param>
    /// <param name="margin">m, within [0, 1).</param>
    /// <returns>One number within [0, 1]; the caller owns the tensor.</returns>
    /// <exception cref="ShapeException">The number of scores is odd, or they are no vector.</exception>
    public static Tensor ForwardInterleaved(Tensor scores, double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        scores.RequireShape("scores", -1);
        if (scores.Size(0) % 2 != 0) throw new ShapeException("scores", "2·B", scores.Shape);
        using var scope = TensorScope.Begin();
        return scope.Keep(new SoftmaxHingeLoss(margin).Forward(scores.Reshape(-1, 2)));
    }
}
