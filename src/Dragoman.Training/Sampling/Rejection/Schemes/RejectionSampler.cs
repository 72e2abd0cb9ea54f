using System.Diagnostics;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Schemes;

/// <summary>
/// Draws from q and accepts x with min(1, p(x)/(M q(x))). With a bound M ≥ max p/q the accepted passages are exact, independent draws from p; with a smaller one they follow <see cref="QuasiRejection"/>.
/// </summary>
/// <remarks>
/// A running bound (Caffo, Booth and Davison, Biometrika 2002) is the greatest ratio seen; when it grows from M to M⁺, each earlier acceptance is kept with probability M/M⁺, so that what is left was accepted under the last bound. It begins at 1 where
/// the target is normalised, as two distributions have a ratio of 1 or more somewhere. A run that is too short to meet the great ratios accepts far too much of what is wanted little.
/// A ratio above an exact or given bound is counted as a violation and its proposal accepted; the account and the ledger tell of it.
/// </remarks>
public static class RejectionSampler
{
    /// <summary>Draws for a query.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="ratios">log p/q.</param>
    /// <param name="logBound">log M against these ratios; null for a running bound.</param>
    /// <param name="stop">When to stop.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <param name="scheme">The name under which it is accounted.</param>
    /// <exception cref="DragomanException">A ratio is not a number.</exception>
    public static QueryDraws Draw(CandidateList candidates, Proposal proposal, CandidateRatios ratios, double? logBound, StopRule stop, DrawKey key, string scheme = SamplingScheme.Rejection)
    {
        var start = Stopwatch.GetTimestamp();
        var state = new State(candidates, ratios, logBound, stop.Distinct, key);
        var (proposals, acceptance) = (key.Stream(candidates.QueryId, DrawPurpose.Proposal), key.Stream(candidates.QueryId, DrawPurpose.Acceptance));
        var most = stop.MostProposals;
        var enough = false;
        for (var draw = 0L; draw < most && !enough; draw++)
        {
            state.Judge(proposal.Draw(proposals[draw]), acceptance[draw]);
            enough = stop.Count switch { StopCount.Accepted => state.Accepted >= stop.Wanted, StopCount.EffectiveSize => state.Weights.EffectiveSize >= stop.Wanted, _ => false };
        }
        var elapsed = Stopwatch.GetElapsedTime(start) - ratios.Elapsed;
        var account = SamplingAccount.Of(candidates, state.Draws) with
        {
            LogBound = state.LogBound, EffectiveSize = state.Weights.EffectiveSize, AboveBound = state.Above, BoundRaised = state.Raised, Capped = !enough && stop.Count != StopCount.Proposals, TargetEvaluations = ratios.Evaluated,
            ExpectedRate = ExpectedRate(ratios, proposal, state.LogBound), TargetTime = ratios.Elapsed, ProposalTime = elapsed,
        };
        return new QueryDraws(scheme, key.Epoch, candidates, proposal.LogProbabilities.ToArray(), ratios.Known(), state.Draws, account);
    }

    // Σ q min(1, p/(M q)): 1/M while M is a bound, and Z'/M' otherwise.
    private static double ExpectedRate(CandidateRatios ratios, Proposal proposal, double logBound)
    {
        if (!ratios.IsComplete) return double.NaN;
        var rate = 0.0;
        for (var at = 0; at < ratios.Count; at++) rate += Math.Exp(proposal.LogProbabilities[at] + Math.Min(0, ratios[at] - logBound));
        return rate;
    }

    private struct State(CandidateList candidates, CandidateRatios ratios, double? given, bool distinct, DrawKey key)
    {
        private readonly double[] _acceptance = Unknown(candidates.Count);                 // min(1, ratio/M) of each, as far as known under the present bound
        private readonly HashSet<int>? _taken = distinct ? [] : null;
        private readonly DrawStream _thinning = key.Stream(candidates.QueryId, DrawPurpose.Thinning);
        private readonly double? _given = given;
        private long _thinned = 0;

        internal WeightSums Weights = new();

        internal List<Draw> Draws { get; } = [];

        internal double LogBound { get; private set; } = given ?? (ratios.IsComplete ? 0 : double.NegativeInfinity);

        internal long Accepted { get; private set; } = 0;

        internal long Above { get; private set; } = 0;

        internal int Raised { get; private set; } = 0;

        internal void Judge(int candidate, double uniform)
        {
            var ratio = ratios[candidate];
            Weights.Add(ratio);
            if (_given is null && ratio > LogBound) Raise(ratio);
            var acceptance = _acceptance[candidate];
            if (double.IsNaN(acceptance)) _acceptance[candidate] = acceptance = double.IsNegativeInfinity(ratio) ? 0 : Math.Exp(Math.Min(0, ratio - LogBound));
            var decision = uniform < acceptance ? ratio > LogBound + Rounding ? Decision.AboveBound : Decision.Accepted : Decision.Rejected;
            if (decision != Decision.Rejected && _taken?.Add(candidate) == false) decision = Decision.Repeated;
            if (decision == Decision.AboveBound) Above++;
            var taken = decision is Decision.Accepted or Decision.AboveBound;
            if (taken) Accepted++;
            Draws.Add(new Draw(candidate, decision, LogBound, taken ? 1 : 0));
        }

        private void Raise(double bound)
        {
            if (!double.IsNegativeInfinity(LogBound))
            {
                Raised++;
                Thin(Math.Exp(LogBound - bound));
            }
            LogBound = bound;
            Array.Fill(_acceptance, double.NaN);
        }

        private void Thin(double keep)
        {
            for (var at = 0; at < Draws.Count; at++)
            {
                if (!Draws[at].IsTaken || _thinning[_thinned++] < keep) continue;
                _taken?.Remove(Draws[at].Candidate);
                Accepted--;
                Draws[at] = Draws[at] with { Decision = Decision.Thinned, Weight = 0 };
            }
        }

        private static double[] Unknown(int count)
        {
            var values = new double[count];
            Array.Fill(values, double.NaN);
            return values;
        }
    }

    // A bound that was computed by another order of sums is not violated by its last digit.
    private const double Rounding = 1e-9;
}

/// <summary>What all random numbers of an epoch follow from, beside the query.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Epoch">The epoch, from 1.</param>
public readonly record struct DrawKey(int Seed, int Epoch)
{
    /// <summary>The numbers of a query for a purpose.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="purpose">The purpose.</param>
    public DrawStream Stream(string queryId, DrawPurpose purpose) => new(Seed, Epoch, queryId, purpose);
}
