using Dragoman.Training.Diagnostics;

namespace Dragoman.Training.Tests.Diagnostics;

public sealed class CollapseDiagnosticsTests
{
    [Fact]
    public void Measure_IsotropicPairs_RaisesNoAlarm()
    {
        var vectors = Sphere(400, 32, used: 32, seed: 1);
        var report = CollapseDiagnostics.Measure(vectors, vectors, 32);
        report.RecallAt1.ShouldBe(1);
        report.Auc.ShouldBe(1, 1e-9);
        report.Alignment.ShouldBe(0, 1e-5);
        report.MeanCosine.ShouldBe(0, 0.02);
        report.Uniformity.ShouldBe(-4 + 2 * 4.0 / 32, 0.35);
        report.IsoScore.ShouldBeGreaterThan(0.9);
        report.LanguageAccuracy.ShouldBe(0, "both sides have the same centroid, so none is nearer to its own");
        report.PartitionIsotropy.ShouldBeGreaterThan(0.9);
        report.Alarms().ShouldBeEmpty();
    }

    [Fact]
    public void Measure_SidesApart_TellsTheLanguages()
    {
        var (left, right) = (Sphere(100, 16, 16, seed: 6), Sphere(100, 16, 16, seed: 7));
        for (var row = 0; row < 100; row++)
        {
            left[row * 16] += 2;
            right[row * 16] -= 2;
            Normalise(left.AsSpan(row * 16, 16));
            Normalise(right.AsSpan(row * 16, 16));
        }
        var report = CollapseDiagnostics.Measure(left, right, 16);
        report.LanguageAccuracy.ShouldBe(1);
        report.LanguageBias.ShouldBeGreaterThan(10);
        report.PartitionIsotropy.ShouldBeLessThan(0.8);
    }

    [Fact]
    public void Measure_OneDirection_RaisesTheCosineAlarm()
    {
        var vectors = Sphere(200, 32, used: 32, seed: 2);
        for (var row = 0; row < 200; row++)
        {
            var part = vectors.AsSpan(row * 32, 32);
            for (var k = 0; k < 32; k++) part[k] = part[k] * 0.1f + (k == 0 ? 1 : 0);
            Normalise(part);
        }
        var report = CollapseDiagnostics.Measure(vectors, vectors, 32);
        report.MeanCosine.ShouldBeGreaterThan(0.9);
        report.CentredMeanCosine.ShouldBeLessThan(0.1);
        report.Uniformity.ShouldBeGreaterThan(-0.2);
        report.Alarms().ShouldContain(alarm => alarm.StartsWith("mean cosine", StringComparison.Ordinal));
    }

    [Fact]
    public void Alarms_FewVectorsOfOneDirection_NameTheLimitThatHolds()
    {
        var vectors = Sphere(6, 64, used: 1, seed: 3);
        var report = CollapseDiagnostics.Measure(vectors, vectors, 64);
        report.LeastEffectiveRank.ShouldBe(1.1, 1e-9);
        (report with { EffectiveRank = 1.0 }).Alarms().ShouldContain("effective rank 1.0 is below 1.1, a tenth of what 12 vectors can span.");
    }

    /// <summary>Five of ten dimensions in use: IsoScore 0.44 (Rudman et al. 2022), participation ratio and effective rank 5.</summary>
    [Fact]
    public void Measure_HalfTheDimensions_GivesKnownIsoScore()
    {
        var vectors = Sphere(4000, 10, used: 5, seed: 3);
        var report = CollapseDiagnostics.Measure(vectors.AsSpan(0, 20000), vectors.AsSpan(20000), 10);
        report.IsoScore.ShouldBe(0.44, 0.01);
        report.ParticipationRatio.ShouldBe(5, 0.05);
        report.EffectiveRank.ShouldBe(5, 0.05);
    }

    [Fact]
    public void Measure_UnrelatedSides_RaisesTheAucAlarm()
    {
        var report = CollapseDiagnostics.Measure(Sphere(300, 16, 16, seed: 4), Sphere(300, 16, 16, seed: 5), 16);
        report.Auc.ShouldBe(0.5, 0.06);
        report.RecallAt1.ShouldBeLessThan(0.05);
        report.Alarms().ShouldContain(alarm => alarm.StartsWith("AUC", StringComparison.Ordinal));
    }

    private static float[] Sphere(int count, int dimension, int used, int seed)
    {
        var random = new Random(seed);
        var vectors = new float[count * dimension];
        for (var row = 0; row < count; row++)
        {
            var part = vectors.AsSpan(row * dimension, dimension);
            for (var k = 0; k < used; k++) part[k] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            Normalise(part);
        }
        return vectors;
    }

    private static void Normalise(Span<float> vector)
    {
        var norm = MathF.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares<float>(vector));
        System.Numerics.Tensors.TensorPrimitives.Divide(vector, norm, vector);
    }
}
