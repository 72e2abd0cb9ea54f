using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>
/// Rewards a high softmax probability of the positive against its negative: the cross-encoder's loss of the reference experiment, and with margin 0 that of CEDR.
/// </summary>
/// <remarks>
/// With P = softmax(s⁺, s⁻), the loss is the mean of 1 - P⁺ and max(0, P⁻ - m). Margin 0 makes both equal, so L = 1 - P⁺. Scores enter as they are, without a
/// temperature. The gradient -P⁺(1 - P⁺) vanishes for pairs that are clearly right and for those clearly wrong: robust against wrong labels, slow to mend hard errors.
/// Relatives: RankNet and the listwise cross-entropy (steeper on hard errors), generalised cross-entropy (between them).
/// </remarks>
public static class SoftmaxHingeLoss
{
    /// <summary>The mean loss of pairs.</summary>
    /// <param name="positive">Scores of the positives, shape [B].</param>
    /// <param name="negative">Scores of their negatives, shape [B].</param>
    /// <param name="margin">m, probability a negative may keep without cost, within [0, 1).</param>
    /// <returns>One number within [0, 1]; the caller owns the tensor.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The scores differ in shape.</exception>
    public static Tensor Forward(Tensor positive, Tensor negative, double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(positive);
        ArgumentNullException.ThrowIfNull(negative);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(margin, 1);
        positive.RequireShape("positive", -1);
        negative.RequireShape("negative", positive.Size(0));
        using var scope = TensorScope.Begin();
        var probabilities = Tensor.Stack([positive, negative], 1).Softmax(1);                        // [B, 2]
        var missed = 1.0 - probabilities.Select(1, 0);                                               // [B]
        if (margin == 0) return scope.Keep(missed.Mean());
        var kept = (probabilities.Select(1, 1) - margin).ClampMin(0);                                // [B]
        return scope.Keep(((missed + kept) * 0.5).Mean());
    }

    /// <summary>The mean loss when positives and negatives take turns.</summary>
    /// <param name="scores">Scores, positive before negative, shape [2·B].</param>
    /// <param name="margin">m, probability a negative may keep without cost, within [0, 1).</param>
    /// <returns>One number within [0, 1]; the caller owns the tensor.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The number of scores is odd, or they are no vector.</exception>
    public static Tensor ForwardInterleaved(Tensor scores, double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        scores.RequireShape("scores", -1);
        if (scores.Size(0) % 2 != 0) throw new Tensors.Errors.ShapeException("scores", "2·B", scores.Shape);
        using var scope = TensorScope.Begin();
        var pairs = scores.Reshape(-1, 2);                                                           // [B, 2]
        return scope.Keep(Forward(pairs.Select(1, 0), pairs.Select(1, 1), margin));
    }
}
