namespace Dragoman.Evaluation.Measures;

/// <summary>Share of the first k ranks that hold relevant passages: trec_eval's <c>P</c>. Divided by k even when fewer passages were retrieved.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Precision(int Cutoff) : Measure
{
    /// <inheritdoc/>
    public override string Name => $"P@{Cutoff}";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => (double)ranking.RelevantWithin(Cutoff) / Cutoff;
}

/// <summary>Share of all relevant passages that are within the first k ranks: trec_eval's <c>recall</c>. Divided by all relevant passages, not by min(k, R).</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Recall(int Cutoff) : Measure
{
    /// <inheritdoc/>
    public override string Name => $"R@{Cutoff}";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.Relevant == 0 ? 0 : (double)ranking.RelevantWithin(Cutoff) / ranking.Relevant;
}

/// <summary>1 when a relevant passage is within the first k ranks, else 0: trec_eval's <c>success</c>.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Success(int Cutoff) : Measure
{
    /// <inheritdoc/>
    public override string Name => $"Success@{Cutoff}";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.RelevantWithin(Cutoff) > 0 ? 1 : 0;
}

/// <summary>Precision at rank R, where R is the number of relevant passages: trec_eval's <c>Rprec</c>.</summary>
public sealed record RPrecision : Measure
{
    /// <inheritdoc/>
    public override string Name => "Rprec";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.Relevant == 0 ? 0 : (double)ranking.RelevantWithin(ranking.Relevant) / ranking.Relevant;
}

/// <summary>Share of the first k passages that were judged at all, whatever the grade. Divided by the passages there are when fewer than k were retrieved. Not in trec_eval.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record Judged(int Cutoff) : Measure
{
    /// <inheritdoc/>
    public override string Name => $"Judged@{Cutoff}";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var grades = ranking.Top(Cutoff);
        return grades.IsEmpty ? 0 : 1 - ((double)grades.Count(JudgedRanking.Unjudged) / grades.Length);
    }
}
