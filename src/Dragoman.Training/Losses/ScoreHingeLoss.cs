using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>A hinge on differences of scores: rewards every preferred candidate for leading by a margin, and no more beyond it.</summary>
/// <remarks>
/// L = mean over the pairs with g_i &gt; g_j of max(0, m − (s_i − s_j)), in the scores' own units. Within [0, ∞). The margin ranking loss of Herbrich, Graepel and
/// Obermayer (2000); not what <see cref="SoftmaxHingeLoss"/> computes. Smooth relative: <see cref="RankNetLoss"/>. No signal: all grades equal.
/// </remarks>
public sealed class ScoreHingeLoss : RankingLoss
{
    private readonly double _margin;

    /// <summary>Creates the loss.</summary>
    /// <param name="margin">m, above 0, in the scores' units.</param>
    public ScoreHingeLoss(double margin = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        _margin = margin;
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var lacking = (_margin - MaskedLists.Differences(lists.Scores)).ClampMin(0);                       // [B, P, P]
        return (MaskedLists.Mean(lacking, lists.Preferences()), lists.HasTwoGrades());
    }
}
