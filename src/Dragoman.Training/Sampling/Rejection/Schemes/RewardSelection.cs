using System.Diagnostics;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Schemes;

/// <summary>Passages by a reward: soft acceptance (RSO), the best of N (RAFT), all above a threshold (ReST).</summary>
public static class RewardSelection
{
    /// <summary>
    /// Accepts proposals from q with probability exp((r − r_max)/β): exact draws from q exp(r/β)/Z, in which neither q's value nor Z is needed (RSO, Liu et al., ICLR 2024; there 64 proposals, 8 taken, β = 0.5).
    /// </summary>
    /// <remarks>Deviation: proposals are independent, where the paper's Algorithm 1 draws from a finite pool without replacement, which is exact only for large pools, and goes on for ever when the pool is smaller than wanted.</remarks>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="reward">r of a candidate, asked for proposals only.</param>
    /// <param name="mostReward">r_max, no less than any reward; 1 for rewards within [0, 1]. One above it is counted as a violation.</param>
    /// <param name="beta">β, above 0.</param>
    /// <param name="stop">When to stop.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <exception cref="ConfigurationException">β is not above 0.</exception>
    public static QueryDraws Soft(CandidateList candidates, Proposal proposal, Func<int, double> reward, double mostReward, double beta, StopRule stop, DrawKey key)
    {
        if (!(beta > 0 && double.IsFinite(beta))) throw new ConfigurationException("The scheme rso", [FormattableString.Invariant($"beta is {beta}; use a number above 0 (0 would leave the best alone: use scheme raft for that).")]);
        return RejectionSampler.Draw(candidates, proposal, CandidateRatios.Lazy(candidates, at => reward(at) / beta), mostReward / beta, stop, key, SamplingScheme.Rso);
    }

    /// <summary>N proposals from q, of which the k distinct passages with the best rewards are taken (RAFT, Dong et al., 2023).</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="rewards">r of each candidate, finite.</param>
    /// <param name="proposals">N, 1 or more.</param>
    /// <param name="count">k, 1 or more.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <exception cref="DragomanException">A reward is not finite.</exception>
    public static QueryDraws Best(CandidateList candidates, Proposal proposal, IReadOnlyList<double> rewards, int proposals, int count, DrawKey key)
    {
        var start = Stopwatch.GetTimestamp();
        var drawn = Propose(candidates, proposal, rewards, proposals, key);
        var best = drawn.Distinct().OrderByDescending(at => rewards[at]).ThenByDescending(at => candidates.PassageIds[at], StringComparer.Ordinal).Take(count).ToHashSet();
        return Result(SamplingScheme.Raft, candidates, proposal, rewards, drawn, best.Contains, key, start);
    }

    /// <summary>N proposals from q, of which every distinct passage with a reward above a threshold is taken (ReST, Gulcehre et al., 2023); the threshold rises from epoch to epoch, and the original data stays in the mix.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="rewards">r of each candidate, finite.</param>
    /// <param name="proposals">N, 1 or more.</param>
    /// <param name="thresholds">One for each epoch, none below the one before; the last holds from then on.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <exception cref="ConfigurationException">There is no threshold, or they fall.</exception>
    /// <exception cref="DragomanException">A reward is not finite.</exception>
    public static QueryDraws Above(CandidateList candidates, Proposal proposal, IReadOnlyList<double> rewards, int proposals, IReadOnlyList<double> thresholds, DrawKey key)
    {
        if (thresholds.Count == 0 || thresholds.Zip(thresholds.Skip(1)).Any(pair => !(pair.First <= pair.Second))) throw new ConfigurationException("The scheme rest", ["the thresholds must be one or more numbers, none below the one before."]);
        var start = Stopwatch.GetTimestamp();
        var (drawn, threshold) = (Propose(candidates, proposal, rewards, proposals, key), thresholds[Math.Clamp(key.Epoch, 1, thresholds.Count) - 1]);
        return Result(SamplingScheme.Rest, candidates, proposal, rewards, drawn, at => rewards[at] > threshold, key, start);
    }

    /// <summary>Candidates that a passage taken is better than by a least difference, and that were not taken: some at random, each once.</summary>
    /// <param name="draws">What was drawn.</param>
    /// <param name="rewards">r of each candidate; NaN for what was not evaluated, which is not among them.</param>
    /// <param name="better">The passage taken.</param>
    /// <param name="least">The least difference, above 0.</param>
    /// <param name="count">Most of them.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <returns>Positions; fewer where fewer are worse enough.</returns>
    public static IReadOnlyList<int> Worse(QueryDraws draws, IReadOnlyList<double> rewards, int better, double least, int count, DrawKey key)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(least);
        var taken = draws.Taken.Select(draw => draw.Candidate).ToHashSet();
        var stream = key.Stream(draws.Candidates.QueryId, DrawPurpose.Keys);
        return [.. Enumerable.Range(0, rewards.Count).Where(at => !taken.Contains(at) && rewards[at] <= rewards[better] - least).OrderBy(at => stream[at]).Take(count)];
    }

    private static List<int> Propose(CandidateList candidates, Proposal proposal, IReadOnlyList<double> rewards, int proposals, DrawKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(proposals, 1);
        candidates.RequireFinite(rewards, "reward");
        var stream = key.Stream(candidates.QueryId, DrawPurpose.Proposal);
        return [.. Enumerable.Range(0, proposals).Select(draw => proposal.Draw(stream[draw]))];
    }

    private static QueryDraws Result(string scheme, CandidateList candidates, Proposal proposal, IReadOnlyList<double> rewards, List<int> drawn, Func<int, bool> isTaken, DrawKey key, long start)
    {
        var seen = new HashSet<int>();
        var draws = drawn.Select(at => (at, Decision: !isTaken(at) ? Decision.Rejected : seen.Add(at) ? Decision.Accepted : Decision.Repeated)).Select(draw => new Draw(draw.at, draw.Decision, double.NaN, draw.Decision == Decision.Accepted ? 1 : 0)).ToList();
        var account = SamplingAccount.Of(candidates, draws) with { TargetEvaluations = drawn.Distinct().Count(), ProposalTime = Stopwatch.GetElapsedTime(start) };
        return new QueryDraws(scheme, key.Epoch, candidates, proposal.LogProbabilities.ToArray(), [.. rewards], draws, account);
    }
}
