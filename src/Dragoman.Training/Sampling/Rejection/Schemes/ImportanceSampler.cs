using System.Diagnostics;

namespace Dragoman.Training.Sampling.Rejection.Schemes;

/// <summary>
/// Weights in the place of decisions: proposals from q weigh p/q. Their effective size is T/(1 + χ²(p‖q)) in the long run, which is never less than the T/M that rejection keeps. The bias of self-normalised means falls as 1/T.
/// </summary>
public static class ImportanceSampler
{
    /// <summary>Self-normalised weights, w/Σw. A weight above √T times the mean is cut to that (Ionides, 2008): a little bias for much less variance; such proposals are marked <see cref="Decision.AboveBound"/>.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="ratios">log p/q.</param>
    /// <param name="stop">When to stop; <see cref="StopRule.Distinct"/> has no meaning here.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <param name="truncate">Whether great weights are cut.</param>
    public static QueryDraws Weigh(CandidateList candidates, Proposal proposal, CandidateRatios ratios, StopRule stop, DrawKey key, bool truncate = true)
    {
        var start = Stopwatch.GetTimestamp();
        var (drawn, sums, enough) = Propose(candidates, proposal, ratios, stop, key);
        var limit = truncate ? sums.LogSum - Math.Log(drawn.Count) / 2 : double.PositiveInfinity;        // √T · mean = Σw/√T
        var logWeights = drawn.Select(candidate => Math.Min(ratios[candidate], limit)).ToArray();
        var total = LogSpace.LogSumExp(logWeights);
        var draws = drawn.Select((candidate, at) =>
        {
            var weight = double.IsNegativeInfinity(logWeights[at]) ? 0 : Math.Exp(logWeights[at] - total);
            return new Draw(candidate, weight == 0 ? Decision.Rejected : ratios[candidate] > limit ? Decision.AboveBound : Decision.Accepted, double.NaN, weight);
        }).ToList();
        return Result(SamplingScheme.Importance, candidates, proposal, ratios, draws, key, sums, !enough, start);
    }

    /// <summary>Sampling, importance, resampling (Rubin, 1987): T proposals, of which m are taken without replacement in proportion to p/q, by Gumbel keys. Follows p as T grows.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="ratios">log p/q.</param>
    /// <param name="wanted">m, 1 or more.</param>
    /// <param name="factor">T/m, 10 or more.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 10, which is too coarse.</exception>
    public static QueryDraws Resample(CandidateList candidates, Proposal proposal, CandidateRatios ratios, int wanted, int factor, DrawKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 10);
        var start = Stopwatch.GetTimestamp();
        var (drawn, sums, _) = Propose(candidates, proposal, ratios, new StopRule { Wanted = wanted * factor, Count = StopCount.Proposals }, key);
        var keys = key.Stream(candidates.QueryId, DrawPurpose.Keys);
        var taken = Enumerable.Range(0, drawn.Count).Where(at => !double.IsNegativeInfinity(ratios[drawn[at]]))
            .OrderByDescending(at => ratios[drawn[at]] + GumbelTopK.Noise(keys[at])).Take(wanted).ToHashSet();
        var draws = drawn.Select((candidate, at) => new Draw(candidate, taken.Contains(at) ? Decision.Accepted : Decision.Rejected, double.NaN, taken.Contains(at) ? 1 : 0)).ToList();
        return Result(SamplingScheme.Resampling, candidates, proposal, ratios, draws, key, sums, capped: false, start);
    }

    private static (List<int> Drawn, WeightSums Sums, bool Enough) Propose(CandidateList candidates, Proposal proposal, CandidateRatios ratios, StopRule stop, DrawKey key)
    {
        var (stream, drawn, sums) = (key.Stream(candidates.QueryId, DrawPurpose.Proposal), new List<int>(), new WeightSums());
        var enough = false;
        while (drawn.Count < stop.MostProposals && !enough)
        {
            var candidate = proposal.Draw(stream[drawn.Count]);
            sums.Add(ratios[candidate]);
            drawn.Add(candidate);
            enough = stop.Count != StopCount.Proposals && sums.EffectiveSize >= stop.Wanted;
        }
        return (drawn, sums, enough || stop.Count == StopCount.Proposals);
    }

    private static QueryDraws Result(string scheme, CandidateList candidates, Proposal proposal, CandidateRatios ratios, List<Draw> draws, DrawKey key, WeightSums sums, bool capped, long start) =>
        new(scheme, key.Epoch, candidates, proposal.LogProbabilities.ToArray(), ratios.Known(), draws, SamplingAccount.Of(candidates, draws) with
        {
            EffectiveSize = sums.EffectiveSize, Capped = capped, TargetEvaluations = ratios.Evaluated, TargetTime = ratios.Elapsed, ProposalTime = Stopwatch.GetElapsedTime(start) - ratios.Elapsed,
        });
}
