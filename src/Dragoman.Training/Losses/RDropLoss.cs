using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>A loss over two passes of the same lists, and how far the passes' distributions are apart: rewards rankings that dropout does not change.</summary>
/// <remarks>
/// L = ½ [ℓ(s¹) + ℓ(s²)] + α · ½ [KL(p¹‖p²) + KL(p²‖p¹)] with p = softmax(s/τ) over the list's candidates; gradients go to both passes. Source: R-Drop (Liang, Wu et al.,
/// NeurIPS 2021), whose loss sums ℓ; on the list's distribution instead of a classifier's, α from 0.5 to 1. Without dropout both passes agree and the term is 0. Relative: SMART (Jiang et al., ACL 2020), which
/// compares with a perturbed pass and whose symmetric divergence is twice this one. No signal: where ℓ has none.
/// </remarks>
public static class RDropLoss
{
    /// <summary>The loss of each list of a batch.</summary>
    /// <param name="once">ℓ of the first pass.</param>
    /// <param name="again">ℓ of the second.</param>
    /// <param name="first">The lists with the first pass's scores.</param>
    /// <param name="second">The lists with the second's, of the same shape.</param>
    /// <param name="alpha">α, weight of the divergence, 0 or more.</param>
    /// <param name="temperature">τ of the distributions compared, above 0.</param>
    /// <returns>The lists' losses; the caller owns the tensors.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The passes differ in shape.</exception>
    public static LossOutcome Compute(LossOutcome once, LossOutcome again, CandidateLists first, CandidateLists second, double alpha = 0.5, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(once);
        ArgumentNullException.ThrowIfNull(again);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        second.Scores.RequireShape("second scores", [.. first.Scores.Shape]);
        using var scope = TensorScope.Begin();
        var divergence = ListDivergence.Symmetric(MaskedLists.Of(first, needsTeacher: false), MaskedLists.Of(second, needsTeacher: false), temperature) * (0.5 * alpha);      // [B]
        var losses = (once.PerList + again.PerList) * 0.5 + divergence.MaskedFill(once.HasSignal.Not(), 0);
        return new LossOutcome(scope.Keep(losses), once.HasSignal, once.Weights);
    }
}
