namespace Dragoman.Evaluation.Measures;

/// <summary>
/// The mean over all relevant passages of the precision at their rank, 0 for one that is not retrieved: trec_eval's <c>map</c> and <c>map_cut</c>.
/// The divisor is the number of all relevant passages, also with a cutoff.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record AveragePrecision(int? Cutoff = null) : Measure
{
    /// <inheritdoc/>
    public override string Name => Cutoff is { } k ? $"AP@{k}" : "AP";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        if (ranking.Relevant == 0) return 0;
        var grades = ranking.Top(Cutoff ?? int.MaxValue);
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < grades.Length; i++)
            if (grades[i] >= ranking.RelevanceLevel) sum += (double)++found / (i + 1);
        return sum / ranking.Relevant;
    }
}
