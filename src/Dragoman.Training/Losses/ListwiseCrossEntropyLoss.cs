using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Cross-entropy of a positive among its negatives: rewards scoring the positive above all of its negatives together.</summary>
/// <remarks>
/// L = −log( exp(s₊/τ) / (exp(s₊/τ) + Σⱼ exp(sⱼ/τ)) ) over the candidates j of grade 0, averaged over the positives of the list, none of which is another's
/// negative. The localized contrastive estimation (LCE) of Gao, Dai and Callan (ECIR 2021, eq. 4) when the negatives come from the first stage; multiple-negatives
/// ranking for cosines. Within [0, ∞): a wrong group weighs more the more wrong it is, so mislabelled positives hurt more than with <see cref="SoftmaxHingeLoss"/>.
/// Blind to the difference between grades above 0; <see cref="ListNetLoss"/> is not. No signal: no positive, or no candidate of grade 0.
/// </remarks>
public sealed class ListwiseCrossEntropyLoss : RankingLoss
{
    private readonly double _temperature;

    /// <summary>Creates the loss.</summary>
    /// <param name="temperature">τ, divides the scores, above 0: 1 for a cross-encoder's scores, about 0.05 for cosines.</param>
    public ListwiseCrossEntropyLoss(double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        _temperature = temperature;
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var scores = lists.Scores / _temperature;
        var advantage = scores - MaskedLists.LogSumExp(scores, lists.Negative);                            // [B, P], log-odds of P₊
        return (MaskedLists.Mean(-advantage.LogSigmoid(), lists.Positive), lists.HasPositiveAndNegative());
    }
}
