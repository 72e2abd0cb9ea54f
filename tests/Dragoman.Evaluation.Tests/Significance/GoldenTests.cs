using Dragoman.Evaluation.Significance;
using Dragoman.Evaluation.Significance.Distributions;

namespace Dragoman.Evaluation.Tests.Significance;

/// <summary>Against scipy 1.10.1; what is not Monte Carlo to ten digits.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void StudentT_Tails_AreThoseOfScipy()
    {
        foreach (var row in Reference.Rows(Reference.Of("student_t_two_sided"))) ShouldAgree(StudentT.TwoSided(row[0], row[1]), row[2], row);
    }

    [Fact]
    public void StudentT_Quantiles_AreThoseOfScipy()
    {
        foreach (var row in Reference.Rows(Reference.Of("student_t_quantile"))) ShouldAgree(StudentT.Quantile(row[0], row[1]), row[2], row);
    }

    [Fact]
    public void Normal_CdfAndQuantile_AreThoseOfScipy()
    {
        foreach (var row in Reference.Rows(Reference.Of("normal_cdf")))
        {
            ShouldAgree(Normal.Cdf(row[0]), row[1], row);
            if (row[0] <= 0) ShouldAgree(Normal.Quantile(row[1]), row[0], row);
        }
    }

    [Fact]
    public void NoncentralT_Cdf_IsThatOfScipy()
    {
        // Simpson's rule with 400 panels; where the density at 0 is not smooth (2.5 degrees of freedom) it is the coarsest.
        foreach (var row in Reference.Rows(Reference.Of("noncentral_t_cdf")))
            StudentT.NoncentralCdf(row[0], row[1], row[2]).ShouldBe(row[3], 2e-6, string.Join(' ', row));
    }

    [Fact]
    public void Power_IsThatOfTheNoncentralT()
    {
        foreach (var row in Reference.Rows(Reference.Of("power")))
        {
            PowerAnalysis.Of(row[0], row[1], row[2], row[3]).ShouldBe(row[4], 1e-7, string.Join(' ', row));
            PowerAnalysis.MinimalDetectableDifference(row[1], row[2], row[3], row[4]).ShouldBe(row[0], 1e-5, string.Join(' ', row));
        }
    }

    [Fact]
    public void QueriesNeeded_KnownCases_AreMet()
    {
        // d = 0.5, alpha = 0.05, power = 0.8: 34 pairs, as G*Power and Cohen's tables say.
        PowerAnalysis.QueriesNeeded(0.05, 0.1, 0.05, 0.8).ShouldBe(34);
        PowerAnalysis.QueriesNeeded(-0.05, 0.1, 0.05, 0.8).ShouldBe(34);
        // By adding queries one at a time until scipy's noncentral t says so.
        PowerAnalysis.QueriesNeeded(0.05, 0.3, 0.05, 0.8).ShouldBe(285);
        PowerAnalysis.QueriesNeeded(0.02, 0.1, 0.05, 0.8).ShouldBe(199);
        PowerAnalysis.QueriesNeeded(1e-9, 1, 0.05, 0.8).ShouldBeNull();
    }

    [Fact]
    public void Randomisation_FourteenQueries_IsTheEnumeration()
    {
        var result = RandomisationTest.Of(Reference.Values("exact", "differences"));

        // One difference is 0 and has no sign.
        (result.IsExact, result.Assignments, result.StandardError).ShouldBe((true, 1 << 13, 0));
        result.PValue.ShouldBe(Reference.Number("exact", "p"), 1e-12);
    }

    [Fact]
    public void Paired_SixtyQueries_IsWithinMonteCarloErrorOfScipy()
    {
        var comparison = Compare("paired", new ComparisonOptions { Permutations = 1_000_000, Resamples = 100_000 });

        ShouldAgree(comparison.TTest!.T, Reference.Number("paired", "t"));
        comparison.TTest.DegreesOfFreedom.ShouldBe(59);
        ShouldAgree(comparison.TTest.PValue, Reference.Number("paired", "p_t"));
        ShouldAgree(comparison.EffectSize!.Value, Reference.Number("paired", "dz"));
        comparison.CorrectedEffectSize!.Value.ShouldBe(comparison.EffectSize.Value * (1 - (3.0 / 235)), 1e-12);
        // Four standard errors: ours is sqrt(p (1 - p) / 10^6), the reference's half of that.
        comparison.Randomisation.PValue.ShouldBe(Reference.Number("paired", "p_randomisation"), 4 * 1.12 * comparison.Randomisation.StandardError);
        comparison.Randomisation.StandardError.ShouldBe(0.00029, 0.00001);
        // The ends of an interval of 100,000 resamples vary by about 0.0002 (standard error 0.0185, density at the 2.5% quantile 3.2).
        var (low, high) = (Reference.Values("paired", "bca")[0], Reference.Values("paired", "bca")[1]);
        comparison.Interval.Corrected.Low.ShouldBe(low, 0.0006);
        comparison.Interval.Corrected.High.ShouldBe(high, 0.0006);
        comparison.Interval.Percentile.Low.ShouldBe(Reference.Values("paired", "percentile")[0], 0.0006);
        comparison.Interval.Percentile.High.ShouldBe(Reference.Values("paired", "percentile")[1], 0.0006);
    }

    [Fact]
    public void Crossed_ThreeAndFourRuns_AreTheTwoWayLayout()
    {
        var comparison = Compare("crossed");

        foreach (var name in (string[])["baseline", "system"])
        {
            var scores = Reference.System("crossed", name);
            var expected = Reference.Values("crossed", "anova_" + name);
            var anova = TwoWayAnova.Of(scores.ByRun);
            ShouldAgree(anova.Queries, expected[0]);
            ShouldAgree(anova.Runs, expected[1]);
            ShouldAgree(anova.Residual, expected[2]);
            var components = VarianceComponents.Of(scores)!;
            ShouldAgree(components.Query, (expected[0] - expected[2]) / scores.ByRun.Count);
            ShouldAgree(components.Run, (expected[1] - expected[2]) / 12);
            ShouldAgree(components.Residual, expected[2]);
        }
        ShouldAgree(comparison.TTest!.StandardError, Reference.Number("crossed", "se"));
        ShouldAgree(comparison.TTest.DegreesOfFreedom, Reference.Number("crossed", "df"));
        ShouldAgree(comparison.TTest.T, Reference.Number("crossed", "t"));
        ShouldAgree(comparison.TTest.PValue, Reference.Number("crossed", "p"));
    }

    [Fact]
    public void Randomisation_QueriesAndRuns_IsTheEnumeration()
    {
        var result = Compare("crossed_exact").Randomisation;

        (result.IsExact, result.Assignments).ShouldBe((true, (long)Reference.Number("crossed_exact", "assignments")));
        result.PValue.ShouldBe(Reference.Number("crossed_exact", "p"), 1e-12);
    }

    [Fact]
    public void Adjust_HolmAndBonferroni_AreAsDefined()
    {
        var p = Reference.Values("holm", "p");

        MultipleTests.Adjust(p, Correction.Holm).ShouldBe(Reference.Values("holm", "holm"), 1e-12);
        MultipleTests.Adjust(p, Correction.Bonferroni).ShouldBe(Reference.Values("holm", "bonferroni"), 1e-12);
        MultipleTests.Adjust(p, Correction.None).ShouldBe(p);
        MultipleTests.Adjust([], Correction.Holm).ShouldBeEmpty();
    }

    private static Comparison Compare(string key, ComparisonOptions? options = null) =>
        SystemComparer.Compare([new("AP", Reference.System(key, "baseline"), [Reference.System(key, "system")])], options).Single();

    private static void ShouldAgree(double actual, double expected, double[]? row = null) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(Math.Max(1e-10 * Math.Abs(expected), 1e-15), $"{actual} instead of {expected} {(row is null ? "" : string.Join(' ', row))}");
}
