using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Logistic loss of score differences: rewards every preferred candidate for scoring above every other, ever less.</summary>
/// <remarks>
/// L = mean over the pairs with g_i &gt; g_j of log(1 + exp(−σ(s_i − s_j))). Within [0, ∞). Source: RankNet (Burges et al., ICML 2005), in the form of Burges,
/// From RankNet to LambdaRank to LambdaMART (2010), section 2. All pairs weigh the same, wherever they stand in the ranking; <see cref="LambdaLoss"/> weighs them
/// by what they change in nDCG. For one positive and one negative and σ = 1 it equals <see cref="ListwiseCrossEntropyLoss"/>.
/// Deviation: mean, not sum, so that long lists do not weigh more. No signal: all grades equal.
/// </remarks>
public sealed class RankNetLoss : RankingLoss
{
    private readonly double _sigma;

    /// <summary>Creates the loss.</summary>
    /// <param name="sigma">σ, steepness, above 0; one over a temperature.</param>
    public RankNetLoss(double sigma = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        _sigma = sigma;
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var losses = -(MaskedLists.Differences(lists.Scores) * _sigma).LogSigmoid();                       // [B, P, P]
        return (MaskedLists.Mean(losses, lists.Preferences()), lists.HasTwoGrades());
    }
}
