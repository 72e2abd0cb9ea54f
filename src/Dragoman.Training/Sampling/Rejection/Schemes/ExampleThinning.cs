using System.Diagnostics;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Schemes;

/// <summary>
/// Keeps each example of a fixed list with its own probability, one uniform number an example. Nothing is proposed here: the list is thinned, and the mean loss of what is left estimates E[a·loss]/E[a]. Where the loss has been computed
/// anyway, weighing by a says the same without the noise.
/// </summary>
public static class ExampleThinning
{
    /// <summary>Thins or weighs.</summary>
    /// <param name="scheme">The name under which it is accounted.</param>
    /// <param name="candidates">The examples of a query.</param>
    /// <param name="acceptance">The probability of keeping each, within [0, 1].</param>
    /// <param name="weigh">Whether every example with a probability above 0 is kept and weighs as much.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <exception cref="DragomanException">A probability is outside [0, 1].</exception>
    public static QueryDraws Draw(string scheme, CandidateList candidates, IReadOnlyList<double> acceptance, bool weigh, DrawKey key)
    {
        candidates.RequireShares(acceptance, "probability of acceptance");
        var (start, stream) = (Stopwatch.GetTimestamp(), key.Stream(candidates.QueryId, DrawPurpose.Acceptance));
        var draws = acceptance.Select((share, at) =>
        {
            var kept = weigh ? share > 0 : stream[at] < share;
            return new Draw(at, kept ? Decision.Accepted : Decision.Rejected, 0, kept ? weigh ? share : 1 : 0);
        }).ToList();
        var logUniform = -Math.Log(acceptance.Count);
        var (sum, squares) = (acceptance.Sum(), acceptance.Sum(share => share * share));
        var account = SamplingAccount.Of(candidates, draws) with
        {
            LogBound = 0, ExpectedRate = sum / acceptance.Count, EffectiveSize = squares > 0 ? sum * sum / squares : 0, TargetEvaluations = acceptance.Count, ProposalTime = Stopwatch.GetElapsedTime(start),
        };
        return new QueryDraws(scheme, key.Epoch, candidates, [.. Enumerable.Repeat(logUniform, acceptance.Count)], [.. acceptance.Select(share => Math.Log(share))], draws, account);
    }
}
