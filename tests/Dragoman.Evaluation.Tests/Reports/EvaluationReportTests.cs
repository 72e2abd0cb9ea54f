using System.Globalization;
using Dragoman.Collections;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Evaluation.Tests.Reports;

public sealed class EvaluationReportTests
{
    private const string Judgements = "q1 a 2; q1 b 1; q2 c 1; q3 d 3; q3 e 0";

    [Fact]
    public void Make_TwoSystems_HasTheEvaluatorsNumbers()
    {
        var input = Input();

        var page = new ReportPage(EvaluationReport.Make(input));

        var rows = ReportPage.Rows(page.Table("Mean over 3 queries"));
        foreach (var (i, system) in input.Systems.Index())
        {
            var expected = Evaluator.Evaluate(input.Qrels, system.Runs[0].Run, input.Measures);
            rows[i][0].ShouldStartWith(system.Name);
            for (var measure = 0; measure < input.Measures.Count; measure++)
                rows[i][measure + 1].ShouldStartWith(expected.Overall[measure].ToString(input.Measures[measure].IsCount ? "F0" : "F4", CultureInfo.InvariantCulture));
        }
        rows[0][0].ShouldBe("first (baseline)");
    }

    [Fact]
    public void Make_BestAndSignificant_AreTold()
    {
        var (qrels, good, bad) = Trial(queries: 40);

        var page = new ReportPage(EvaluationReport.Make(Input() with { Qrels = qrels, Systems = [System("bad", bad), System("good", good)], Measures = MeasureParser.ParseAll("nDCG@10 NumRet") }));

        var rows = ReportPage.Rows(page.Table("Mean over 40 queries"));
        rows[1][1].ShouldBe("1.0000★ best▲ significantly better");
        rows[0][1].ShouldNotContain("★");
        rows[1][2].ShouldBe("80"); // a count is neither best nor tested
        ReportPage.Rows(page.Table("Difference to bad"))[0][^1].ShouldBe("40 / 0 / 0");
        page.Table("Mean over 40 queries").Descendants("td").First(cell => cell.Value.Contains('★')).Attribute("title")!.Value.ShouldStartWith("95% interval 1.0000 to 1.0000; +0.3691 against bad");
    }

    [Fact]
    public void Make_HardestQuery_ComesFirstWithWhatWasMissed()
    {
        var page = new ReportPage(EvaluationReport.Make(Input()));

        var first = page.Section("examples").Descendants("details").First(details => (string?)details.Attribute("class") == "query");
        first.Element("summary")!.Value.ShouldContain("第三个问题 & <b>");
        first.Element("summary")!.Value.ShouldContain("q3 · zh · nDCG@10 0.0000 on average");
        first.Descendants("ol").First().Elements("li").First().Value.ShouldContain("grade 0");
        first.Descendants("ul").Single().Value.ShouldContain("grade 3 عنوان d · fa");
    }

    [Fact]
    public void Make_RightToLeftTexts_CarryDirectionAndLanguage()
    {
        var page = new ReportPage(EvaluationReport.Make(Input()));

        var title = page.All("span").First(span => span.Value == "عنوان");
        title.Attribute("dir")!.Value.ShouldBe("auto");
        title.Attribute("lang")!.Value.ShouldBe("fa");
    }

    [Fact]
    public void Make_Languages_EqualRestrictedEvaluations()
    {
        var input = Input();

        var page = new ReportPage(EvaluationReport.Make(input));

        var table = ReportPage.Rows(page.Table("nDCG@10 of second by language"));
        table.Select(row => row[0]).ShouldBe(["en", "zh"]);
        var queries = new[] { "q1", "q2" };
        var passages = new[] { "a", "b", "c" };
        var expected = Evaluator.Evaluate(input.Qrels.Restrict(queries.Contains, passages.Contains), input.Systems[1].Runs[0].Run.Restrict(queries.Contains, passages.Contains), [new Ndcg(10)], new() { Complete = true });
        table[0][1].ShouldBe(expected.Overall[0].ToString("F3", CultureInfo.InvariantCulture)); // en → en
        table[0][2].ShouldBe(""); // en → fa: nothing judged
        ReportPage.Rows(page.Table("Share of the first 10 passages of second by language"))[0].ShouldBe(["en", "75%", "25%"]); // d is Persian, though nothing Persian is relevant
    }

    [Fact]
    public void Make_WithoutTexts_SaysSoInASentence()
    {
        var page = new ReportPage(EvaluationReport.Make(Input() with { Passages = null, Queries = null }));

        page.Section("languages").Value.ShouldContain("The languages of queries and passages are not known; give a collection (--collection) and queries (--queries).");
        page.Section("languages").Descendants("svg").ShouldBeEmpty();
        page.Section("examples").Value.ShouldContain("The queries' texts are not known");
        page.Section("examples").Value.ShouldContain("q3");
    }

    [Fact]
    public void Make_OneSystem_HasNoComparison()
    {
        var input = Input();

        var page = new ReportPage(EvaluationReport.Make(input with { Systems = [input.Systems[0]] }));

        page.Section("queries").Value.ShouldContain("There is one system only");
        page.Section("measures").Value.ShouldNotContain("★");
        page.All("figure").First().Value.ShouldContain("first");
    }

    [Fact]
    public void Make_OneQueryAndEqualSystems_IsAReport()
    {
        var input = Input();
        var run = Trec.Run("q1 a 2; q1 b 1");

        var page = new ReportPage(EvaluationReport.Make(input with { Qrels = Trec.Qrels("q1 a 1"), Systems = [System("x", run), System("y", run)] }));

        ReportPage.Rows(page.Table("Difference to x"))[0][^1].ShouldBe("0 / 1 / 0");
        page.Html.ShouldNotContain("NaN");
        page.Html.ShouldNotContain("95% interval 1.0000"); // one query says nothing about others
        page.Html.ShouldNotContain("▲ significantly");
        ReportPage.Rows(page.Table("Mean over 1 query"))[0][1].ShouldNotContain("★"); // all equal: none is best
    }

    [Fact]
    public void Make_DifferentQueries_CountsTheMissingAsZeroAndWarns()
    {
        var input = Input();

        var page = new ReportPage(EvaluationReport.Make(input with { Systems = [input.Systems[0], System("part", Trec.Run("q1 a 3; q9 a 1"))], Warnings = ["part: something is <odd>."] }));

        var warnings = page.All("div").Single(div => (string?)div.Attribute("class") == "warnings").Value;
        warnings.ShouldContain("part: something is <odd>.");
        warnings.ShouldContain("part: 2 judged queries are not in the run and count as 0");
        ReportPage.Rows(page.Table("Mean over 3 queries"))[1][1].ShouldStartWith("0.2534"); // 0.7602 at q1, 0 elsewhere
    }

    [Fact]
    public void Make_Twice_IsTheSame() => new ReportPage(EvaluationReport.Make(Input())).Html
        .ShouldBe(new ReportPage(EvaluationReport.Make(Input() with { Comparison = new() { Threads = 1 } })).Html);

    [Fact]
    public void Make_ManyQueries_StaysSmall()
    {
        var (qrels, good, bad) = Trial(queries: 12_000);

        var page = new ReportPage(EvaluationReport.Make(Input() with
        {
            Qrels = qrels, Systems = [System("bad", bad), System("good", good)], Measures = MeasureParser.ParseAll("nDCG@10"), Comparison = new() { Resamples = 100, Permutations = 100 },
        }));

        page.Html.Length.ShouldBeLessThan(400_000);
    }

    [Fact]
    public void Make_SeveralSeeds_IsTheirMean()
    {
        var input = Input();
        var seeds = new ReportSystem("seeds", [new(Trec.Run("q1 a 3; q2 x 1; q3 x 1")), new(Trec.Run("q1 x 3; q2 x 1; q3 d 1"))]);

        var page = new ReportPage(EvaluationReport.Make(input with { Systems = [input.Systems[0], seeds] }));

        var expected = seeds.Runs.Average(run => Evaluator.Evaluate(input.Qrels, run.Run, [new Ndcg(10)]).Overall[0]);
        ReportPage.Rows(page.Table("Mean over 3 queries"))[1][1].ShouldStartWith(expected.ToString("F4", CultureInfo.InvariantCulture));
        page.Section("examples").Value.ShouldContain("the first of 2 runs");
    }

    internal static ReportSystem System(string name, Run run) => new(name, [new ReportRun(run)]);

    internal static ReportInput Input() => new()
    {
        Title = "A <test> & more",
        Date = new DateTimeOffset(2026, 11, 22, 8, 30, 0, TimeSpan.Zero),
        Qrels = Trec.Qrels(Judgements),
        Systems = [System("first", Trec.Run("q1 x 3; q1 b 2; q1 a 1; q2 x 1; q3 e 9")), System("second", Trec.Run("q1 a 3; q1 b 2; q1 d 1; q2 c 4; q3 e 9"))],
        Measures = MeasureParser.ParseAll("nDCG@10 AP Judged@10 NumRet"),
        Queries = [new("q1", "first question", "en"), new("q2", "second question", "en"), new("q3", "第三个问题 & <b>", "zh")],
        Passages = [new("a", "", "text a", "en"), new("b", "Title", "text b", "en"), new("c", "", "text c", "en"), new("d", "عنوان", "متن", "fa"), new("e", "", "text e", "fa"), new("x", "", "text x", "en")],
        Sources = [new("qrels", "qrels.txt", "0123456789abcdef", "3 queries")],
        Command = "dragoman report --title 'A | B'",
    };

    /// <summary>Queries that one run answers at rank 1 and the other at rank 2.</summary>
    private static (Qrels Qrels, Run Good, Run Bad) Trial(int queries)
    {
        var (qrels, good, bad) = (new QrelsBuilder(), new RunBuilder("good"), new RunBuilder("bad"));
        for (var i = 0; i < queries; i++)
        {
            qrels.Add($"q{i}", "right", 1);
            foreach (var (run, score) in new[] { (good, 2.0), (bad, 0.5) })
            {
                run.Add($"q{i}", "right", score);
                run.Add($"q{i}", "wrong", 1);
            }
        }
        return (qrels.Build(), good.Build(), bad.Build());
    }
}
