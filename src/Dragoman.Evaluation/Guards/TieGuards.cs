namespace Dragoman.Evaluation.Guards;

/// <summary>
/// Queries whose passages all have the same score: the order is then by passage id alone, and the measures say something about ids. Typical of a score column that was filled with a
/// constant, or of ranks written where scores belong.
/// </summary>
public sealed class ConstantScoresGuard : Guard
{
    /// <inheritdoc/>
    public override string Name => "constant-scores";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input) =>
        input.Result.ConstantScoreQueries is > 0 and var count
            ? Warn(count, $"in {count} of {input.Result.QueryIds.Count} queries every score is the same, so the order is by passage id alone.") : null;
}

/// <summary>
/// Measures that would change visibly with another order of tied passages. trec_eval breaks ties by id, which has nothing to do with relevance; the bounds are exact, for measures that
/// never lose when a higher grade moves up: within each group of ties, lower grades first and higher grades first.
/// </summary>
public sealed class DecisiveTiesGuard : Guard
{
    /// <summary>The spread from which a measure is warned about: half a percentage point.</summary>
    public const double VisibleSpread = 0.005;

    /// <inheritdoc/>
    public override string Name => "decisive-ties";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input)
    {
        var result = input.Result;
        var wide = result.Ties.Where(bound => bound.Queries > 0 && bound.Best - bound.Worst >= VisibleSpread && !bound.Measure.IsCount).ToList();
        if (wide.Count == 0) return null;
        var widest = wide.MaxBy(bound => bound.Best - bound.Worst)!;
        var more = wide.Count > 1 ? FormattableString.Invariant($" ({wide.Count} measures are affected)") : "";
        return Warn(widest.Queries, $"{widest.Measure} is {result[widest.Measure]:F4} with ties broken by passage id, and anything from {widest.Worst:F4} to {widest.Best:F4} with another order of tied passages in {widest.Queries} of {result.QueryIds.Count} queries{more}; break ties in the scores.")
            with { Measures = [.. wide.Select(bound => bound.Measure.Name)] };
    }
}
