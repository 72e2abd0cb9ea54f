namespace Dragoman.Evaluation.Measures;

/// <summary>Share of the first k ranks that hold relevant passages: trec_eval's <c>P</c>. Divided by k, also when fewer were retrieved.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Precision(int Cutoff) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("P", Cutoff);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking) => (double)ranking.RelevantWithin(Cutoff) / Cutoff;
}

/// <summary>Precision at rank R, where R is the number of relevant passages: trec_eval's <c>Rprec</c>.</summary>
public sealed record RPrecision : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("Rprec", (string?)null);

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking) => ranking.Relevant == 0 ? 0 : (double)ranking.RelevantWithin(ranking.Relevant) / ranking.Relevant;
}

/// <summary>Share of the first k passages that were judged at all, whatever the grade. Divided by the passages there are when fewer than k were retrieved. Not in trec_eval.</summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record Judged(int? Cutoff = null) : Measure
{
    /// <inheritdoc/>
    public override string Name => Spell("Judged", Cutoff?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var grades = ranking.Top(Cutoff);
        return grades.IsEmpty ? 0 : 1 - ((double)grades.Count(JudgedRanking.Unjudged) / grades.Length);
    }
}
