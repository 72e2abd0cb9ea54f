namespace Dragoman.Evaluation.Measures;

/// <summary>Share of all relevant passages that are within the first k ranks: trec_eval's <c>recall</c>. Divided by all relevant passages, not by min(k, R).</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Recall(int Cutoff) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("R", Cutoff);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking) => ranking.Relevant == 0 ? 0 : (double)ranking.RelevantWithin(Cutoff) / ranking.Relevant;
}

/// <summary>1 when a relevant passage is within the first k ranks, else 0: trec_eval's <c>success</c>.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Success(int Cutoff) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("Success", Cutoff);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking) => ranking.RelevantWithin(Cutoff) > 0 ? 1 : 0;
}
