using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Softmax over a positive and its negatives, then a hinge on the probabilities: rewards giving the positive all of the probability.</summary>
/// <remarks>
/// With P = softmax(s) over a positive and the candidates of grade 0: L = ½ [(1 − P₊) + Σⱼ max(0, Pⱼ − m)] over the negatives j, averaged over the positives of
/// the list, none of which is another's negative. For one negative and m = 0 this is 1 − σ(s₊ − s₋), the loss of CEDR (MacAvaney et al., SIGIR 2019); m = 0.3 is
/// the hinge of the project's source experiments. Scores enter as they are, without a temperature. Within [0, 1], and L(s) + L(−s) = 1 for a pair and m = 0, hence
/// tolerant of flipped labels. Its gradient −P₊(1 − P₊) vanishes for pairs clearly right and clearly wrong alike; <see cref="ListwiseCrossEntropyLoss"/> mends
/// hard errors faster, <see cref="GeneralisedCrossEntropyLoss"/> lies between.
/// Deviation: the source has one negative; for more, their hinges add up, so that L stays within [0, 1].
/// No signal: no positive, or no candidate of grade 0.
/// </remarks>
public sealed class SoftmaxHingeLoss : RankingLoss
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

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var advantage = lists.Scores - MaskedLists.LogSumExp(lists.Scores, lists.Negative);                // [B, P], log-odds of P₊
        var missed = (-advantage).Sigmoid();                                                               // [B, P], 1 − P₊
        var signal = lists.HasPositiveAndNegative();                                                       // [B]
        if (_margin == 0) return (MaskedLists.Mean(missed, lists.Positive), signal);                       // the negatives' probabilities add up to the same
        var total = lists.Scores - advantage.LogSigmoid();                                                 // [B, P], log of each positive's denominator
        var logs = (lists.Scores.Unsqueeze(1) - total.Unsqueeze(2)).MaskedFill(lists.Negative.Not().Unsqueeze(1), MaskedLists.Lowest);
        var kept = (logs.Exp() - _margin).ClampMin(0).Sum(2);                                              // [B, P] from [B, P, P]
        return (MaskedLists.Mean(0.5 * (missed + kept), lists.Positive), signal);
    }
}
