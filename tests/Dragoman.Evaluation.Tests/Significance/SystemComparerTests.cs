using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Tests.Significance;

public sealed class SystemComparerTests
{
    private static readonly ComparisonOptions Quick = new() { Permutations = 5_000, Resamples = 1_000 };

    [Fact]
    public void Compare_IdenticalRuns_HaveNoDifferenceAndNoTest()
    {
        var comparison = Compare([0.1, 0.5, 0.9], [0.1, 0.5, 0.9]);

        (comparison.Difference, comparison.Randomisation.PValue, comparison.CorrectedPValue, comparison.IsSignificant).ShouldBe((0, 1, 1, false));
        comparison.Interval.ShouldBe(new BootstrapInterval(new(0, 0), new(0, 0)));
        (comparison.TTest, comparison.EffectSize, comparison.CorrectedEffectSize, comparison.MinimalDetectableDifference).ShouldBe((null, null, null, null));
        (comparison.Wins, comparison.Ties, comparison.Losses).ShouldBe((0, 3, 0));
    }

    [Fact]
    public void Compare_OneQuery_CannotTell()
    {
        var comparison = Compare([0.25], [0.75]);

        (comparison.Difference, comparison.Randomisation.PValue, comparison.TTest, comparison.EffectSize, comparison.MinimalDetectableDifference).ShouldBe((0.5, 1, null, null, null));
        comparison.Interval.Corrected.ShouldBe(new(0.5, 0.5));
    }

    [Fact]
    public void Compare_OneQuerySeveralRuns_CannotTell()
    {
        var comparison = Compare(Reference.Scores("a", [0.2], [0.4]), Reference.Scores("b", [0.7], [0.8]), Quick);

        comparison.Difference.ShouldBe(0.45, 1e-12);
        (comparison.TTest, comparison.EffectSize).ShouldBe((null, null));
        comparison.Randomisation.PValue.ShouldBeInRange(0.1, 1);
        comparison.Interval.Corrected.ShouldBe(new(comparison.Difference, comparison.Difference));
    }

    [Fact]
    public void Compare_TheSameGainEverywhere_IsTestedBySignsAlone()
    {
        var comparison = Compare([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);

        comparison.Randomisation.PValue.ShouldBe(2.0 / 64);
        comparison.Interval.Corrected.Low.ShouldBe(0.1, 1e-12);
        comparison.Interval.Corrected.High.ShouldBe(0.1, 1e-12);
        (comparison.TTest, comparison.EffectSize, comparison.MinimalDetectableDifference).ShouldBe((null, null, null));
    }

    [Fact]
    public void Compare_TwoQueries_HasNoCorrectedEffectSize()
    {
        var comparison = Compare([0.1, 0.2], [0.2, 0.4]);

        comparison.EffectSize!.Value.ShouldBe(0.15 / Math.Sqrt(0.005), 1e-9);
        comparison.CorrectedEffectSize.ShouldBeNull();
        comparison.MinimalDetectableDifference!.Value.ShouldBeGreaterThan(0.15);
    }

    [Fact]
    public void Compare_WinsTiesAndLosses_AreListedFromGainToLoss()
    {
        var comparison = Compare([0.5, 0.5, 0.5, 0.1 + 0.2], [0.1, 0.9, 0.6, 0.3]);

        comparison.ByQuery.Select(query => query.QueryId).ShouldBe(["q001", "q002", "q003", "q000"]);
        comparison.ByQuery[0].ShouldBe(new("q001", 0.5, 0.9, 0.4));
        comparison.ByQuery[2].Difference.ShouldBe(0, "0.1 + 0.2 and 0.3 differ by rounding only");
        (comparison.Wins, comparison.Ties, comparison.Losses).ShouldBe((2, 1, 1));
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("crossed")]
    public void Compare_SystemsSwapped_ChangesSignsOnly(string key)
    {
        var (one, other) = (Reference.System(key, "baseline"), Reference.System(key, "system"));

        var (there, back) = (Compare(one, other, Quick), Compare(other, one, Quick));

        back.Difference.ShouldBe(-there.Difference, 1e-15);
        back.Randomisation.ShouldBe(there.Randomisation);
        back.Interval.Corrected.Low.ShouldBe(-there.Interval.Corrected.High, 1e-15);
        back.Interval.Corrected.High.ShouldBe(-there.Interval.Corrected.Low, 1e-15);
        back.Interval.Percentile.Low.ShouldBe(-there.Interval.Percentile.High, 1e-15);
        back.TTest!.T.ShouldBe(-there.TTest!.T, 1e-12);
        back.TTest.PValue.ShouldBe(there.TTest.PValue, 1e-12);
        back.EffectSize!.Value.ShouldBe(-there.EffectSize!.Value, 1e-12);
        (back.Wins, back.Losses).ShouldBe((there.Losses, there.Wins));
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("crossed")]
    public void Compare_QueriesInAnotherOrder_ChangesNothing(string key)
    {
        var (one, other) = (Reference.System(key, "baseline"), Reference.System(key, "system"));
        var order = Enumerable.Range(0, one.QueryIds.Count).ToArray();
        new Random(5).Shuffle(order);

        var (there, shuffled) = (Compare(one, other, Quick), Compare(Reorder(one), Reorder(other), Quick));

        shuffled.Randomisation.ShouldBe(there.Randomisation);
        shuffled.Interval.ShouldBe(there.Interval);
        shuffled.TTest!.PValue.ShouldBe(there.TTest!.PValue, 1e-12);
        shuffled.ByQuery.ShouldBe(there.ByQuery);

        SystemScores Reorder(SystemScores scores) => new(scores.Name, [.. order.Select(i => scores.QueryIds[i])], [.. scores.ByRun.Select(run => order.Select(i => run[i]).ToArray())]);
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("crossed")]
    public void Compare_AnyNumberOfThreads_GivesTheSame(string key)
    {
        var (one, other) = (Reference.System(key, "baseline"), Reference.System(key, "system"));
        var expected = Compare(one, other, Quick with { Threads = 1 });

        foreach (var threads in (int?[])[2, 3, 7, null])
        {
            var comparison = Compare(one, other, Quick with { Threads = threads });
            comparison.Randomisation.ShouldBe(expected.Randomisation);
            comparison.Interval.ShouldBe(expected.Interval);
        }
        Compare(one, other, Quick with { Seed = 2 }).Interval.ShouldNotBe(expected.Interval);
    }

    [Fact]
    public void Compare_SeveralSystemsAndMeasures_AreOneFamily()
    {
        var random = new Random(3);
        SystemScores System(string name, double gain) => Reference.Scores(name, [.. Enumerable.Range(0, 40).Select(i => Math.Round(gain + (random.NextDouble() * 0.5), 3))]);
        List<MeasureScores> measures = [new("AP", System("bm25", 0), [System("same", 0), System("better", 0.1)]), new("RR", System("bm25", 0), [System("same", 0), System("better", 0.2)])];

        var holm = SystemComparer.Compare(measures, Quick);
        var bonferroni = SystemComparer.Compare(measures, Quick with { Correction = Correction.Bonferroni });

        holm.Select(comparison => (comparison.Measure, comparison.System.Name)).ShouldBe([("AP", "same"), ("AP", "better"), ("RR", "same"), ("RR", "better")]);
        for (var i = 0; i < 4; i++)
        {
            holm[i].CorrectedPValue.ShouldBeGreaterThanOrEqualTo(holm[i].Randomisation.PValue);
            holm[i].CorrectedPValue.ShouldBeLessThanOrEqualTo(bonferroni[i].CorrectedPValue);
            holm[i].Randomisation.PValue.ShouldBe(SystemComparer.Compare([measures[i / 2]], Quick)[i % 2].Randomisation.PValue, "a test does not depend on what else is tested");
        }
        holm[3].IsSignificant.ShouldBeTrue();
        holm[0].IsSignificant.ShouldBeFalse();
    }

    [Fact]
    public void Compare_RunsThatDoNotDiffer_AreOneRun()
    {
        var (one, other) = (Reference.System("paired", "baseline"), Reference.System("paired", "system"));
        var repeated = new SystemScores("repeated", other.QueryIds, [other.ByRun[0], other.ByRun[0], other.ByRun[0]]);

        var (single, several) = (Compare(one, other, Quick), Compare(one, repeated, Quick));

        several.Randomisation.ShouldBe(single.Randomisation);
        several.Interval.Corrected.Low.ShouldBe(single.Interval.Corrected.Low, 1e-12);
        several.TTest!.PValue.ShouldBe(single.TTest!.PValue, 1e-12);
    }

    [Fact]
    public void Compare_UnusableOptions_NamesEveryProblem()
    {
        var failure = Should.Throw<ConfigurationException>(() => Compare(Reference.Scores("a", [1]), Reference.Scores("b", [1]), new ComparisonOptions { Alpha = 1.5, Permutations = 1, Resamples = 0, Threads = 0 }));

        failure.Problems.Count.ShouldBe(4);
        failure.Problems[0].ShouldBe("alpha is 1.5; use a value above 0, at most 0.5.");
        new ComparisonOptions { Alpha = double.NaN }.Problems().ShouldHaveSingleItem();
        new ComparisonOptions { Power = 0.05 }.Problems().ShouldHaveSingleItem().ShouldBe("the power is 0.05; use a value above alpha (0.05) and below 1.");
    }

    [Fact]
    public void Compare_DifferentQueries_IsTheCallersMistake() =>
        Should.Throw<ArgumentException>(() => Compare(new SystemScores("a", ["q1"], [[1.0]]), new SystemScores("b", ["q2"], [[1.0]]), Quick)).Message.ShouldStartWith("b and a have different queries in AP.");

    [Fact]
    public void Scores_NotFiniteOrMissing_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new SystemScores("a", ["q1"], [[double.NaN]]));
        Should.Throw<ArgumentException>(() => new SystemScores("a", ["q1", "q2"], [[1.0]]));
        Should.Throw<ArgumentException>(() => new SystemScores("a", [], [[]]));
        Should.Throw<ArgumentException>(() => new SystemScores("a", ["q1"], []));
    }

    [Fact]
    public void Scores_OfEvaluations_AreTheValuesOfTheMeasure()
    {
        var measures = MeasureParser.ParseAll("RR P@1 NumRet");
        var qrels = Trec.Qrels("q1 a 1; q2 b 1");
        List<EvaluationResult> runs = [Evaluator.Evaluate(qrels, Trec.Run("q1 a 2; q1 c 1; q2 c 2; q2 b 1"), measures), Evaluator.Evaluate(qrels, Trec.Run("q1 a 2; q2 b 1"), measures)];

        var scores = SystemScores.From("system", runs, measures[0]);

        scores.ByRun.ShouldBe([[1, 0.5], [1, 1]]);
        scores.ByQuery.ShouldBe([1, 0.75]);
        scores.Mean.ShouldBe(0.875);
        Should.Throw<ArgumentException>(() => SystemScores.From("system", runs, measures[2]));
        Should.Throw<ArgumentException>(() => SystemScores.From("system", runs, MeasureParser.Parse("AP")));
    }

    private static Comparison Compare(double[] baseline, double[] system) => Compare(Reference.Scores("a", baseline), Reference.Scores("b", system), Quick);

    private static Comparison Compare(SystemScores baseline, SystemScores system, ComparisonOptions options) => SystemComparer.Compare([new("AP", baseline, [system])], options).Single();
}
