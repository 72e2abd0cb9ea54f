using System.Diagnostics;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>
/// log p/q of a query's candidates: all at once, of the normalised target, or each when it is first proposed, so that an expensive scorer sees proposals only. Not thread-safe: one for each query and epoch.
/// </summary>
public sealed class CandidateRatios
{
    private readonly CandidateList _candidates;
    private readonly double[] _logRatios;
    private readonly bool[] _known;
    private readonly Func<int, double>? _evaluate;

    private CandidateRatios(CandidateList candidates, double[] logRatios, Func<int, double>? evaluate)
    {
        (_candidates, _logRatios, _evaluate) = (candidates, logRatios, evaluate);
        _known = new bool[logRatios.Length];
        if (evaluate is not null) return;
        Array.Fill(_known, true);
        Evaluated = _known.Length;
    }

    /// <summary>How many were asked for, or all.</summary>
    public int Evaluated { get; private set; }

    /// <summary>Time spent in the scorer.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Whether all were known from the start.</summary>
    public bool IsComplete => _evaluate is null;

    /// <summary>How many candidates there are.</summary>
    public int Count => _logRatios.Length;

    /// <summary>log p/q of a candidate that can be proposed (of a lazy target that is not normalised, log p̃/q); −∞ for one that is not wanted.</summary>
    /// <param name="candidate">Its position.</param>
    /// <exception cref="DragomanException">The scorer gave no number.</exception>
    public double this[int candidate] => _known[candidate] ? _logRatios[candidate] : Evaluate(candidate);

    /// <summary>The ratios that were evaluated; NaN for the others.</summary>
    public double[] Known() => [.. _logRatios.Select((ratio, at) => _known[at] ? ratio : double.NaN)];

    /// <summary>The ratios of a target to a proposal.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="target">p̃.</param>
    /// <exception cref="DragomanException">A candidate is wanted that is never proposed: no number of proposals would give the target.</exception>
    public static CandidateRatios Of(CandidateList candidates, Proposal proposal, Target target)
    {
        var ratios = new double[proposal.Count];
        for (var at = 0; at < ratios.Length; at++)
        {
            var (q, p) = (proposal.LogProbabilities[at], target.LogWeights[at]);
            if (double.IsNegativeInfinity(q) && !double.IsNegativeInfinity(p))
            {
                throw new DragomanException(FormattableString.Invariant($"Query {candidates.QueryId}: passage {candidates.PassageIds[at]} has probability {Math.Exp(p - target.LogTotal):G3} in the target and 0 in the proposal, so that it would never be drawn; use defence above 0, or propose deeper."));
            }
            ratios[at] = double.IsNegativeInfinity(p) ? p : p - target.LogTotal - q;
        }
        return new CandidateRatios(candidates, ratios, null);
    }

    /// <summary>Ratios that a scorer gives when a candidate is proposed for the first time.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="logRatio">log p̃/q of a candidate by its position: log π h of the negatives' formula, r/β of a tilted reward. Called at most once for each.</param>
    public static CandidateRatios Lazy(CandidateList candidates, Func<int, double> logRatio) => new(candidates, new double[candidates.Count], logRatio);

    private double Evaluate(int candidate)
    {
        var start = Stopwatch.GetTimestamp();
        var ratio = _evaluate!(candidate);
        Elapsed += Stopwatch.GetElapsedTime(start);
        if (double.IsNaN(ratio) || double.IsPositiveInfinity(ratio)) throw new DragomanException($"Query {_candidates.QueryId}: the scorer gave passage {_candidates.PassageIds[candidate]} a ratio of {ratio}, not a number; has it diverged?");
        (_logRatios[candidate], _known[candidate]) = (ratio, true);
        Evaluated++;
        return ratio;
    }
}
