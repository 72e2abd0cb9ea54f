using Dragoman.Training.Diagnostics;

namespace Dragoman.Training.Tests.Diagnostics;

/// <summary>Every number against what a hand or a closed form gives.</summary>
public sealed class VectorNumbersTests
{
    private static VectorSpread Spread(int dimension, params float[] rows) => VectorSpread.Measure(new Vectors(rows, dimension));

    [Fact]
    public void Spread_AllTheSame_IsCollapse()
    {
        var spread = Spread(3, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
        spread.MeanCosine.ShouldBe(1, 1e-12);
        spread.Uniformity.ShouldBe(0, 1e-12);
        spread.EffectiveRank.ShouldBe(1, 1e-5);
        spread.ParticipationRatio.ShouldBe(1, 1e-12);
        spread.IsoScore.ShouldBe(0, 1e-12);
        spread.PartitionIsotropy.ShouldBe(Math.Exp(-2), 1e-6, "the sum along the direction is n·e, against it n/e");
        spread.CentredMeanCosine.ShouldBe(0, "nothing is left without the mean");
    }

    /// <summary>± every axis of four dimensions: the mean is 0, of 28 pairs four are opposite and 24 at right angles.</summary>
    [Fact]
    public void Spread_CrossOfFourAxes_IsIsotropic()
    {
        var rows = new float[8 * 4];
        for (var k = 0; k < 4; k++) (rows[2 * k * 4 + k], rows[(2 * k + 1) * 4 + k]) = (1, -1);
        var spread = Spread(4, rows);
        spread.MeanCosine.ShouldBe(-1 / 7.0, 1e-12);
        spread.CentredMeanCosine.ShouldBe(-1 / 7.0, 1e-12);
        spread.Uniformity.ShouldBe(Math.Log((4 * Math.Exp(-8) + 24 * Math.Exp(-4)) / 28), 1e-9);
        spread.EffectiveRank.ShouldBe(4, 1e-4);
        spread.ParticipationRatio.ShouldBe(4, 1e-9);
        spread.IsoScore.ShouldBe(1, 1e-9);
        spread.PartitionIsotropy.ShouldBe(1, 1e-9);
        spread.Spectrum.ShouldAllBe(value => Math.Abs(value - Math.Sqrt(2 / 7.0)) < 1e-9);
    }

    /// <summary>Eigenvalues 4 and 1: singular values 2 and 1.</summary>
    [Fact]
    public void Spectrum_TwoEigenvalues_GivesKnownRanks()
    {
        double[] eigenvalues = [4, 1];
        VectorSpread.ParticipationOf(eigenvalues).ShouldBe(25 / 17.0, 1e-12);
        VectorSpread.EffectiveRankOf(eigenvalues).ShouldBe(Math.Exp(-(2 / 3.0 * Math.Log(2 / 3.0) + 1 / 3.0 * Math.Log(1 / 3.0))), 1e-5);
        VectorSpread.IsoScoreOf([1, 1, 1, 1, 1, 0, 0, 0, 0, 0], 10).ShouldBe(0.44, 0.005);
        VectorSpread.IsoScoreOf([1, 0, 0], 3).ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Contrast_MismatchesNearer_HasNoneRight()
    {
        var contrast = PairContrast.Measure(new Vectors([1, 0, 0, 1], 2), new Vectors([0.6f, 0.8f, 0.8f, 0.6f], 2));
        contrast.PositiveCosine.ShouldBe(0.6, 1e-6);
        contrast.NegativeCosine.ShouldBe(0.8, 1e-6);
        contrast.Gap.ShouldBe(-0.2, 1e-6);
        contrast.Auc.ShouldBe(0);
        contrast.RecallAt1.ShouldBe(0);
        contrast.Alignment.ShouldBe(0.8, 1e-6);
        contrast.PositiveCounts[64].ShouldBe(2);
        contrast.NegativeCounts[72].ShouldBe(2);
    }

    [Fact]
    public void Contrast_Ties_CountHalf() => PairContrast.Measure(new Vectors([1, 0, 0, 1], 2), new Vectors([0.6f, 0.8f, 0.6f, 0.8f], 2)).Auc.ShouldBe(0.5);

    [Fact]
    public void Contrast_AllTheSame_RecallIsGuessing()
    {
        var same = new Vectors([1, 0, 1, 0, 1, 0, 1, 0], 2);
        var contrast = PairContrast.Measure(same, same);
        contrast.RecallAt1.ShouldBe(0.25);
        contrast.Auc.ShouldBe(0.5);
        contrast.Gap.ShouldBe(0);
    }

    [Fact]
    public void Contrast_FurtherAnswers_AreNoMismatches()
    {
        var contrast = PairContrast.Measure(new Vectors([1, 0, 0, 1, 1, 0], 2), new Vectors([0.6f, 0.8f, 0.8f, 0.6f, 1, 0], 2), (row, other) => row != 2 && other != 2);
        contrast.RecallAt1.ShouldBe(2 / 3.0, 1e-9, "to the first the third's passage is nearer; to the second nothing is");
        contrast.NegativeCounts.Sum().ShouldBe(4);
    }

    [Fact]
    public void Trace_TwoPoints_HasTheirDistanceOverTheSpread()
    {
        var trace = LanguageTrace.Measure([("a", new Vectors([1, 0.1f, 1, -0.1f], 2)), ("b", new Vectors([-1, 0.1f, -1, -0.1f], 2))]);
        trace.Bias[0][1].ShouldBe(400, 1e-3);
        trace.Bias[1][1].ShouldBe(0);
        trace.Accuracy.ShouldBe(1);
        trace.Chance.ShouldBe(0.5);
    }

    /// <summary>In many dimensions a vector is always near a mean that it is part of; without it, languages that are alike are not told apart.</summary>
    [Fact]
    public void Trace_LanguagesAlike_IsNearChance()
    {
        var random = new Random(5);
        Vectors Cloud() => new([.. Enumerable.Range(0, 60 * 200).Select(_ => (float)(random.NextDouble() - 0.5))], 200);
        LanguageTrace.Measure([("a", Cloud()), ("b", Cloud())]).Accuracy.ShouldBe(0.5, 0.15);
    }
}
