using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>One minus nDCG with smooth ranks: rewards the measure itself.</summary>
/// <remarks>
/// L = 1 − Σᵢ Gᵢ / log₂(1 + πᵢ) / bestDCG with πᵢ = 1 + Σ_{j≠i} σ((s_j − s_i)/τ). Within [0, 1): smooth ranks lie between permutations, so nDCG of them is at most 1. For
/// τ → 0 and scores that differ it becomes 1 − nDCG of the list's own candidates; small τ also means no gradient for scores far apart. Not convex; from
/// random weights begin with <see cref="ListNetLoss"/>. Source: Qin, Liu and Li, A general approximation framework for direct optimization of information retrieval
/// measures (2010); τ = 0.1 after Bruch et al., Revisiting approximate metric optimization in the age of deep neural networks (SIGIR 2019), which has α = 1/τ = 10.
/// No signal: all grades equal. Memory grows with B·P².
/// </remarks>
public sealed class ApproxNdcgLoss : RankingLoss
{
    private readonly double _temperature;
    private readonly Gain _gain;

    /// <summary>Creates the loss.</summary>
    /// <param name="temperature">τ, in the scores' units, above 0.</param>
    /// <param name="gain">What grades are worth.</param>
    public ApproxNdcgLoss(double temperature = 0.1, Gain gain = Gain.Exponential)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        (_temperature, _gain) = (temperature, gain);
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var behind = (MaskedLists.Differences(lists.Scores) / -_temperature).Sigmoid();                    // [B, P, P], how surely j stands before i
        var ranks = behind.MaskedFill(lists.Real.Not().Unsqueeze(1), 0).Sum(2) + 0.5;                      // [B, P]; σ(0) = ½ of i itself is in the sum
        var gains = DiscountedGain.Of(lists, _gain);                                                       // [B, P]
        var reached = (gains / DiscountedGain.Discounts(ranks)).Sum(1) / DiscountedGain.Best(gains).Squeeze(1);                        // [B]
        return (1 - reached, lists.HasTwoGrades());
    }
}
