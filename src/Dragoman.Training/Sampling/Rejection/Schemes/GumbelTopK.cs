using System.Diagnostics;

namespace Dragoman.Training.Sampling.Rejection.Schemes;

/// <summary>
/// k distinct passages in one pass, without proposals or a bound: keys log p + Gumbel noise, the k greatest (Kool, van Hoof and Welling, ICML 2019; Efraimidis and Spirakis, 2006). The first follows p, the next p without the
/// first, and so on. The way to take when all of p is known.
/// </summary>
/// <remarks>The probability of being among the k is not k·p. Weights p/(1 − exp(−exp(log p − κ))), with κ the next key, make Σ weight·f an unbiased estimate of Σ p f.</remarks>
public static class GumbelTopK
{
    /// <summary>Takes k passages; fewer when fewer are wanted at all. Draws are listed by key, so that the first are taken.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="target">p.</param>
    /// <param name="count">k, 1 or more.</param>
    /// <param name="key">Seed and epoch.</param>
    public static QueryDraws Draw(CandidateList candidates, Target target, int count, DrawKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var start = Stopwatch.GetTimestamp();
        var (p, stream) = (target.LogProbabilities(), key.Stream(candidates.QueryId, DrawPurpose.Keys));
        var keys = p.Select((logP, at) => logP + Noise(stream[at])).ToArray();
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(order, (left, right) => keys[right] != keys[left] ? keys[right].CompareTo(keys[left]) : left.CompareTo(right));
        var threshold = count < keys.Length ? keys[order[count]] : double.NegativeInfinity;
        var draws = order.Select((candidate, place) =>
            place < count && !double.IsNegativeInfinity(p[candidate]) ? new Draw(candidate, Decision.Accepted, double.NaN, Weight(p[candidate], threshold)) : new Draw(candidate, Decision.Rejected, double.NaN, 0)).ToList();
        var uniform = Enumerable.Repeat(-Math.Log(p.Length), p.Length).ToArray();                 // every candidate is looked at once
        var account = SamplingAccount.Of(candidates, draws) with { TargetEvaluations = p.Length, Capped = draws.Count(draw => draw.IsTaken) < Math.Min(count, p.Length), ProposalTime = Stopwatch.GetElapsedTime(start) };
        return new QueryDraws(SamplingScheme.GumbelTopK, key.Epoch, candidates, uniform, [.. p.Select((logP, at) => logP - uniform[at])], draws, account);
    }

    /// <summary>Standard Gumbel noise.</summary>
    /// <param name="uniform">A number within (0, 1).</param>
    internal static double Noise(double uniform) => -Math.Log(-Math.Log(uniform));

    private static double Weight(double logP, double threshold)
    {
        if (double.IsNegativeInfinity(threshold)) return Math.Exp(logP);
        var rate = Math.Exp(logP - threshold);
        return rate == 0 ? Math.Exp(threshold) : Math.Exp(logP) / LogSpace.OneMinusExpOfMinus(rate);
    }
}
