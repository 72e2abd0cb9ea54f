namespace Dragoman.Evaluation.Measures;

/// <summary>
/// The mean over all relevant passages of the precision at their rank, 0 for one that is not retrieved: trec_eval's <c>map</c> and <c>map_cut</c>.
/// The divisor is the number of all relevant passages, also with a cutoff.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record AveragePrecision(int? Cutoff = null) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("AP", Cutoff);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        if (ranking.Relevant == 0) return 0;
        var grades = ranking.Top(Cutoff);
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < grades.Length; i++)
            if (grades[i] >= ranking.RelevanceLevel) sum += (double)++found / (i + 1);
        return sum / ranking.Relevant;
    }
}

/// <summary>
/// Average precision inferred from sampled judgements (Yilmaz and Aslam, CIKM 2006) as trec_eval's <c>infAP</c>: passages with a negative grade were pooled and not judged, and
/// count as relevant in the proportion of the judged ones above; those outside the judgements do not count as relevant.
/// </summary>
public sealed record InferredAveragePrecision : RelevanceMeasure
{
    private const double Epsilon = 0.00001;                     // trec_eval's INFAP_EPSILON

    /// <inheritdoc/>
    public override string Name => Spelling("infAP", (string?)null);

    /// <inheritdoc/>
    public override bool RewardsOrder => false;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        var (relevant, other, pooled, sum) = (0, 0, 0, 0.0);
        for (var i = 0; i < ranking.Grades.Length; i++)
        {
            var grade = ranking.Grades[i];
            if (grade == JudgedRanking.Unjudged) continue;
            if (grade < 0) pooled++;
            else if (grade < ranking.RelevanceLevel) other++;
            else
            {
                double above = i, rank = i + 1;
                sum += i == 0 ? 1 : (1 / rank) + (above / rank * ((relevant + other + pooled) / above) * ((relevant + Epsilon) / (relevant + other + (2 * Epsilon))));
                relevant++;
            }
        }
        return ranking.Relevant == 0 ? 0 : sum / ranking.Relevant;
    }
}
