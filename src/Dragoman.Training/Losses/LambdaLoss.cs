using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>How <see cref="LambdaLoss"/> weighs a pair besides the difference of its gains.</summary>
public enum LambdaWeighting
{
    /// <summary>ρ + μ·δ.</summary>
    NdcgLoss2PlusPlus,

    /// <summary>δ, which makes the loss a bound on what nDCG lacks.</summary>
    NdcgLoss2,

    /// <summary>ρ: together with the gains, the change of nDCG when the two exchange places.</summary>
    LambdaRank,
}

/// <summary>How <see cref="LambdaLoss"/> weighs pairs.</summary>
public sealed record LambdaLossOptions
{
    /// <summary>The weighting.</summary>
    /// <value>NDCG-Loss2++ by default.</value>
    public LambdaWeighting Weighting { get; init; }

    /// <summary>μ of <see cref="LambdaWeighting.NdcgLoss2PlusPlus"/>, 0 or more.</summary>
    /// <value>10 by default.</value>
    public double Mu { get; init; } = 10;

    /// <summary>σ, steepness, above 0; one over a temperature.</summary>
    /// <value>1 by default.</value>
    public double Sigma { get; init; } = 1;

    /// <summary>Ranks that count, as in nDCG@k, above 0; null for all.</summary>
    public int? Cutoff { get; init; }

    /// <summary>What grades are worth.</summary>
    /// <value>Exponential by default.</value>
    public Gain Gain { get; init; }
}

/// <summary>RankNet with each pair weighed by what its order changes in nDCG: rewards mending the top of the list first.</summary>
/// <remarks>
/// L = Σ over the pairs with g_i &gt; g_j of w_ij |G_i − G_j| log₂(1 + exp(−σ(s_i − s_j))), G the gain over the list's best DCG, D(r) = log₂(1 + r), r the ranks by the
/// present scores, ρ_ij = |1/D(r_i) − 1/D(r_j)|, δ_ij = |1/D(|r_i − r_j|) − 1/D(|r_i − r_j| + 1)|; w = ρ + μδ, δ, or ρ. Ranks are taken anew at each call and are
/// constants to the gradient. Within [0, ∞). Source: LambdaLoss (Wang, Li, Golbandi, Bendersky and Najork, CIKM 2018), NDCG-Loss2++ with μ = 10; ρ alone is
/// LambdaRank (Burges, Ragno and Le, NIPS 2006). Relatives: <see cref="RankNetLoss"/>; <see cref="ApproxNdcgLoss"/>, smooth and bounded.
/// Among equal scores the lower grade stands first, so that a model that scores all alike has the whole list to mend, and the order of input does not matter.
/// With a cutoff k, 1/D is 0 beyond k in ρ, and pairs wholly beyond k are left out. No signal: all grades equal. Memory grows with B·P².
/// </remarks>
public sealed class LambdaLoss : RankingLoss
{
    private const double Ln2 = 0.69314718055994530942;
    private readonly LambdaLossOptions _options;

    /// <summary>Creates the loss.</summary>
    /// <param name="options">How to weigh pairs; null for the defaults.</param>
    public LambdaLoss(LambdaLossOptions? options = null)
    {
        _options = options ?? new LambdaLossOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Mu, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.Sigma, nameof(options));
        if (_options.Cutoff is { } cutoff) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoff, nameof(options));
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var preferences = lists.Preferences();                                                             // [B, P, P]
        var losses = (MaskedLists.Differences(lists.Scores) * _options.Sigma).LogSigmoid() / -Ln2;         // [B, P, P]
        return (MaskedLists.Sum(losses * Weights(lists), preferences), lists.HasTwoGrades());
    }

    /// <summary>w_ij |G_i − G_j| of all pairs, shape [B, P, P].</summary>
    private Tensor Weights(MaskedLists lists)
    {
        var gains = DiscountedGain.Of(lists, _options.Gain);                                               // [B, P]
        var worth = MaskedLists.Differences(gains / DiscountedGain.Best(gains, _options.Cutoff)).Abs();    // [B, P, P]
        var ranks = Ranks(lists);                                                                          // [B, P]
        var shares = 1 / DiscountedGain.Discounts(ranks);                                                  // [B, P]
        if (_options.Cutoff is { } cutoff)
        {
            var beyond = ranks.Gt(cutoff);                                                                 // [B, P]
            shares = shares.MaskedFill(beyond, 0);
            worth = worth.MaskedFill(beyond.Unsqueeze(1).And(beyond.Unsqueeze(2)), 0);
        }
        var rho = MaskedLists.Differences(shares).Abs();                                                   // [B, P, P]
        if (_options.Weighting == LambdaWeighting.LambdaRank) return worth * rho;
        var apart = MaskedLists.Differences(ranks).Abs().ClampMin(1);                                      // [B, P, P]
        var delta = 1 / DiscountedGain.Discounts(apart) - 1 / DiscountedGain.Discounts(apart + 1);
        return worth * (_options.Weighting == LambdaWeighting.NdcgLoss2 ? delta : rho + delta * _options.Mu);
    }

    /// <summary>Ranks from 1 by score; among equal scores the lower grade first, then the earlier place. Shape [B, P].</summary>
    private static Tensor Ranks(MaskedLists lists)
    {
        var scores = MaskedLists.Differences(lists.Scores.Detach());                                       // [B, P, P], s_i − s_j
        var grades = MaskedLists.Differences(lists.Grades);
        var places = MaskedLists.Differences(Tensor.Arange(0, lists.Scores.Size(1), device: lists.Scores.Device).Unsqueeze(0));        // [1, P, P]
        var before = scores.Lt(0).Or(scores.Eq(0).And(grades.Gt(0).Or(grades.Eq(0).And(places.Gt(0)))));   // candidate j stands before i
        return before.And(lists.Real.Unsqueeze(1)).To(lists.Scores.Type).Sum(2) + 1;
    }
}
