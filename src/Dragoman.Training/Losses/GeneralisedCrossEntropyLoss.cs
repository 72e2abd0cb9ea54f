using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>A dial between cross-entropy and 1 − P₊: how much a group that the model contradicts may weigh.</summary>
/// <remarks>
/// L = (1 − P₊^q) / q with P₊ the positive's share in softmax(s) over it and the candidates of grade 0, averaged over the positives of the list. For q → 0 it
/// becomes −log P₊ (<see cref="ListwiseCrossEntropyLoss"/>), for q = 1 it is 1 − P₊ (<see cref="SoftmaxHingeLoss"/> without margin, half the mean absolute error of
/// the distribution). Within [0, 1/q]; its gradient is that of cross-entropy times P₊^q, so wrong labels weigh less the larger q is.
/// Source: Zhang and Sabuncu, NeurIPS 2018, eq. 6; q = 0.7 there. Computed as −expm1(q·log P₊)/q. No signal: no positive, or no candidate of grade 0.
/// </remarks>
public sealed class GeneralisedCrossEntropyLoss : RankingLoss
{
    private readonly double _q;

    /// <summary>Creates the loss.</summary>
    /// <param name="q">The dial, within (0, 1].</param>
    public GeneralisedCrossEntropyLoss(double q = 0.7)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(q);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        _q = q;
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var advantage = lists.Scores - MaskedLists.LogSumExp(lists.Scores, lists.Negative);                // [B, P], log-odds of P₊
        var losses = (advantage.LogSigmoid() * _q).Expm1() / -_q;                                          // [B, P]
        return (MaskedLists.Mean(losses, lists.Positive), lists.HasPositiveAndNegative());
    }
}
