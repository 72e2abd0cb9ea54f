using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>The best precision at or below the rank where a share of the relevant passages has been found: trec_eval's <c>iprec_at_recall</c>.</summary>
/// <param name="Share">Recall, within [0, 1].</param>
public sealed record InterpolatedPrecision(double Share) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("IPrec", Share.ToString("0.0###", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        var wanted = (int)((Share * ranking.Relevant) + 0.9);       // trec_eval's rounding
        var found = ranking.RelevantWithin(null);
        if (wanted > found) return 0;
        double best = 0;
        for (var rank = ranking.Grades.Length; rank > 0 && found > 0; rank--)
        {
            best = Math.Max(best, (double)found / rank);
            if (ranking.Grades[rank - 1] < ranking.RelevanceLevel) continue;
            if (found == wanted) return best;
            found--;
        }
        return best;
    }
}
