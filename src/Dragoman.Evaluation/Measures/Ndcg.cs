namespace Dragoman.Evaluation.Measures;

/// <summary>
/// Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002) as trec_eval's <c>ndcg</c> and <c>ndcg_cut</c>: the gain is the grade itself
/// (not 2^grade - 1), the discount 1 / log2(rank + 1); unjudged and negative grades gain nothing; the ideal comes from all judgements of the query, cut at k.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record Ndcg(int? Cutoff = null) : Measure
{
    /// <inheritdoc/>
    public override string Name => Cutoff is { } k ? $"nDCG@{k}" : "nDCG";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var k = Cutoff ?? int.MaxValue;
        var ideal = Gain(ranking.IdealGains[..Math.Min(k, ranking.IdealGains.Length)]);
        return ideal > 0 ? Gain(ranking.Top(k)) / ideal : 0;
    }

    private static double Gain(ReadOnlySpan<int> grades)
    {
        double sum = 0;
        for (var i = 0; i < grades.Length; i++)
            if (grades[i] > 0) sum += grades[i] / Math.Log2(i + 2);
        return sum;
    }
}
