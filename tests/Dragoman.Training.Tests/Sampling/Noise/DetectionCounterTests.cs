using Dragoman.Training.Sampling.Noise;

namespace Dragoman.Training.Tests.Sampling.Noise;

public sealed class DetectionCounterTests
{
    private static DetectionSummary Of(params (double Acceptance, double Kept, bool IsNoise)[] decisions)
    {
        var counter = new DetectionCounter();
        foreach (var (acceptance, kept, isNoise) in decisions) counter.Add("q", acceptance, kept, isNoise);
        return counter.Summary();
    }

    [Fact]
    public void Summary_KnownDecisions_ByHand()
    {
        // Pairs (noisy, sound): .1 < .9, .1 < .5, .5 < .9, .5 = .5 (half): 3.5 of 4.
        var found = Of((0.1, 0, true), (0.5, 1, true), (0.9, 1, false), (0.5, 0, false));
        found.Auc.ShouldBe(3.5 / 4, 1e-12);
        found.Precision.ShouldBe(0.5);
        found.Recall.ShouldBe(0.5);
        found.NoiseBefore.ShouldBe(0.5);
        found.NoiseAfter.ShouldBe(0.5);
        found.NoiseExpected.ShouldBe(0.3 / (0.3 + 0.7), 1e-12);
    }

    [Fact]
    public void Summary_Weights_NoiseAfterIsTheFormula()
    {
        var found = Of((0.1, 0.1, true), (0.3, 0.3, true), (0.9, 0.9, false), (0.7, 0.7, false), (0.8, 0.8, false));
        found.NoiseAfter.ShouldBe(found.NoiseExpected, 1e-12);
        found.NoiseAfter.ShouldBe(0.4 / 2.8, 1e-12);
        found.Recall.ShouldBe(1.6 / 2, 1e-12);
    }

    [Fact]
    public void Summary_QueriesOfAnotherScale_PairsWithinAQueryAreTheirOwn()
    {
        // In each query the noisy one has the smaller acceptance; of all six pairs, .4 is above .1 and .2.
        var counter = new DetectionCounter();
        foreach (var (query, acceptance, isNoise) in new[] { ("q1", 0.4, true), ("q1", 0.9, false), ("q2", 0.01, true), ("q2", 0.1, false), ("q3", 0.2, false) }) counter.Add(query, acceptance, 1, isNoise);
        var found = counter.Summary();
        found.AucWithinQueries.ShouldBe(1);
        found.Auc.ShouldBe(4.0 / 6, 1e-12);
    }

    [Fact]
    public void Summary_NoQueryHasBothKinds_NothingIsKnownWithinQueries()
    {
        var counter = new DetectionCounter();
        counter.Add("q1", 0.1, 0, true);
        counter.Add("q2", 0.9, 1, false);
        (counter.Summary().Auc, counter.Summary().AucWithinQueries).ShouldBe((1, double.NaN));
    }

    [Fact]
    public void Summary_OneKindOnly_IsNotNumberedWhereItCannotBe()
    {
        var sound = Of((0.9, 1, false), (0.5, 1, false));
        (sound.Auc, sound.Precision, sound.Recall).ShouldBe((double.NaN, double.NaN, double.NaN));
        (sound.NoiseBefore, sound.NoiseAfter, sound.NoiseExpected).ShouldBe((0, 0, 0));
        var noisy = Of((0.9, 0, true));
        (noisy.NoiseBefore, noisy.NoiseExpected, noisy.NoiseAfter).ShouldBe((1, 1, double.NaN));
    }
}
