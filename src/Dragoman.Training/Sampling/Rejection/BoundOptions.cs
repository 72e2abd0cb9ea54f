namespace Dragoman.Training.Sampling.Rejection;

/// <summary>How M is found.</summary>
public enum BoundKind
{
    /// <summary>The greatest ratio of the list; evaluates all of it.</summary>
    Exact,

    /// <summary>The greatest ratio seen so far; earlier acceptances are thinned when it grows.</summary>
    Running,

    /// <summary>A quantile of the ratio under the target: quasi-rejection with a limit on the total variation.</summary>
    Quantile,

    /// <summary>The least number for which quasi-rejection stays within a total variation; evaluates all of the list.</summary>
    Variation,

    /// <summary>A number.</summary>
    Given,
}

/// <summary>How M is found, and its parameters.</summary>
public sealed record BoundOptions
{
    /// <summary>How.</summary>
    public BoundKind Kind { get; init; }

    /// <summary>For <see cref="BoundKind.Quantile"/> and <see cref="BoundKind.Variation"/>: the total variation that is allowed, above 0 and below 1.</summary>
    /// <value>0.05 by default.</value>
    public double Alpha { get; init; } = 0.05;

    /// <summary>For <see cref="BoundKind.Given"/>: log M.</summary>
    public double LogGiven { get; init; }

    /// <summary>log M of a query; null for a running one.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="target">p.</param>
    /// <param name="ratios">log p/q of all candidates.</param>
    internal double? LogBound(CandidateList candidates, Proposal proposal, Target target, CandidateRatios ratios) => Kind switch
    {
        BoundKind.Exact => LogSpace.Max(ratios.Known()),
        BoundKind.Quantile => QuasiRejection.AtQuantile(candidates, proposal, target, Alpha).LogBound,
        BoundKind.Variation => QuasiRejection.AtVariation(candidates, proposal, target, Alpha).LogBound,
        BoundKind.Given => LogGiven,
        _ => null,
    };

    /// <summary>Every problem with these options, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (Kind is BoundKind.Quantile or BoundKind.Variation && !(Alpha is > 0 and < 1)) yield return FormattableString.Invariant($"alpha is {Alpha}; use a number between 0 and 1.");
        if (Kind == BoundKind.Given && !double.IsFinite(LogGiven)) yield return FormattableString.Invariant($"the given bound is exp({LogGiven}); use a number above 0.");
    }
}

/// <summary>When to stop proposing for a query.</summary>
public sealed record StopRule
{
    /// <summary>How much is wanted, m, 1 or more.</summary>
    /// <value>8 by default.</value>
    public int Wanted { get; init; } = 8;

    /// <summary>What is counted against it.</summary>
    /// <value>The effective size by default: stopping at the m-th acceptance instead makes the last proposal an accepted one, always.</value>
    public StopCount Count { get; init; }

    /// <summary>Most proposals for each that is wanted.</summary>
    /// <value>20 by default.</value>
    public int CapFactor { get; init; } = 20;

    /// <summary>Whether a passage that is taken already is not taken again.</summary>
    public bool Distinct { get; init; }

    /// <summary>The most proposals, T_max.</summary>
    public long MostProposals => Count == StopCount.Proposals ? Wanted : (long)Wanted * CapFactor;

    /// <summary>Every problem with these options, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (Wanted < 1) yield return FormattableString.Invariant($"wanted is {Wanted}; use 1 or more.");
        if (CapFactor < 1) yield return FormattableString.Invariant($"cap factor is {CapFactor}; use 1 or more.");
    }
}

/// <summary>What is counted against the number that is wanted.</summary>
public enum StopCount
{
    /// <summary>The effective size of the proposals' weights, (Σw)²/Σw².</summary>
    EffectiveSize,

    /// <summary>Acceptances: for callers that need a number of passages, not an estimate.</summary>
    Accepted,

    /// <summary>Proposals.</summary>
    Proposals,
}
