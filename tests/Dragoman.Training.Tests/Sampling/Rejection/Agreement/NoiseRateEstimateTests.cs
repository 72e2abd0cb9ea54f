using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Tests.Sampling.Rejection.Agreement;

public sealed class NoiseRateEstimateTests
{
    /// <summary>Probabilities, balanced, of labels of which a share is wrong: scores of right ones are N(1, s), of wrong ones N(−1, s), so that ln(η/(1 − η)) = 2x/s².</summary>
    private static double[] Labels(int count, double wrong, double spread, int seed = 3)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(at => (at < wrong * count ? -1 : 1) + spread * Normal()).Select(score => RelevanceCalibration.Sigmoid(2 * score / (spread * spread)))];
    }

    [Theory]
    [InlineData(0, 0.7)]
    [InlineData(0.05, 0.7)]
    [InlineData(0.2, 1)]
    [InlineData(0.4, 1)]
    [InlineData(0.4, 0.3)]                                                                    // nearly told apart
    public void Of_LabelsOfAPlantedShare_FindsIt(double wrong, double spread)
    {
        var labels = Labels(10_000, wrong, spread);
        var rate = NoiseRateEstimate.Of(labels);
        rate.ShouldBe(wrong, 0.02);                                                           // three standard errors of 10,000 that overlap this much are .018 at most
        // What the estimate means: the labels' mean probability of being right is 1 less it (but at the ends of its range).
        var noise = NoiseTransition.Symmetric(2, rate);
        if (rate > 0) labels.Average(label => noise.Clean([1 - label, label], 1)).ShouldBe(1 - rate, 1e-6);
    }

    [Fact]
    public void Of_LabelsAtTheEnds_StaysWithinItsRange()
    {
        NoiseRateEstimate.Of([]).ShouldBe(0);
        NoiseRateEstimate.Of([1, 1, 1]).ShouldBe(0);
        NoiseRateEstimate.Of([0, 0, 0]).ShouldBe(NoiseRateEstimate.Most);
        NoiseRateEstimate.Of([0, 1, 1, 1]).ShouldBe(0.25, 1e-6);
        NoiseRateEstimate.Of([0.5, 0.5]).ShouldBe(0);                                         // nothing is known against them
        NoiseRateEstimate.Of(Labels(2000, 0.8, 0.5)).ShouldBe(NoiseRateEstimate.Most);
    }
}
