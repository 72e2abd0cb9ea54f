using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests.Languages;

public sealed class LanguageMeasureTests
{
    // ranks 1, 2 are zh and 3, 4 are kk, all of grade 1: mean 2.5, between = 2·1 + 2·1 = 4, total = 5, H = 3 · 4 / 5 = 2.4, one degree of freedom
    [Fact]
    public void Peer_TwoLanguagesApart_IsTheTestsPValue() =>
        Of("PEER(weights={1:1})@10", "q zh1 1; q zh2 1; q kk1 1; q kk2 1", "q zh1 9; q zh2 8; q kk1 7; q kk2 6").ShouldBe(UpperTailOne(2.4), 1e-12);

    // Within 2 ranks only zh1 (rank 1) of grade 1 is left; kk1 is at rank (2·2 + 1 + 1) / 2 = 3: mean 2, between = total = 2, H = 1
    [Fact]
    public void Peer_RelevantBelowTheCutoff_TakesPartBeyondIt() =>
        Of("PEER(weights={1:1})@2", "q zh1 1; q kk1 1", "q zh1 9; q zh9 8; q kk1 7").ShouldBe(UpperTailOne(1), 1e-12);

    [Fact]
    public void Peer_WeightsOfGrades_AreAveraged()
    {
        const string Qrels = "q zh1 1; q zh2 1; q kk1 1; q kk2 1; q zh3 2; q kk3 2";
        const string Run = "q zh1 9; q zh2 8; q kk1 7; q kk2 6; q kk3 5; q zh3 4";
        var (one, two) = (Of("PEER(weights={1:1})@10", Qrels, Run), Of("PEER(weights={2:1})@10", Qrels, Run));

        Of("PEER(weights={1:0.25,2:0.75})@10", Qrels, Run).ShouldBe((0.25 * one) + (0.75 * two), 1e-12);
        Of("PEER@10", Qrels, Run).ShouldBe((one + two) / 2, 1e-12);
        two.ShouldBe(UpperTailOne(1), 1e-12);
    }

    [Theory]
    [InlineData("q zh1 1; q zh2 1", "q zh1 9; q zh2 8")]            // one language only
    [InlineData("q zh1 1; q kk1 1", "q zh9 9")]                     // none retrieved
    [InlineData("q zh1 1; q unknown 1", "q zh1 9; q unknown 8")]    // the other's language is not known
    public void Peer_NothingToCompare_IsOne(string qrels, string run) => Of("PEER(weights={1:1})@10", qrels, run).ShouldBe(1);

    [Theory]
    [InlineData(0.0, 1, 1.0)]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(5.991464547107979, 2, 0.05)]
    [InlineData(7.814727903251179, 3, 0.05)]
    [InlineData(18.307038053275146, 10, 0.05)]
    [InlineData(1.6103079869623229, 5, 0.9)]
    [InlineData(2.0, 2, 0.36787944117144233)]
    [InlineData(60.0, 4, 2.9e-12)]
    public void UpperTail_TableOfChiSquared_IsMatched(double value, int freedom, double expected) => ChiSquared.UpperTail(value, freedom).ShouldBe(expected, Math.Max(1e-12, expected * 1e-2 * (expected < 1e-6 ? 1 : 1e-9)));

    [Theory]
    [InlineData("LPR", "q kk9 9; q zh1 8; q kk1 7", 1)]
    [InlineData("LPR", "q kk1 9; q zh1 8", 0)]
    [InlineData("LPR@1", "q kk9 9; q zh1 8", double.NaN)]
    [InlineData("LPR(rel=2)", "q kk1 9; q zh1 8", double.NaN)]
    public void Lpr_BestPlacedRelevantPassage_DecidesByItsLanguage(string measure, string run, double expected) => Of(measure, "q zh1 1; q kk1 1", run).ShouldBe(expected);

    [Fact]
    public void Lpr_NoRelevantPassageInTheQuerysLanguage_IsNotDefined() => Of("LPR", "q ru1 1; q kk1 1", "q kk1 9").ShouldBe(double.NaN);

    [Fact]
    public void Evaluate_NoLanguages_SaysWhatIsMissing() =>
        Should.Throw<ConfigurationException>(() => Evaluator.Evaluate(Trec.Qrels("q a 1"), Trec.Run("q a 1"), [new LanguagePreference(5)])).Message.ShouldContain("LPR@5 needs the passages' languages");

    [Fact]
    public void Breakdown_TwoLanguages_RanksEachByItself()
    {
        var rows = LanguageBreakdown.Evaluate(Trec.Qrels("q zh1 1; q kk1 1; q2 kk1 1"), Trec.Run("q zh2 9; q zh1 8; q kk1 7; q2 zh1 9"), MeasureParser.ParseAll("RR NumRel PEER@5"), null, Map());

        rows.Select(row => (row.QueryLanguage, row.PassageLanguage, row.Result.QueryIds.Count)).ShouldBe([(null, "kk", 2), (null, "zh", 1)]);
        rows[0].Result.Overall.ShouldBe([0.5, 2]);                  // rank 1 among kk for q; nothing in kk for q2
        rows[1].Result.Overall.ShouldBe([0.5, 1]);
        rows[0].Share.ShouldBe(0.25);
    }

    [Fact]
    public void Breakdown_QueriesInTwoLanguages_HasARowForEachPair()
    {
        var map = Map();
        map.AddQuery("r", "ru");

        LanguageBreakdown.Evaluate(Trec.Qrels("q zh1 1; r zh1 1; r kk1 1"), Trec.Run("q zh1 9; r kk1 8; r zh1 7"), MeasureParser.ParseAll("RR"), null, map)
            .Select(row => $"{row.QueryLanguage}>{row.PassageLanguage}").ShouldBe(["ru>kk", "ru>zh", "zh>zh"]);
    }

    [Fact]
    public void Evaluate_PassagesThatNoCollectionHas_AreCounted() =>
        Evaluator.Evaluate(Trec.Qrels("q zh1 1"), Trec.Run("q zh1 9; q x 8; q y 7"), [new Ndcg()], null, Map()).Run!.UnknownPassages.ShouldBe(2);

    // Q(1/2, x/2) = 1 - erf(√(x/2)); here by integrating the normal density
    private static double UpperTailOne(double value)
    {
        const int Steps = 200_000;
        var (top, sum) = (Math.Sqrt(value), 0.0);
        for (var i = 0; i <= Steps; i++)
        {
            var z = top * i / Steps;
            sum += Math.Exp(-z * z / 2) * (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return 1 - (2 * sum * top / Steps / 3 / Math.Sqrt(2 * Math.PI));
    }

    private static double Of(string measure, string qrels, string run) => Evaluator.Evaluate(Trec.Qrels(qrels), Trec.Run(run), [MeasureParser.Parse(measure)], null, Map()).Overall[0];

    // Queries q* are zh; passages are in the language their id begins with.
    private static LanguageMap Map()
    {
        var map = new LanguageMap();
        foreach (var language in new[] { "zh", "kk", "ru" })
            for (var i = 1; i <= 9; i++) map.AddPassage(language + i, language);
        map.AddQuery("q", "zh");
        map.AddQuery("q2", "zh");
        return map;
    }
}
