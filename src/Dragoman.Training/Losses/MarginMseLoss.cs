using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Squared difference between the student's and a teacher's margins: rewards leading by as much as the teacher says, not by more.</summary>
/// <remarks>
/// L = mean over the pairs with g_i &gt; g_j of ((s_i − s_j) − (t_i − t_j))². Within [0, ∞), in squared units of the scores, which should be on the teacher's scale.
/// Source: Margin-MSE of Hofstätter et al., Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge Distillation (2020), where a list is
/// a positive and a negative. Relative: <see cref="KlDistillationLoss"/>, which needs no grades. No signal: all grades equal among the candidates the teacher scored.
/// </remarks>
public sealed class MarginMseLoss : RankingLoss
{
    /// <inheritdoc/>
    public override bool NeedsTeacher => true;

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var errors = MaskedLists.Differences(lists.Scores - lists.Teacher).Square();                       // [B, P, P]
        return (MaskedLists.Mean(errors, lists.Preferences()), lists.HasTwoGrades());
    }
}
