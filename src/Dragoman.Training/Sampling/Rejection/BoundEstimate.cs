namespace Dragoman.Training.Sampling.Rejection;

/// <summary>What each choice of M costs for a query: the least valid one, and what the other schemes make of the same proposal and target.</summary>
public sealed record BoundEstimate
{
    /// <summary>The query.</summary>
    public required string QueryId { get; init; }

    /// <summary>Candidates.</summary>
    public required int Candidates { get; init; }

    /// <summary>The least M with M q ≥ p everywhere: proposals for each acceptance, on average.</summary>
    public required double Bound { get; init; }

    /// <summary>1 + χ²(p‖q): proposals for each effective draw of importance weighting; never more than <see cref="Bound"/>.</summary>
    public required double ImportanceCost { get; init; }

    /// <summary>Share of the target on grade 0.</summary>
    public required double ZeroMass { get; init; }

    /// <summary>What quasi-rejection gives with the least M′ for the total variation.</summary>
    public required QuasiRejection Quasi { get; init; }

    /// <summary>What it gives with the quantile.</summary>
    public required QuasiRejection Quantile { get; init; }

    /// <summary>Total variation when a given M is taken; NaN when none was given.</summary>
    public required double GivenVariation { get; init; }

    /// <summary>Estimates for a query by its data and its scores.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="target">p.</param>
    /// <param name="alpha">The total variation that quasi-rejection may have.</param>
    /// <param name="given">An M to look at; null for none.</param>
    /// <exception cref="Collections.Errors.DragomanException">A candidate is wanted that is never proposed.</exception>
    public static BoundEstimate Of(CandidateList candidates, Proposal proposal, Target target, double alpha, double? given = null)
    {
        var (ratios, p) = (CandidateRatios.Of(candidates, proposal, target).Known(), target.LogProbabilities());
        return new BoundEstimate
        {
            QueryId = candidates.QueryId, Candidates = candidates.Count, Bound = Math.Exp(LogSpace.Max(ratios)), ZeroMass = target.ZeroMass(candidates),
            ImportanceCost = p.Select((value, at) => double.IsNegativeInfinity(value) ? 0 : Math.Exp(value + ratios[at])).Sum(),
            Quasi = QuasiRejection.AtVariation(candidates, proposal, target, alpha), Quantile = QuasiRejection.AtQuantile(candidates, proposal, target, alpha),
            GivenVariation = given is { } bound ? QuasiRejection.Of(proposal, target, Math.Log(bound)).Variation : double.NaN,
        };
    }
}
