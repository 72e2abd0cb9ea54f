using Dragoman.Collections;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Tests.Significance;

public sealed class MeasureScoresTests
{
    private static readonly Qrels Judgements = Trec.Qrels("q1 a 1; q2 a 1; q3 a 1");

    // Accuracy is not defined where nothing relevant was retrieved: q2 of the first, q3 of the second.
    private static readonly Run First = Trec.Run("q1 a 2; q1 x 1; q2 x 1; q3 a 1; q3 x 2"), Second = Trec.Run("q1 a 1; q1 x 2; q2 a 1; q3 x 1");

    [Theory]
    [InlineData("Accuracy", "q1")]
    [InlineData("RR", "q1 q2 q3")]
    public void OrNull_Measure_KeepsTheQueriesWhereAllRunsHaveAValue(string name, string queries)
    {
        var scores = Scores(name, First, Second).ShouldNotBeNull();

        scores.Measure.ShouldBe(name);
        scores.Baseline.QueryIds.ShouldBe(queries.Split(' '));
        scores.Systems.ShouldHaveSingleItem().QueryIds.ShouldBe(queries.Split(' '));
        SystemComparer.Compare([scores]).Single().ByQuery.ShouldAllBe(query => double.IsFinite(query.Difference));
    }

    [Fact]
    public void OrNull_NoQueryWithAValueInEveryRun_IsNull() => Scores("Accuracy", First, Trec.Run("q1 x 1; q2 a 1")).ShouldBeNull();

    [Fact]
    public void OrNull_SystemWithSeveralRuns_NeedsAValueInEach()
    {
        var results = SharedQueries.Evaluate(Judgements, [First, Second], MeasureParser.ParseAll("Accuracy"));

        MeasureScores.OrNull(results[0].Measures[0], [("seeds", results), ("first", [results[0]])])!.Baseline.QueryIds.ShouldBe(["q1"]);
    }

    private static MeasureScores? Scores(string name, Run first, Run second)
    {
        var results = SharedQueries.Evaluate(Judgements, [first, second], MeasureParser.ParseAll(name));
        return MeasureScores.OrNull(results[0].Measures[0], [("first", [results[0]]), ("second", [results[1]])]);
    }
}
