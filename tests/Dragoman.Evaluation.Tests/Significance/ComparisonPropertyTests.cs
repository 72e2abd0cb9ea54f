using Dragoman.Evaluation.Significance;
using FsCheck;
using FsCheck.Fluent;

namespace Dragoman.Evaluation.Tests.Significance;

/// <summary>What holds for all scores: few queries, many ties, equal runs and constant differences included.</summary>
public sealed class ComparisonPropertyTests
{
    // Fifths, so that ties and differences that are equal but for rounding are common.
    private static readonly Arbitrary<(double[][] Baseline, double[][] System)> Cases = Arb.From(
        from queries in Gen.Choose(1, 12)
        from baselineRuns in Gen.Choose(1, 3)
        from runs in Gen.Choose(1, 3)
        from values in Gen.Choose(0, 5).ArrayOf((baselineRuns + runs) * queries)
        let rows = values.Select(value => value / 5.0).Chunk(queries).ToArray()
        select (rows[..baselineRuns], rows[baselineRuns..]));

    [Fact]
    public void Compare_AnyScores_GivesNumbersWithinTheirRange() => Check.One(Fixed, Prop.ForAll(Cases, given =>
    {
        var comparison = Compare(given.Baseline, given.System);
        double?[] numbers =
        [
            comparison.Difference, comparison.EffectSize, comparison.CorrectedEffectSize, comparison.MinimalDetectableDifference, comparison.TTest?.T, comparison.TTest?.DegreesOfFreedom,
            comparison.TTest?.StandardError, comparison.Interval.Corrected.Low, comparison.Interval.Corrected.High, comparison.Interval.Percentile.Low, comparison.Interval.Percentile.High,
        ];
        return numbers.All(number => number is null || double.IsFinite(number.Value))
            && comparison.Randomisation.PValue is > 0 and <= 1
            && (comparison.TTest is null || comparison.TTest.PValue is >= 0 and <= 1)
            && comparison.CorrectedPValue >= comparison.Randomisation.PValue
            && comparison.Interval.Corrected.Low <= comparison.Interval.Corrected.High
            && comparison.Interval.Percentile.Low <= comparison.Interval.Percentile.High
            && comparison.MinimalDetectableDifference is null or > 0
            && comparison.Wins + comparison.Ties + comparison.Losses == given.Baseline[0].Length;
    }));

    [Fact]
    public void Compare_AnyScoresSwapped_ChangesSignsOnly() => Check.One(Fixed, Prop.ForAll(Cases, given =>
    {
        var (there, back) = (Compare(given.Baseline, given.System), Compare(given.System, given.Baseline));
        return Math.Abs(there.Difference + back.Difference) < 1e-12
            && there.Randomisation == back.Randomisation
            && (there.Wins, there.Losses) == (back.Losses, back.Wins)
            && (Math.Abs(there.Difference) < 1e-12 || Math.Abs(there.Interval.Corrected.Low + back.Interval.Corrected.High) < 1e-9)
            && there.TTest is null == back.TTest is null;
    }));

    [Fact]
    public void Adjust_AnyPValues_HolmLiesBetweenRawAndBonferroniInTheirOrder() => Check.One(Fixed, Prop.ForAll(Arb.From(Gen.Choose(1, 1000).NonEmptyListOf()), numbers =>
    {
        var p = numbers.Select(number => number / 1000.0).ToList();
        var (holm, bonferroni) = (MultipleTests.Adjust(p, Correction.Holm), MultipleTests.Adjust(p, Correction.Bonferroni));
        return Enumerable.Range(0, p.Count).All(i => holm[i] >= p[i] && holm[i] <= bonferroni[i] + 1e-12 && holm[i] <= 1
            && Enumerable.Range(0, p.Count).All(j => p[i] > p[j] || holm[i] <= holm[j]));
    }));

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public void Randomisation_AllTheSameSign_IsTheRarestOutcome(int queries)
    {
        var result = RandomisationTest.Of([.. Enumerable.Range(1, queries).Select(query => query / 100.0), 0, 0, 0]);

        result.IsExact.ShouldBe(queries == 20);
        result.PValue.ShouldBe(queries == 20 ? 2.0 / (1 << 20) : 1.0 / 100_001, 1e-5);
    }

    private static Config Fixed => Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20261122, 7);

    private static Comparison Compare(double[][] baseline, double[][] system) =>
        SystemComparer.Compare([new("AP", Reference.Scores("a", baseline), [Reference.Scores("b", system)])], new ComparisonOptions { Permutations = 200, Resamples = 200 }).Single();
}
