using MathNet.Numerics.Distributions;

namespace Dragoman.Training.Tests.Sampling.Rejection;

/// <summary>Pearson's test of counts against a distribution: cells that expect less than 5 are merged into one; rejected at 0.001.</summary>
internal sealed record GoodnessOfFit(double Statistic, int Freedom)
{
    internal const double Level = 0.001;

    internal double P => Freedom == 0 ? 1 : 1 - ChiSquared.CDF(Freedom, Statistic);

    internal bool Fits => P >= Level;

    internal static GoodnessOfFit Of(IEnumerable<int> drawn, IReadOnlyList<double> probabilities)
    {
        var counts = new long[probabilities.Count];
        foreach (var at in drawn) counts[at]++;
        var total = counts.Sum();
        var (statistic, cells, restSeen, restExpected) = (0.0, 0, 0L, 0.0);
        for (var at = 0; at < counts.Length; at++)
        {
            var expected = total * probabilities[at];
            if (expected == 0) counts[at].ShouldBe(0);
            if (expected < 5)
            {
                (restSeen, restExpected) = (restSeen + counts[at], restExpected + expected);
                continue;
            }
            statistic += (counts[at] - expected) * (counts[at] - expected) / expected;
            cells++;
        }
        if (restExpected > 0)
        {
            statistic += (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
            cells++;
        }
        return new GoodnessOfFit(statistic, cells - 1);
    }
}
