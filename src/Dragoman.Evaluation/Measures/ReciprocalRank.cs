namespace Dragoman.Evaluation.Measures;

/// <summary>
/// 1 / rank of the first relevant passage, 0 when there is none: trec_eval's <c>recip_rank</c>. With a cutoff only the first k ranks count; trec_eval has no such
/// measure, so this is its order (ties by passage id descending) cut at k. ir_measures takes RR@k from another tool with the opposite tie order.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record ReciprocalRank(int? Cutoff = null) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("RR", Cutoff);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        var grades = ranking.Top(Cutoff);
        for (var i = 0; i < grades.Length; i++)
            if (grades[i] >= ranking.RelevanceLevel) return 1.0 / (i + 1);
        return 0;
    }
}
