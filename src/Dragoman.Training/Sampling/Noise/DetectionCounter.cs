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
    private readonly List<(double Acceptance, bool IsNoise)> _judged = [];
    private double _keptNoisy, _keptSound;

    /// <summary>Counts a decision.</summary>
    /// <param name="acceptance">The probability of keeping it, 0 or more; greater means sound.</param>
    /// <param name="kept">How much of it was kept: 0 or 1, or its weight, within [0, 1].</param>
    /// <param name="isNoise">Whether it is damaged.</param>
    public void Add(double acceptance, double kept, bool isNoise)
    {
        _judged.Add((acceptance, isNoise));
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
            Noisy = noisy, Sound = sound, Auc = Auc(noisy, sound), Precision = Ratio(rejectedNoisy, _judged.Count - _keptNoisy - _keptSound), Recall = Ratio(rejectedNoisy, noisy),
            AcceptNoisy = Mean(true), AcceptSound = Mean(false), NoiseAfter = Ratio(_keptNoisy, _keptNoisy + _keptSound),
        };
    }

    // The Mann-Whitney statistic, by ranks that ties share.
    private double Auc(int noisy, int sound)
    {
        if (noisy == 0 || sound == 0) return double.NaN;
        var (below, lower) = (0.0, 0);
        foreach (var tied in _judged.GroupBy(entry => entry.Acceptance).OrderBy(group => group.Key))
        {
            var (bad, good) = (tied.Count(entry => entry.IsNoise), tied.Count(entry => !entry.IsNoise));
            below += good * (lower + bad / 2.0);
            lower += bad;
        }
        return below / ((double)noisy * sound);
    }

    private double Mean(bool isNoise) => _judged.Where(entry => entry.IsNoise == isNoise).Select(entry => entry.Acceptance).DefaultIfEmpty(double.NaN).Average();

    private static double Ratio(double part, double whole) => whole > 1e-12 ? part / whole : double.NaN;
}
