namespace Dragoman.Evaluation.Measures;

/// <summary>
/// Compatibility (Clarke, Vtyurina and Smucker, TOIS 2021): rank-biased overlap of the ranking with an ideal one, the relevant passages in order of grade and, within a grade, of the
/// ranking itself; those that were not retrieved stand last in their grade. Deviation: ir_measures orders those as if their score were 0, and ties by passage id ascending.
/// </summary>
/// <param name="P">The persistence, above 0 and below 1.</param>
/// <param name="Normalise">Whether to divide by what the ideal ranking itself reaches, which is below 1 as it is finite.</param>
public sealed record Compatibility(double P = 0.95, bool Normalise = true) : Measure
{
    /// <inheritdoc/>
    public override string Name => Spell("Compat", null, P == 0.95 ? null : "p=" + PythonNumber.Of(P), Normalise ? null : "normalize=False");

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var ideal = ranking.IdealGains;
        var depth = Math.Max(ranking.Grades.Length, ideal.Length);
        if (depth == 0 || ideal.IsEmpty) return 0;
        var entering = new int[depth];                            // passages that both lists hold from a rank on
        var place = 0;
        while (place < ideal.Length)
        {
            var (grade, end) = (ideal[place], place);
            while (end < ideal.Length && ideal[end] == grade) end++;
            for (var rank = 0; rank < ranking.Grades.Length; rank++)
                if (ranking.Grades[rank] == grade) entering[Math.Max(rank, place++)]++;
            place = end;
        }
        var (overlap, score, best, total, weight) = (0, 0.0, 0.0, 0.0, 1.0);
        for (var i = 0; i < depth; i++)
        {
            overlap += entering[i];
            score += weight * overlap / (i + 1);
            best += weight * Math.Min(i + 1, ideal.Length) / (i + 1);
            total += weight;
            weight *= P;
        }
        return score / (Normalise ? best : total);
    }
}

/// <summary>
/// How often a retrieved relevant passage stands above a retrieved one that is not relevant or not judged: ir_measures' <c>Accuracy</c>. Not defined for a query with no relevant
/// passage retrieved; such queries are left out of the mean. Deviation: 1 where only relevant passages were retrieved, for which ir_measures divides by zero.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record Accuracy(int? Cutoff = null) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("Accuracy", Cutoff);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override bool RewardsOrder => Cutoff is null;        // a relevant passage that comes in at rank k stands below all others

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        var (relevant, others, wrong) = (0L, 0L, 0L);
        foreach (var grade in ranking.Top(Cutoff))
        {
            if (grade >= ranking.RelevanceLevel)
            {
                relevant++;
                wrong += others;
            }
            else others++;
        }
        return relevant == 0 ? double.NaN : others == 0 ? 1 : 1 - ((double)wrong / (others * relevant));
    }
}
