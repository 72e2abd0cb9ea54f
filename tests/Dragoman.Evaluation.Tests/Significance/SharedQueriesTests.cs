using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Tests.Significance;

public sealed class SharedQueriesTests
{
    private static readonly IReadOnlyList<Measure> Measures = MeasureParser.ParseAll("RR NumRet");

    [Fact]
    public void Evaluate_QueryOfOneRunOnly_IsZeroForTheOther()
    {
        var qrels = Trec.Qrels("q1 a 1; q2 a 1; q3 a 1");
        var results = SharedQueries.Evaluate(qrels, [Trec.Run("q1 a 1; q9 a 1"), Trec.Run("q1 b 2; q1 a 1; q2 a 1")], Measures);

        results.Select(result => result.QueryIds).ShouldAllBe(ids => ids.SequenceEqual(new[] { "q1", "q2" }));
        results[0].ByQuery.Select(values => values[0]).ShouldBe([1, 0]);
        results[1].ByQuery.Select(values => values[0]).ShouldBe([0.5, 1]);
        results[0].Overall.ShouldBe([0.5, 1]);
        results[1].Overall.ShouldBe([0.75, 3]);
        results.Select(result => result.QueriesOnlyInQrels).ShouldBe([1, 0]);
        results.Select(result => result.QueriesOnlyInRun).ShouldBe([1, 0]);
    }

    [Fact]
    public void Evaluate_Complete_CountsQueriesOfNoRun()
    {
        var qrels = Trec.Qrels("q1 a 1; q2 a 1; q3 a 1");
        var results = SharedQueries.Evaluate(qrels, [Trec.Run("q1 a 1"), Trec.Run("q2 a 1")], Measures, new() { Complete = true });

        results.Select(result => result.QueryIds.Count).ShouldBe([3, 3]);
        results[0][Measures[0]].ShouldBe(1.0 / 3, 1e-12);
        results.Select(result => result.QueriesOnlyInQrels).ShouldBe([2, 2]);
    }

    [Fact]
    public void Evaluate_NoQueryInCommon_HasNoQueries()
    {
        var result = SharedQueries.Evaluate(Trec.Qrels("q1 a 1"), [Trec.Run("q2 a 1")], Measures).Single();

        result.QueryIds.ShouldBeEmpty();
        result.Overall.ShouldBe([0, 0]);
        SharedQueries.Evaluate(Trec.Qrels("q1 a 1"), [], Measures).ShouldBeEmpty();
    }
}
