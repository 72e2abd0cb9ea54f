namespace Dragoman.Evaluation.Significance;

/// <summary>One system against the baseline in one measure.</summary>
/// <remarks>What cannot be computed is null, never NaN: tests and effect sizes that divide by a variance of 0, or by that of one query.</remarks>
public sealed record Comparison
{
    /// <summary>The measure's spelling.</summary>
    public required string Measure { get; init; }

    /// <summary>The baseline.</summary>
    public required SystemScores Baseline { get; init; }

    /// <summary>The system that is compared with it.</summary>
    public required SystemScores System { get; init; }

    /// <summary>Mean of the system minus mean of the baseline.</summary>
    public required double Difference { get; init; }

    /// <summary>Confidence intervals of <see cref="Difference"/>.</summary>
    public required BootstrapInterval Interval { get; init; }

    /// <summary>The randomisation test.</summary>
    public required RandomisationResult Randomisation { get; init; }

    /// <summary>The t test; null when the differences have no variance or there is one query.</summary>
    public required TTest? TTest { get; init; }

    /// <summary>The p-value of <see cref="Randomisation"/>, corrected for all comparisons of the call.</summary>
    public required double CorrectedPValue { get; init; }

    /// <summary>True when <see cref="CorrectedPValue"/> is at most alpha.</summary>
    public required bool IsSignificant { get; init; }

    /// <summary>Cohen's d_z (1988): mean of the queries' differences over their standard deviation, without a unit; null when there is no deviation.</summary>
    public required double? EffectSize { get; init; }

    /// <summary>
    /// <see cref="EffectSize"/> times Hedges' correction for few queries (1981), 1 - 3 / (4(n - 1) - 1); null where the other is, and for two queries, where the
    /// correction is 0.
    /// </summary>
    public required double? CorrectedEffectSize { get; init; }

    /// <summary>The smallest true difference that a t test with this variance finds with the power asked for; null when there is no t test.</summary>
    public required double? MinimalDetectableDifference { get; init; }

    /// <summary>The queries, from the largest gain of the system to its largest loss; equal differences in ordinal order of id.</summary>
    public required IReadOnlyList<QueryDifference> ByQuery { get; init; }

    /// <summary>Queries at which the system scores higher than the baseline.</summary>
    public int Wins => ByQuery.Count(query => query.Difference > 0);

    /// <summary>Queries at which both score the same, but for rounding.</summary>
    public int Ties => ByQuery.Count(query => query.Difference == 0);

    /// <summary>Queries at which the system scores lower than the baseline.</summary>
    public int Losses => ByQuery.Count(query => query.Difference < 0);
}
