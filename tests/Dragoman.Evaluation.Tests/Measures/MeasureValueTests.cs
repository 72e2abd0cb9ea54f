using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests.Measures;

/// <summary>Values worked out by hand from each definition. The rankings are written as grades, best first; <c>-</c> for an unjudged passage.</summary>
public sealed class MeasureValueTests
{
    private const double Log3 = 1.5849625007211562;

    [Theory]
    [InlineData("nDCG@2", "0 2 1", "", 2 / Log3 / (2 + (1 / Log3)))]
    [InlineData("nDCG(dcg='exp-log2')@2", "0 2 1", "", 3 / Log3 / (3 + (1 / Log3)))]
    [InlineData("nDCG(judged_only=True)@2", "- 2 - 1", "", 1)]
    [InlineData("nDCG@2", "- 2 - 1", "", 2 / Log3 / (2 + (1 / Log3)))]
    [InlineData("nDCG(gains={0:1,1:3,2:1})@1", "0 1", "2", 1 / 3.0)]
    [InlineData("nDCG(gains={2:-5})", "2 1", "", 1 / Log3)]
    [InlineData("RR(rel=2)", "1 - 2", "", 1 / 3.0)]
    [InlineData("RR(rel=2,judged_only=True)", "1 - 2", "", 0.5)]
    [InlineData("AP(rel=2)", "1 2", "2", 0.25)]
    [InlineData("AP(judged_only=True)", "- 1 - 1", "", 1)]
    [InlineData("P(rel=2)@4", "2 1 3 0", "", 0.5)]
    [InlineData("P(judged_only=True)@2", "- 1 0", "", 0.5)]
    [InlineData("R(rel=2)@2", "2 1 3", "2", 1 / 3.0)]
    [InlineData("Success(rel=3)@2", "2 1 3", "", 0)]
    [InlineData("Rprec(rel=2)", "1 2", "", 0)]
    [InlineData("Bpref(rel=2)", "1 2", "", 0)]
    [InlineData("IPrec(rel=2)@1", "1 2", "", 0.5)]
    [InlineData("SetP(relative=True)", "1 0 0", "", 1)]
    [InlineData("SetAP", "1 0", "1", 0.25)]
    [InlineData("SetF(beta=2.0)", "1 0", "1 1", 3 * (1 / 2.0) * (1 / 3.0) / ((2 * (1 / 2.0)) + (1 / 3.0)))]
    [InlineData("RBP(rel=1)", "1 0 2", "", 0.2 * (1 + 0.64))]
    [InlineData("RBP(p=0.5)", "1 0 2", "", 0.5 * (0.5 + 0.25))]
    [InlineData("RBP(p=0.5,rel=2)@2", "2 1 2", "", 0.5)]
    [InlineData("RBP(p=0.5)", "- -2 1", "", 0.125)]
    [InlineData("ERR@2", "2 4 4", "", (3 / 16.0) + (13 / 16.0 * (15 / 16.0) / 2))]
    [InlineData("ERR(max_rel=6)@1", "6", "", 63 / 64.0)]
    [InlineData("Compat(p=0.5,normalize=False)", "0 1", "", (0.5 * 0.5) / 1.5)]
    [InlineData("Compat(p=0.5)", "0 1", "", (0.5 * 0.5) / (1 + (0.5 * 0.5)))]
    [InlineData("Compat", "2 1", "", 1)]
    [InlineData("Accuracy", "0 1 0 -", "", 2 / 3.0)]
    [InlineData("Accuracy(rel=2)", "1 2 0 -", "", 2 / 3.0)]
    [InlineData("Accuracy", "1 1", "", 1)]
    [InlineData("Accuracy@1", "1 0", "", 1)]
    [InlineData("infAP", "0 1", "", (1 / 2.0) + (0.5 * (1e-5 / (1 + 2e-5))))]
    [InlineData("Judged", "- 0 -1 1", "", 0.75)]
    [InlineData("NumRet(rel=2)", "2 1 3 -", "", 2)]
    [InlineData("NumRel(rel=2)", "2 1", "3 0", 2)]
    [InlineData("SDCG(max_rel=2)@2", "1 2", "", (0.5 + (1 / Log3)) / (1 + (1 / Log3)))]
    [InlineData("BPM(max_rel=1)@5", "0 0 1 1", "", 1 / 3.0)]
    [InlineData("BPM(T=2.0,max_rel=1)@3", "0 0 1 1", "", 1 / 3.0)]
    [InlineData("NERR8(max_rel=1)@5", "0 1 1", "", 1 / 2.0)]
    [InlineData("NERR9(max_rel=1)@5", "0 1 1", "", 0.5 / 1.5)]
    [InlineData("NERR10(p=0.5,max_rel=1)", "0 1 1", "", 0.5 / 1.5)]
    [InlineData("NERR11(T=0.5,max_rel=1)", "0 1 1", "", 0.25 / 1.25)]
    [InlineData("NERR8(min_rel=1,max_rel=3)@5", "1 3", "", 1 / 2.0)]
    public void Of_Ranking_IsTheDefinition(string measure, string ranking, string missed, double expected) => Of(measure, ranking, missed).ShouldBe(expected, 1e-12);

    [Theory] // the reader's continuation multiplied out over 1,000 ranks
    [InlineData("INSQ(max_rel=1)", false)]
    [InlineData("INST(max_rel=1)", true)]
    public void Of_PatientReader_IsTheExpectedGain(string measure, bool satisfied)
    {
        var (looked, gained, reach, cumulated) = (0.0, 0.0, 1.0, 0.0);
        int[] gains = [1, 0, 1];
        for (var rank = 1; rank <= 1000; rank++)
        {
            var gain = rank <= 3 ? gains[rank - 1] : 0;
            cumulated += gain;
            looked += reach;
            gained += reach * gain;
            reach *= Math.Pow((rank + 2 - (satisfied ? cumulated : 0) - 1) / (rank + 2 - (satisfied ? cumulated : 0)), 2);
        }

        Of(measure, "1 0 1", "").ShouldBe(gained / looked, 1e-12);
    }

    [Fact]
    public void Accuracy_NothingRelevantRetrieved_IsNotDefinedAndLeftOutOfTheMean()
    {
        var result = Evaluator.Evaluate(Trec.Qrels("q1 a 1; q1 b 0; q2 a 1; q3 a 1"), Trec.Run("q1 b 2; q1 a 1; q2 b 1; q3 a 1"), [MeasureParser.Parse("Accuracy")]);

        result.ByQuery.Select(values => values[0]).ShouldBe([0, double.NaN, 1]);
        result.Overall[0].ShouldBe(0.5);
    }

    [Fact]
    public void Evaluate_GradeBeyondErrsScale_SaysWhatToWrite() =>
        Should.Throw<ConfigurationException>(() => Of("ERR@20", "6", "")).Message.ShouldContain("ERR@20 takes grades up to 4 and the judgements go up to 6; write ERR(max_rel=6)@20.");

    [Fact]
    public void RelevanceLevel_MeasureNamesItsOwn_WinsOverTheOption() =>
        Evaluator.Evaluate(Trec.Qrels("q a 1; q b 2"), Trec.Run("q a 2; q b 1"), MeasureParser.ParseAll("RR RR(rel=1) RR(rel=2)"), new() { RelevanceLevel = 2 }).Overall.ShouldBe([0.5, 1, 0.5]);

    [Fact]
    public void JudgedOnly_WithDepth_CutsFirst() => // as trec_eval -J -M 2: the two passages kept are the unjudged one and the one of grade 0
        Evaluator.Evaluate(Trec.Qrels("q b 0; q c 1"), Trec.Run("q a 3; q b 2; q c 1"), MeasureParser.ParseAll("NumRet RR P@1"), new() { JudgedOnly = true, Depth = 2 }).Overall.ShouldBe([1, 0, 0]);

    private static double Of(string measure, string ranking, string missed)
    {
        var grades = ranking.Split(' ');
        var run = string.Join(';', grades.Select((_, i) => $"q p{i} {100 - i}"));
        var judged = grades.Select((grade, i) => (grade, Id: $"p{i}")).Where(entry => entry.grade != "-").Concat(missed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((grade, i) => (grade, Id: $"m{i}")));
        return Evaluator.Evaluate(Trec.Qrels(string.Join(';', judged.Select(entry => $"q {entry.Id} {entry.grade}"))), Trec.Run(run), [MeasureParser.Parse(measure)]).Overall[0];
    }
}
