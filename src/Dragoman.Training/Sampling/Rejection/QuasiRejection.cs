using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>
/// What accepting with min(1, p/(M′q)) gives when M′ is not a bound (quasi-rejection, Eikema et al., TMLR 2022): the distribution p_M′ = min(p, M′q)/Z′ with Z′ = Σ min(p, M′q), accepted at rate Z′/M′ and at most 1 − Z′
/// from p in total variation.
/// </summary>
public sealed record QuasiRejection
{
    /// <summary>log M′, for the normalised target.</summary>
    public required double LogBound { get; init; }

    /// <summary>Z′, within (0, 1]; 1 when M′ is a bound.</summary>
    public required double Mass { get; init; }

    /// <summary>Share of proposals that are accepted, Z′/M′.</summary>
    public double Rate => Mass / Math.Exp(LogBound);

    /// <summary>The most that p_M′ can differ from p in total variation, 1 − Z′.</summary>
    public double MostVariation => Math.Max(0, 1 - Mass);

    /// <summary>How much it differs, ½ Σ |p − p_M′|.</summary>
    public required double Variation { get; init; }

    /// <summary>log p_M′ of every candidate.</summary>
    public required IReadOnlyList<double> LogProbabilities { get; init; }

    /// <summary>Computes what a bound gives.</summary>
    /// <param name="proposal">q.</param>
    /// <param name="target">p.</param>
    /// <param name="logBound">log M′, for the normalised target; any number.</param>
    public static QuasiRejection Of(Proposal proposal, Target target, double logBound)
    {
        var p = target.LogProbabilities();
        var capped = p.Select((value, at) => Math.Min(value, logBound + proposal.LogProbabilities[at])).ToArray();
        var logMass = LogSpace.LogSumExp(capped);
        var given = capped.Select(value => value - logMass).ToArray();
        return new QuasiRejection { LogBound = logBound, Mass = Math.Exp(logMass), LogProbabilities = given, Variation = p.Select((value, at) => Math.Abs(Math.Exp(value) - Math.Exp(given[at]))).Sum() / 2 };
    }

    /// <summary>The least M′ for which the ratio is above M′ with probability at most α under p; then the total variation is at most α.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="target">p.</param>
    /// <param name="alpha">α, within [0, 1).</param>
    /// <exception cref="DragomanException">A candidate is wanted that is never proposed.</exception>
    public static QuasiRejection AtQuantile(CandidateList candidates, Proposal proposal, Target target, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alpha, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        var (ratios, p) = (CandidateRatios.Of(candidates, proposal, target), target.LogProbabilities());
        var (above, bound) = (0.0, double.NegativeInfinity);
        foreach (var at in Enumerable.Range(0, p.Length).Where(at => !double.IsNegativeInfinity(p[at])).OrderByDescending(at => ratios[at]))
        {
            bound = ratios[at];
            above += Math.Exp(p[at]);
            if (above > alpha) break;                                                  // with this one above M', too much would be
        }
        return Of(proposal, target, bound);
    }

    /// <summary>The least M′ for which 1 − Z′ is at most α; never above that of <see cref="AtQuantile"/>, which looks at whole candidates. It needs all of p, where a quantile can be estimated from draws.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="target">p.</param>
    /// <param name="alpha">α, within [0, 1).</param>
    /// <exception cref="DragomanException">A candidate is wanted that is never proposed.</exception>
    public static QuasiRejection AtVariation(CandidateList candidates, Proposal proposal, Target target, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alpha, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        var (ratios, p) = (CandidateRatios.Of(candidates, proposal, target), target.LogProbabilities());
        var order = Enumerable.Range(0, p.Length).Where(at => !double.IsNegativeInfinity(p[at])).OrderByDescending(at => ratios[at]).ToList();
        // What is above M' loses Σ (p − M'q) over the candidates with the greatest ratios: linear in M' until it reaches the next ratio.
        var (above, logProposed, bound) = (0.0, double.NegativeInfinity, ratios[order[0]]);
        for (var place = 0; place < order.Count; place++)
        {
            above += Math.Exp(p[order[place]]);
            logProposed = LogSpace.Add(logProposed, proposal.LogProbabilities[order[place]]);
            var next = place + 1 < order.Count ? ratios[order[place + 1]] : double.NegativeInfinity;
            if (above <= alpha) continue;
            bound = Math.Log(above - alpha) - logProposed;
            if (bound >= next) break;
        }
        return Of(proposal, target, bound);
    }
}
