using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>A ranking loss over two passes of the same lists, and how far the passes' distributions are apart: rewards rankings that dropout does not change.</summary>
/// <remarks>
/// L = ½ [ℓ(s¹) + ℓ(s²)] + α · ½ [KL(p¹‖p²) + KL(p²‖p¹)] with p = softmax(s/τ) over the list's candidates; gradients go to both passes. Source: R-Drop (Liang, Wu et al.,
/// NeurIPS 2021), whose loss sums ℓ; on the list's distribution instead of a classifier's, α from 0.5 to 1. The second pass may also be one with perturbed inputs, as in SMART
/// (Jiang et al., ACL 2020), whose symmetric divergence is twice this one. Without dropout or a perturbation both passes agree and the term is 0.
/// No signal: where the ranking loss has none.
/// </remarks>
public sealed class RDropLoss
{
    private readonly IRankingLoss _loss;
    private readonly double _alpha, _temperature;

    /// <summary>Creates the loss.</summary>
    /// <param name="loss">ℓ, of each pass.</param>
    /// <param name="alpha">α, weight of the divergence, 0 or more.</param>
    /// <param name="temperature">τ of the distributions compared, above 0.</param>
    public RDropLoss(IRankingLoss loss, double alpha = 0.5, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        (_loss, _alpha, _temperature) = (loss, alpha, temperature);
    }

    /// <summary>The loss of each list of a batch.</summary>
    /// <param name="first">The lists with the first pass's scores.</param>
    /// <param name="secondScores">The second pass's scores of the same candidates, shape [B, P].</param>
    /// <returns>What <see cref="IRankingLoss.Forward"/> gives, the divergence added.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The passes differ in shape.</exception>
    public LossOutcome Forward(CandidateLists first, Tensor secondScores)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(secondScores);
        secondScores.RequireShape("second scores", [.. first.Scores.Shape]);
        using var scope = TensorScope.Begin();
        var second = first with { Scores = secondScores };
        var (once, again) = (_loss.Forward(first), _loss.Forward(second));
        var divergence = Divergence(MaskedLists.Of(first, needsTeacher: false), MaskedLists.Of(second, needsTeacher: false));          // [B]
        var losses = (once.PerList + again.PerList) * 0.5 + (divergence * _alpha).MaskedFill(once.HasSignal.Not(), 0);                 // [B]
        return new LossOutcome(scope.Keep(losses), scope.Keep(once.HasSignal), scope.Keep(once.Weights));
    }

    private Tensor Divergence(MaskedLists first, MaskedLists second)
    {
        var (p, q) = (first.LogSoftmax(first.Scores, _temperature), second.LogSoftmax(second.Scores, _temperature));                   // [B, P]
        return MaskedLists.Sum((p.Exp() - q.Exp()) * (p - q), first.Real) * 0.5;                           // KL(p‖q) + KL(q‖p), halved
    }
}
