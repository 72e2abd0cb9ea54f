using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>The parts of nDCG that losses are built from: gains, discounts D(r) = log₂(1 + r), and the best DCG a list can reach.</summary>
internal static class DiscountedGain
{
    private const double Ln2 = 0.69314718055994530942;

    /// <summary>What each candidate is worth, 0 at padding, shape [B, P].</summary>
    internal static Tensor Of(MaskedLists lists, Gain gain) => gain == Gain.Linear ? lists.Grades : lists.Grades.Exp2() - 1;

    /// <summary>D(r) of ranks from 1.</summary>
    internal static Tensor Discounts(Tensor ranks) => ranks.Log1p() / Ln2;

    /// <summary>The DCG of each list in its best order, 1 where no candidate is worth anything, shape [B, 1].</summary>
    /// <param name="gains">Gains, shape [B, P].</param>
    /// <param name="cutoff">Ranks that count; null for all.</param>
    internal static Tensor Best(Tensor gains, int? cutoff = null)
    {
        var counted = Math.Min(cutoff ?? long.MaxValue, gains.Size(1));
        var ranks = Tensor.Arange(1, counted + 1, gains.Type, gains.Device);                                         // [counted]
        var best = (gains.Sort(1, descending: true).Values.Narrow(1, 0, counted) / Discounts(ranks)).Sum(1, keepDimension: true);        // [B, 1]
        return Tensor.Where(best.Eq(0), best.OnesLike(), best);
    }
}
