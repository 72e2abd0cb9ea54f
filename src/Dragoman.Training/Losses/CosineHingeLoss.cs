using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Pulls the positive's cosine to 1 and pushes each negative's below a margin, one by one.</summary>
/// <remarks>
/// L = mean over positives of (1 − c) + mean over negatives (grade 0) of max(0, c − m). Within [0, 3 − m]. PyTorch's CosineEmbeddingLoss for one positive and one
/// negative, summed; a form that the source experiments use for cosines. It compares nothing: where c₊ = c₋ &gt; m it is 1 − m whatever the cosine, so nothing stops
/// all cosines from drifting to 1 together (see <see cref="BidirectionalInfoNce"/> for the cure). No signal: no positive, or no candidate of grade 0.
/// </remarks>
public sealed class CosineHingeLoss : RankingLoss
{
    private readonly double _margin;

    /// <summary>Creates the loss.</summary>
    /// <param name="margin">m, within [−1, 1).</param>
    public CosineHingeLoss(double margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(margin, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(margin, 1);
        _margin = margin;
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var missed = MaskedLists.Mean(1 - lists.Scores, lists.Positive);                                   // [B]
        var kept = MaskedLists.Mean((lists.Scores - _margin).ClampMin(0), lists.Negative);                 // [B]
        return (missed + kept, lists.HasPositiveAndNegative());
    }
}
