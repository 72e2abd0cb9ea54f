namespace Dragoman.Evaluation.Measures;

/// <summary>
/// Binary preference (Buckley and Voorhees, 2004) as trec_eval's <c>bpref</c>: how seldom judged non-relevant passages stand above relevant ones.
/// Unjudged passages and negative grades are passed over.
/// </summary>
public sealed record Bpref : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("Bpref", (string?)null);

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        if (ranking.Relevant == 0) return 0;
        double bound = Math.Min(ranking.Relevant, ranking.NonRelevant);
        var (above, sum) = (0, 0.0);
        foreach (var grade in ranking.Grades)
        {
            if (grade >= ranking.RelevanceLevel) sum += above == 0 ? 1 : 1 - (Math.Min(above, ranking.Relevant) / bound);
            else if (grade >= 0) above++;
        }
        return sum / ranking.Relevant;
    }
}
