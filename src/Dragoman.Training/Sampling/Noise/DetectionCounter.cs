using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Noise;

/// <summary>How well a filter tells damaged from sound, where the damage is known.</summary>
public sealed record DetectionSummary
{
    /// <summary>What was judged that is damaged.</summary>
    public required int Noisy { get; init; }

    /// <summary>What was judged that is sound.</summary>
    public required int Sound { get; init; }

    /// <summary>P(a damaged one has a smaller acceptance than a sound one), ties counted half, within [0, 1]; NaN when there are none of either kind.</summary>
    public required double Auc { get; init; }

    /// <summary>
    /// P(a damaged one has a smaller acceptance than a sound one of the same query), over all such pairs, ties counted half; NaN when no query has both. Where a bound is a query's own, acceptances of different queries
    /// have no common scale, and this is what the filter can be held to.
    /// </summary>
    public required double AucWithinQueries { get; init; }

    /// <summary>Share of damaged ones among what was rejected; NaN when nothing was.</summary>
    public required double Precision { get; init; }

    /// <summary>Share of the damaged ones that was rejected; NaN when there are none.</summary>
    public required double Recall { get; init; }

    /// <summary>Mean acceptance of damaged ones; NaN when there are none, or acceptances are no probabilities.</summary>
    public required double AcceptNoisy { get; init; }

    /// <summary>Mean acceptance of sound ones; NaN as above.</summary>
    public required double AcceptSound { get; init; }

    /// <summary>Share of damaged ones before the filter, ρ.</summary>
    public double NoiseBefore => (double)Noisy / (Noisy + Sound);

    /// <summary>Share of damaged ones among what was kept; weights count as they are. NaN when nothing was.</summary>
    public required double NoiseAfter { get; init; }

    /// <summary>What the share should be: ρ a_n / (ρ a_n + (1 − ρ) a_c), from the mean acceptances.</summary>
    public double NoiseExpected => Noisy == 0 ? 0 : Sound == 0 ? 1 : AgreementAcceptance.NoiseAfter(NoiseBefore, AcceptNoisy, AcceptSound);
}

/// <summary>Counts decisions of a filter against the truth. Not thread-safe.</summary>
public sealed class DetectionCounter
{
    private readonly List<(string QueryId, double Acceptance, bool IsNoise)> _judged = [];
    private double _keptNoisy, _keptSound;

    /// <summary>Counts a decision.</summary>
    /// <param name="queryId">The query it was made for.</param>
    /// <param name="acceptance">The probability of keeping it, 0 or more; greater means sound.</param>
    /// <param name="kept">How much of it was kept: 0 or 1, or its weight, within [0, 1].</param>
    /// <param name="isNoise">Whether it is damaged.</param>
    public void Add(string queryId, double acceptance, double kept, bool isNoise)
    {
        _judged.Add((queryId, acceptance, isNoise));
        if (isNoise) _keptNoisy += kept;
        else _keptSound += kept;
    }

    /// <summary>What was counted; one decision at least.</summary>
    public DetectionSummary Summary()
    {
        ArgumentOutOfRangeException.ThrowIfZero(_judged.Count, "decisions");
        var noisy = _judged.Count(entry => entry.IsNoise);
        var (sound, rejectedNoisy) = (_judged.Count - noisy, noisy - _keptNoisy);
        return new DetectionSummary
        {
            Noisy = noisy, Sound = sound, Auc = Auc([_judged]), AucWithinQueries = Auc(_judged.GroupBy(entry => entry.QueryId)), Precision = Ratio(rejectedNoisy, _judged.Count - _keptNoisy - _keptSound), Recall = Ratio(rejectedNoisy, noisy),
            AcceptNoisy = Mean(true), AcceptSound = Mean(false), NoiseAfter = Ratio(_keptNoisy, _keptNoisy + _keptSound),
        };
    }

    // The Mann-Whitney statistic over the pairs of each group, by ranks that ties share.
    private static double Auc(IEnumerable<IEnumerable<(string QueryId, double Acceptance, bool IsNoise)>> groups)
    {
        var (below, pairs) = (0.0, 0.0);
        foreach (var group in groups)
        {
            var (lower, higher) = (0, 0);
            foreach (var tied in group.GroupBy(entry => entry.Acceptance).OrderBy(ties => ties.Key))
            {
                var (bad, good) = (tied.Count(entry => entry.IsNoise), tied.Count(entry => !entry.IsNoise));
                below += good * (lower + (bad / 2.0));
                (lower, higher) = (lower + bad, higher + good);
            }
            pairs += (double)lower * higher;
        }
        return Ratio(below, pairs);
    }

    private double Mean(bool isNoise) => _judged.Where(entry => entry.IsNoise == isNoise).Select(entry => entry.Acceptance).DefaultIfEmpty(double.NaN).Average();

    private static double Ratio(double part, double whole) => whole > 1e-12 ? part / whole : double.NaN;
}
