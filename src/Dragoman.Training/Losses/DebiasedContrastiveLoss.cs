using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Contrastive loss whose negatives are expected to hold positives: rewards the positive above what true negatives would score.</summary>
/// <remarks>
/// L = −log( e^{s₊} / (e^{s₊} + N·g) ), g = max( (mean over negatives of e^s − t · mean over positives of e^s) / (1 − t), e^{l/τ} ), s the scores over τ, N the number of
/// negatives (grade 0), t the share of them that is thought positive, l the lowest score there is; averaged over the positives of the list. t = 0 is
/// <see cref="ListwiseCrossEntropyLoss"/>. Within [0, ∞). Computed in logarithms. Source: Chuang et al., Debiased Contrastive Learning (NeurIPS 2020), for cosines, l = −1.
/// For use without a teacher that could tell which negatives are false. No signal: no positive, or no candidate of grade 0.
/// </remarks>
public sealed class DebiasedContrastiveLoss : RankingLoss
{
    private readonly double _temperature, _share, _lowest;

    /// <summary>Creates the loss.</summary>
    /// <param name="temperature">τ, divides the scores, above 0.</param>
    /// <param name="falseNegativeShare">t, within [0, 1).</param>
    /// <param name="lowestScore">l, the lowest score there can be; −1 for cosines.</param>
    public DebiasedContrastiveLoss(double temperature = 0.05, double falseNegativeShare = 0.1, double lowestScore = -1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        ArgumentOutOfRangeException.ThrowIfNegative(falseNegativeShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(falseNegativeShare, 1);
        (_temperature, _share, _lowest) = (temperature, falseNegativeShare, lowestScore);
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var scores = lists.Scores / _temperature;                                                          // [B, P]
        var logCount = Count(lists.Negative, scores).Log();                                                // [B, 1]
        var negatives = MaskedLists.LogSumExp(scores, lists.Negative) - logCount;                          // [B, 1], log of the mean
        var positives = MaskedLists.LogSumExp(scores, lists.Positive) - Count(lists.Positive, scores).Log();
        var advantage = scores - Corrected(negatives, positives) - logCount;                               // [B, P]
        return (MaskedLists.Mean(-advantage.LogSigmoid(), lists.Positive), lists.HasPositiveAndNegative());
    }

    /// <summary>log g, shape [B, 1].</summary>
    private Tensor Corrected(Tensor negatives, Tensor positives)
    {
        var floor = _lowest / _temperature;
        if (_share == 0) return negatives.ClampMin(floor);
        var ratio = positives - negatives + Math.Log(_share);                                              // log of what is taken away, relative
        var nothingLeft = ratio.Ge(-1e-9);
        var left = (-ratio.MaskedFill(nothingLeft, -1).Exp()).Log1p() + negatives - Math.Log(1 - _share);
        return left.MaskedFill(nothingLeft, floor).ClampMin(floor);
    }

    private static Tensor Count(Tensor chosen, Tensor like) => MaskedLists.Count(chosen, like.Type).ClampMin(1).Unsqueeze(1);
}
