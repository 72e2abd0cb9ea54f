using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests;

public sealed class EvaluatorTests
{
    [Fact] // gains 3, 0, 1 against the ideal 3, 2, 1: (3 + 1/log2 4) / (3 + 2/log2 3 + 1/log2 4)
    public void Ndcg_GradedRanking_IsTheFormula() =>
        Value("q a 3; q b 2; q c 1; q d 0", "q a 9; q d 8; q c 7", "nDCG@3").ShouldBe(3.5 / (3.5 + (2 / Math.Log2(3))), 1e-12);

    [Fact]
    public void Ndcg_OnlyNegativeAndZeroGrades_IsZero() => Value("q a 0; q b -2", "q b 2; q a 1", "nDCG@5").ShouldBe(0);

    [Theory]
    [InlineData("RR", 0.5)]
    [InlineData("RR@1", 0)]
    [InlineData("RR@2", 0.5)]
    [InlineData("P@10", 0.1)]
    [InlineData("R@10", 0.5)]
    [InlineData("AP", 0.25)]
    [InlineData("AP@1", 0)]
    [InlineData("Judged@10", 2.0 / 3)]
    [InlineData("Judged@1", 0)]
    [InlineData("Success@1", 0)]
    [InlineData("Success@2", 1)]
    public void Measure_UnjudgedFirstRelevantSecond_HasItsValue(string measure, double expected) =>
        Value("q a 1; q b 0; q missing 1", "q unjudged 3; q a 2; q b 1", measure).ShouldBe(expected, 1e-12);

    [Fact] // 16777217 is no 32-bit float; it becomes 16777216, so both tie and the larger id comes first
    public void Evaluate_ScoresThatTieAsFloats_AreOrderedById()
    {
        Value("q a 1", "q a 16777217; q b 16777216", "RR").ShouldBe(0.5);
        Value("q b 1", "q a 16777217; q b 16777216", "RR").ShouldBe(1);
    }

    [Fact]
    public void Evaluate_QueriesInOneFileOnly_AreCounted()
    {
        var qrels = Trec.Qrels("q1 a 1; q2 a 1");
        var run = Trec.Run("q1 a 1; q3 a 1; q4 a 1");
        var measure = new ReciprocalRank();

        var both = Evaluator.Evaluate(qrels, run, [measure]);
        var all = Evaluator.Evaluate(qrels, run, [measure], new() { Complete = true });

        (both[measure], all[measure]).ShouldBe((1.0, 0.5));
        (both.QueriesOnlyInRun, both.QueriesOnlyInQrels).ShouldBe((2, 1));
        all.QueryIds.ShouldBe(["q1", "q2"]);
    }

    [Fact]
    public void Evaluate_ConstantScores_AreNoticed() =>
        Evaluator.Evaluate(Trec.Qrels("q1 a 1; q2 a 1; q3 a 1"), Trec.Run("q1 a 1; q1 b 1; q2 a 1; q3 a 2; q3 b 1"), [new Ndcg(10)]).ConstantScoreQueries.ShouldBe(1);

    [Fact]
    public void Evaluate_OneLanguageOnly_RanksItsPassagesAlone()
    {
        var qrels = Trec.Qrels("q kk-1 1; q zh-1 1");
        var run = Trec.Run("q zh-2 4; q zh-1 3; q kk-2 2; q kk-1 1");
        static bool Kazakh(string id) => id.StartsWith("kk-", StringComparison.Ordinal);

        Evaluator.Evaluate(qrels.Restrict(_ => true, Kazakh), run.Restrict(Kazakh), [new ReciprocalRank(), new Recall(2)]).Overall.ShouldBe([0.5, 1]);
    }

    [Fact]
    public void Evaluate_NothingInCommon_IsZero() => Value("q a 1", "other a 1", "AP").ShouldBe(0);

    [Fact]
    public void Evaluate_BadOptions_NamesThemAll() =>
        Should.Throw<ConfigurationException>(() => Evaluator.Evaluate(Trec.Qrels("q a 1"), Trec.Run("q a 1"), [new Ndcg()], new() { Depth = 0, RelevanceLevel = 0 })).Problems
            .ShouldBe(["the relevance level is 0; use 1 or more.", "the depth is 0; use 1 or more."]);

    private static double Value(string qrels, string run, string measure) =>
        Evaluator.Evaluate(Trec.Qrels(qrels), Trec.Run(run), [MeasureParser.Parse(measure)]).Overall[0];
}
