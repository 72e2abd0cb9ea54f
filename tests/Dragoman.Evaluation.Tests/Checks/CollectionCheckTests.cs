using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Checks;

namespace Dragoman.Evaluation.Tests.Checks;

public sealed class CollectionCheckTests : IDisposable
{
    private const string CamelPassage = """{"_id":"p1","title":"","text":"The two-humped camel carried silk and tea across the Gobi desert for many centuries.","lang":"en"}""";
    private const string RiverPassage = """{"_id":"p2","title":"","text":"Өзен суы тау мұздықтарынан басталып, далаға қарай ағып, көлге құяды.","lang":"kk"}""";
    private const string PaperPassage = """{"_id":"p3","title":"","text":"造纸术从中国传到撒马尔罕，后来又经过阿拉伯世界传入欧洲各国。","lang":"zh"}""";
    private const string CamelQuery = """{"_id":"q1","text":"驼队运送什么货物？","lang":"zh"}""";
    private const string RiverQuery = """{"_id":"q2","text":"where does the river start","lang":"en"}""";
    private const string Header = "query-id\tcorpus-id\tscore";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_CleanCollection_FindsOnlyTheGrades()
    {
        var report = Check(Clean());
        report.Findings.Select(finding => finding.Code).ShouldBe(["grades", "grades"]);
        report.Worst.ShouldBe(CheckSeverity.Information);
        (report.Passages, report.Queries, report.Judgements).ShouldBe((3, 2, 4));
        report.Findings[0].Message.ShouldBe("Grades of split test: 0: 1, 1: 1.");
    }

    [Fact]
    public void Check_DuplicatePassageId_NamesBothLines() =>
        Error("duplicate-passage-id", With(corpus: [CamelPassage, RiverPassage, PaperPassage, PaperPassage.Replace("欧洲各国", "非洲", StringComparison.Ordinal)]), "line 4: p3 is already on line 3");

    [Fact]
    public void Check_DuplicateQueryId_NamesBothLines() =>
        Error("duplicate-query-id", With(queries: [CamelQuery, RiverQuery, """{"_id":"q2","text":"how deep is the lake","lang":"en"}"""]), "line 3: q2 is already on line 2");

    [Fact]
    public void Check_DuplicateJudgement_NamesTheLine() =>
        Error("duplicate-judgement", With(test: ["q2\tp2\t1", "q2\tp1\t0", "q2\tp2\t1"]), "line 4: query q2, passage p2");

    [Fact]
    public void Check_QueryWithoutJudgements_IsWarned() =>
        Warning("query-without-judgements", With(queries: [CamelQuery, RiverQuery, """{"_id":"q3","text":"how deep is the lake","lang":"en"}"""]), "line 3: q3");

    [Fact]
    public void Check_JudgedQueryMissing_IsAnError() =>
        Error("judged-query-missing", With(test: ["q2\tp2\t1", "q9\tp1\t1"]), "query q9 (test)");

    [Fact]
    public void Check_RelevantPassageMissing_IsAnError() =>
        Error("relevant-passage-missing", With(test: ["q2\tp2\t1", "q2\tp9\t1"]), "passage p9 (test)");

    [Fact]
    public void Check_IrrelevantPassageMissing_IsWarned() =>
        Warning("judged-passage-missing", With(test: ["q2\tp2\t1", "q2\tp9\t0"]), "passage p9 (test)");

    [Fact]
    public void Check_QueryIdIsPassageId_WarnsOfSameIdRemoval()
    {
        var folder = With(corpus: [CamelPassage, RiverPassage, PaperPassage, """{"_id":"q1","title":"","text":"Caravans rested at inns a day's walk apart.","lang":"en"}"""]);
        Warning("id-collision", folder, "line 4: q1").Message.ShouldContain("drop a passage whose id is the query's");
    }

    [Fact]
    public void Check_QueryWithoutRelevantPassage_IsWarned() =>
        Warning("query-without-relevant", With(test: ["q2\tp1\t0"]), "query q2 (test)");

    [Fact]
    public void Check_NegativeGrade_IsWarned() =>
        Check(With(test: ["q2\tp2\t1", "q2\tp1\t-2"])).Findings.ShouldContain(finding => finding.Code == "negative-grades" && finding.Count == 1);

    [Fact]
    public void Check_QueryInTwoSplits_IsAnError() =>
        Error("query-in-several-splits", With(test: ["q2\tp2\t1", "q1\tp2\t1"]), "query q1 (test, train)");

    [Fact]
    public void Check_SameQueryTextInTwoSplits_IsAnError() =>
        Error("identical-query", With(queries: [CamelQuery, """{"_id":"q2","text":"驼队运送什么货物","lang":"zh"}"""]), "line 1: q1 (train) and ");

    [Fact]
    public void Check_NearlySameQueryInTwoSplits_IsWarned() =>
        Warning("near-duplicate-query", With(queries:
            ["""{"_id":"q1","text":"where does the long river of the mountains start its way to the lake","lang":"en"}""", """{"_id":"q2","text":"where does the long river of the mountains start its way to a lake?","lang":"en"}"""]), "similarity 0.");

    [Fact]
    public void Check_NearlySameRelevantPassagesInTwoSplits_IsWarned() =>
        Warning("near-duplicate-passage", With(corpus: [CamelPassage, CamelPassage.Replace("p1", "p2", StringComparison.Ordinal).Replace("many centuries", "many long centuries", StringComparison.Ordinal), PaperPassage]), "p1 (train) and ");

    [Fact]
    public void Check_SamePassageTextInTwoSplits_IsWarned()
    {
        var folder = With(corpus: [CamelPassage, CamelPassage.Replace("p1", "p2", StringComparison.Ordinal), PaperPassage]);
        Warning("identical-passage", folder, "p1 (train) and ");
        Check(folder).Findings.ShouldContain(finding => finding.Code == "duplicate-text" && finding.Count == 1);
    }

    [Fact]
    public void Check_PassageRelevantInTwoSplits_IsTold() =>
        Check(With(test: ["q2\tp1\t1"])).Findings.ShouldContain(finding => finding.Code == "passage-in-several-splits" && finding.Severity == CheckSeverity.Information);

    [Fact]
    public void Check_WrongLanguageLabel_IsWarnedWithShares()
    {
        var folder = With(corpus: [CamelPassage.Replace("\"en\"", "\"kk\"", StringComparison.Ordinal), RiverPassage, PaperPassage]);
        Warning("language-label", folder, "p1: labelled kk, reads as en").Message.ShouldContain("1 of the 3 that are long enough and have a known label (kk as en 1)");
    }

    [Theory]
    [InlineData("Вакаяма префектурасы", "kk")]                       // the same in Kyrgyz
    [InlineData("Berlin Paris London Madrid Roma", "de")]
    [InlineData("iPhone 15 Pro", "zh")]
    [InlineData("Ett språk som ingen modell här känner till men som kunde vara norska", "sv")]
    public void Check_LabelThatMayBeRight_IsLeftAlone(string text, string language) =>
        Check(With(corpus: [CamelPassage, RiverPassage, PaperPassage, $$"""{"_id":"p4","title":"","text":"{{text}}","lang":"{{language}}"}"""])).Findings.ShouldNotContain(finding => finding.Code == "language-label");

    [Fact]
    public void Check_NoLanguageLabel_IsTold() =>
        Check(With(corpus: [CamelPassage.Replace(",\"lang\":\"en\"", "", StringComparison.Ordinal), RiverPassage, PaperPassage])).Findings.ShouldContain(finding => finding.Code == "language-unknown");

    [Fact]
    public void Check_EmptyPassage_IsWarned() =>
        Warning("empty-passage", With(corpus: [CamelPassage, RiverPassage, PaperPassage, """{"_id":"p4","title":"","text":"  ","lang":"en"}"""]), "line 4: p4");

    [Fact]
    public void Check_EmptyQuery_IsAnError() =>
        Error("empty-query", With(queries: [CamelQuery, """{"_id":"q2","text":"","lang":"en"}"""]), "line 2: q2");

    [Fact]
    public void Check_VeryLongPassage_IsWarnedWithItsLength() =>
        Warning("long-passage", With(corpus: [CamelPassage, RiverPassage, PaperPassage, $$"""{"_id":"p4","title":"","text":"{{string.Concat(Enumerable.Repeat("a caravan of camels ", 1000))}}","lang":"en"}"""]), "line 4: p4: 20,000 characters");

    [Fact]
    public void Check_ReplacementCharacter_IsWarned() =>
        Warning("replacement-character", With(corpus: [CamelPassage, RiverPassage, PaperPassage, """{"_id":"p4","title":"","text":"caf\ufffd at the market","lang":"en"}"""]), "\"caf\ufffd at the market\"");

    [Fact]
    public void Check_DoubleEncodedText_IsWarned() =>
        Warning("double-encoded", With(corpus: [CamelPassage, RiverPassage, PaperPassage, """{"_id":"p4","title":"","text":"the traderâ€™s camel","lang":"en"}"""]), "line 4: p4");

    [Theory]
    [InlineData("corpus", "malformed-passage")]
    [InlineData("queries", "malformed-query")]
    [InlineData("test", "malformed-judgement")]
    public void Check_BrokenLine_IsAnErrorAndTheRestIsRead(string file, string code)
    {
        var folder = file switch
        {
            "corpus" => With(corpus: [CamelPassage, "{\"_id\":", RiverPassage, PaperPassage]),
            "queries" => With(queries: [CamelQuery, "no JSON", RiverQuery]),
            _ => With(test: ["q2\tp2\t1", "q2\tp1\thigh"]),
        };
        var report = Check(folder);
        report.Findings.Where(finding => finding.Severity == CheckSeverity.Error).Select(finding => finding.Code).ShouldBe([code]);
        (report.Passages, report.Queries).ShouldBe((3, 2));
    }

    [Fact]
    public void Check_NotUtf8Line_IsAnErrorAndTheRestIsRead()
    {
        var folder = Clean();
        _folder.Write("c/corpus.jsonl", [.. System.Text.Encoding.UTF8.GetBytes(CamelPassage + "\n"), 0xFF, (byte)'\n', .. System.Text.Encoding.UTF8.GetBytes($"{RiverPassage}\n{PaperPassage}\n")]);
        Error("malformed-passage", folder, "line 2: byte 1 of the line is not UTF-8");
    }

    [Fact]
    public void Check_NoPassages_IsAnError() => Error("empty-collection", With(corpus: []), "corpus.jsonl");

    [Fact]
    public void Check_NoJudgements_IsTold()
    {
        _folder.Write("bare/corpus.jsonl", CamelPassage + "\n");
        Check(_folder["bare"]).Findings.Select(finding => finding.Code).ShouldBe(["no-judgements"]);
    }

    [Fact]
    public void Check_RunWithDefects_NamesEach()
    {
        var run = _folder.Write("a.run", "q1 Q0 p1 1 3 t\nq1 Q0 p1 2 2 t\nq1 Q0 p9 3 1 t\nq9 Q0 p1 1 1 t\nq1 Q0 p2\n");
        var report = CollectionCheck.Run(Collection.Open(Clean()), new CheckOptions(), runs: [run], cancellationToken: TestContext.Current.CancellationToken);
        report.Findings.Where(finding => finding.Code.Contains("run", StringComparison.Ordinal)).Select(finding => (finding.Code, finding.Count))
            .ShouldBe([("duplicate-run-passage", 1), ("malformed-run", 1), ("run-passage-missing", 1), ("run-query-missing", 1)]);
    }

    [Fact]
    public void Check_AgainstCollectionWithSameTexts_NamesThePairs()
    {
        var folder = Clean();
        _folder.Write("other/corpus.jsonl", CamelPassage.Replace("p1", "x1", StringComparison.Ordinal).Replace("many centuries", "many long centuries", StringComparison.Ordinal) + "\n" + PaperPassage.Replace("p3", "x3", StringComparison.Ordinal) + "\n");
        _folder.Write("other/queries.jsonl", CamelQuery.Replace("q1", "y1", StringComparison.Ordinal) + "\n");
        var report = CollectionCheck.Run(Collection.Open(folder), new CheckOptions(), Collection.Open(_folder["other"]), cancellationToken: TestContext.Current.CancellationToken);
        report.Findings.Where(finding => finding.Code.EndsWith("of-both", StringComparison.Ordinal)).Select(finding => (finding.Code, finding.Severity, finding.Count)).ShouldBe(
            [("identical-query-of-both", CheckSeverity.Error, 1), ("identical-passage-of-both", CheckSeverity.Warning, 1), ("near-duplicate-passage-of-both", CheckSeverity.Warning, 1)]);
    }

    [Fact]
    public void Check_ManyCases_KeepsTheWantedExamplesAndCountsAll()
    {
        var corpus = Enumerable.Range(0, 50).Select(number => $$"""{"_id":"e{{number}}","title":"","text":"","lang":"en"}""");
        var report = CollectionCheck.Run(Collection.Open(With(corpus: [CamelPassage, RiverPassage, PaperPassage, .. corpus])), new CheckOptions { Examples = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        var finding = report.Findings.Single(finding => finding.Code == "empty-passage");
        (finding.Count, finding.Of, finding.Examples.Count).ShouldBe((50, 53, 2));
    }

    [Fact]
    public void Check_BadOptions_AreAllTold()
    {
        var failure = Should.Throw<ConfigurationException>(() => CollectionCheck.Run(Collection.Open(Clean()), new CheckOptions { Examples = -1, NearDuplicate = 0.2, LongCharacters = 0 }));
        failure.Problems.Count.ShouldBe(3);
    }

    private static CheckReport Check(string folder) => CollectionCheck.Run(Collection.Open(folder), new CheckOptions(), cancellationToken: TestContext.Current.CancellationToken);

    private static Finding Error(string code, string folder, string example) => Found(code, CheckSeverity.Error, folder, example);

    private static Finding Warning(string code, string folder, string example) => Found(code, CheckSeverity.Warning, folder, example);

    // Exactly one case of one kind, and nothing else of that severity or above.
    private static Finding Found(string code, CheckSeverity severity, string folder, string example)
    {
        var report = Check(folder);
        var finding = report.Findings.ShouldHaveSingleItem(code, severity);
        finding.Count.ShouldBe(1);
        if (code != "empty-collection") finding.Examples.ShouldHaveSingleItem().ShouldContain(example);
        return finding;
    }

    private string Clean() => With();

    private string With(string[]? corpus = null, string[]? queries = null, string[]? test = null)
    {
        _folder.Write("c/corpus.jsonl", Lines(corpus ?? [CamelPassage, RiverPassage, PaperPassage]));
        _folder.Write("c/queries.jsonl", Lines(queries ?? [CamelQuery, RiverQuery]));
        _folder.Write("c/qrels/train.tsv", Lines([Header, "q1\tp1\t2", "q1\tp3\t0"]));
        _folder.Write("c/qrels/test.tsv", Lines([Header, .. test ?? ["q2\tp2\t1", "q2\tp3\t0"]]));
        return _folder["c"];
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}

internal static class FindingAssertions
{
    internal static Finding ShouldHaveSingleItem(this IReadOnlyList<Finding> findings, string code, CheckSeverity severity)
    {
        var found = findings.Where(finding => finding.Code == code).ShouldHaveSingleItem();
        found.Severity.ShouldBe(severity);
        return found;
    }
}
