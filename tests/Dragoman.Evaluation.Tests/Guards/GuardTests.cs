using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests.Guards;

public sealed class GuardTests
{
    [Fact]
    public void CheckAll_SoundEvaluation_SaysNothing() => Check("q1 a 1; q1 b 0; q2 a 0; q2 c 1", "q1 a 2; q1 b 1; q2 c 2; q2 a 1").ShouldBeEmpty();

    [Fact]
    public void ChosenOnTest_ModelSaysSo_IsToldWhateverItIsMeasuredOn()
    {
        var selection = new ModelSelection
        {
            Measure = "nDCG@10", Qrels = "qrels/test1.tsv", QrelsFingerprint = "a", JudgementsFingerprint = "b", Queries = "queries.jsonl", QueriesFingerprint = "c", QueryIds = ["other"],
        };
        var input = Input("q1 a 1", "q1 a 1");
        new ChosenOnTestGuard().Check(input with { Selections = [selection] }).ShouldBeNull();
        new ChosenOnTestGuard().Check(input with { Selections = [selection with { ChosenOnTest = true }] })!.Text.ShouldBe(
            "the best epoch of a model behind this run was chosen by nDCG@10 on a test split (qrels/test1.tsv; data.choose_on_test), so its values are too good; compare only with models chosen likewise.");
    }

    [Fact]
    public void UnjudgedAndMissingQueries_AreCounted()
    {
        var warnings = Check("q1 a 1; q2 a 1; q4 a 1", "q1 a 1; q3 a 1");

        warnings.Select(warning => (warning.Name, warning.Queries)).ShouldBe([("unjudged-queries", 1), ("missing-queries", 2)]);
        warnings[0].Text.ShouldBe("1 of 2 queries have no judgements and are left out.");
        warnings[1].Text.ShouldBe("2 judged queries are not in the run and are left out; '--complete' counts them as 0.");
        Check("q1 a 1; q2 a 1", "q1 a 1", new() { Complete = true }).Single().Text.ShouldBe("1 judged query is not in the run and counts as 0.");
    }

    [Fact]
    public void ConstantScores_TwoQueriesOfThree_AreNamed()
    {
        var input = Input("q1 a 1; q2 a 1; q3 a 1", "q1 a 1; q1 b 1; q2 a 1; q2 b 1; q3 a 2; q3 b 1");

        new ConstantScoresGuard().Check(input)!.Queries.ShouldBe(2);
        input.Result.Run!.ConstantQueryIds.ShouldBe(["q1", "q2"]);
    }

    // The cutoff 2 goes through the tie of b, c, d: of these, c is relevant. By id descending d is second: RR@2 is 0; with c first it is 1/2.
    [Fact]
    public void DecisiveTies_TieAcrossTheCutoff_GivesTheExactBounds()
    {
        var input = Input("q c 1; q a 0; q b 0; q d 0", "q a 2; q b 1; q c 1; q d 1", measures: "RR@2 Judged@2 infAP");

        var warning = new DecisiveTiesGuard().Check(input)!;
        warning.Measures.ShouldBe(["RR@2"]);
        warning.Text.ShouldStartWith("RR@2 is 0.0000 with ties broken by passage id, and anything from 0.0000 to 0.5000 with another order of tied passages in 1 of 1 queries;");
        input.Result.Ties.Select(bound => bound.IsKnown).ShouldBe([true, true, false]);
    }

    [Fact]
    public void DecisiveTies_TieOfEqualGrades_IsHarmless() => new DecisiveTiesGuard().Check(Input("q a 1; q b 1; q c 0", "q a 2; q b 2; q c 1")).ShouldBeNull();

    [Fact]
    public void TieBounds_EveryOrderOfTies_LiesBetweenAndTheEndsAreReached()
    {
        const string Qrels = "q a 3; q b 1; q c 0; q d 2";
        var measures = MeasureParser.ParseAll("nDCG@2 nDCG RR AP P@2 R@3 ERR@3 RBP nDCG(judged_only=True)@2 Judged@2 IPrec@0.5 INSQ(max_rel=3) Bpref Bpref(rel=2) Compat NERR9(max_rel=3)@4 Accuracy SDCG(max_rel=3)@2");
        var tied = Evaluator.Evaluate(Trec.Qrels(Qrels), Trec.Run("q a 1; q b 1; q c 1; q d 1; q x 1"), measures);
        var values = Permutations(["a", "b", "c", "d", "x"])
            .Select(order => Evaluator.Evaluate(Trec.Qrels(Qrels), Trec.Run(string.Join(';', order.Select((id, i) => $"q {id} {9 - i}"))), measures).Overall).ToList();

        for (var m = 0; m < measures.Count; m++)
        {
            tied.Ties[m].Worst.ShouldBe(values.Min(value => value[m]), 1e-12, measures[m].Name);
            tied.Ties[m].Best.ShouldBe(values.Max(value => value[m]), 1e-12, measures[m].Name);
        }
    }

    [Theory]
    [InlineData(10, 4, false, "the others count as not relevant; compare with Bpref")]
    [InlineData(2, 4, false, "as the judgements hold 2.0 passages a query")]
    [InlineData(10, 5, false, null)]
    [InlineData(10, 4, true, null)]
    public void LowJudgedShare_FewOfTheFirstTen_IsWarnedAbout(int judgements, int judgedInTop, bool judgedOnly, string? expected)
    {
        var qrels = string.Join(';', Enumerable.Range(0, judgements).Select(i => i < judgedInTop ? $"q p{i} 1" : $"q other{i} 1"));
        var run = string.Join(';', Enumerable.Range(0, 10).Select(i => $"q p{i} {100 - i}"));

        var warning = new LowJudgedShareGuard().Check(Input(qrels, run, new() { JudgedOnly = judgedOnly }));

        if (expected is null) warning.ShouldBeNull();
        else warning!.Text.ShouldContain(expected);
    }

    [Fact]
    public void RandomPadding_ClirMatrix_IsRecognisedWithTheCollectionsSize()
    {
        var warning = new RandomPaddingGuard().Check(InputOf(Data("clirmatrix-zh-kk/test.qrels")))!;

        warning.Text.ShouldContain("exactly 100 judged passages, and 362 pairs of queries");
        warning.Text.ShouldContain("about 227,827 passages give 372;");
    }

    [Theory]
    [InlineData("formats/trec/qrels.dl19-passage.txt")]
    [InlineData("formats/miracl/qrels.miracl-v1.0-zh-dev.tsv")]
    [InlineData("formats/miracl/qrels.miracl-v1.0-fr-dev.tsv")]
    [InlineData("formats/miracl/qrels.miracl-v1.0-hi-dev.tsv")]
    [InlineData("formats/miracl/qrels.miracl-v1.0-ko-dev.tsv")]
    [InlineData("formats/neuclir22/qrels.neuclir22-zh.first5topics.txt")]
    [InlineData("formats/kazqad/kazqad-qrels-v1.0-test.tsv")]
    [InlineData("formats/mrtydi/qrels.mrtydi-v1.1-ru.test.txt")]
    [InlineData("formats/africlirmatrix/qrels.africlirmatrix-v1.0.en.arz.txt")]
    [InlineData("formats/patapsco/eng_mini_qrels")]
    public void RandomPadding_RetrievedJudgements_AreNot(string file) => new RandomPaddingGuard().Check(InputOf(Data(file))).ShouldBeNull();

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void RandomPadding_DrawnOrRetrieved_IsToldApart(bool clustered, bool expected)
    {
        var random = new Random(5);
        var builder = new QrelsBuilder();
        for (var query = 0; query < 200; query++)
        {
            var passages = new HashSet<int>();
            while (passages.Count < 50) passages.Add(clustered ? (query / 4 * 70) + random.Next(70) : random.Next(5000));      // four queries share a subject of 70 passages
            var relevant = 1 + random.Next(5);
            foreach (var passage in passages) builder.Add($"q{query}", $"p{passage}", relevant-- > 0 ? 1 : 0);
        }

        (new RandomPaddingGuard().Check(InputOf(builder.Build())) is not null).ShouldBe(expected);
    }

    [Fact]
    public void RandomPadding_EverythingJudgedForEveryQuery_IsNoPadding()
    {
        var builder = new QrelsBuilder();
        for (var query = 0; query < 50; query++)
            for (var passage = 0; passage < 40; passage++) builder.Add($"q{query}", $"p{passage}", passage < query % 7 ? 1 : 0);

        new RandomPaddingGuard().Check(InputOf(builder.Build())).ShouldBeNull();
    }

    [Theory]
    [InlineData("q1 a 1; q2 b 1", "q1 q2", "on these very judgements (dev.tsv)", 2)]
    [InlineData("q1 a 1; q2 c 1", "q1 q9", "which has 1 of these 2 query ids", 1)]
    [InlineData("q1 a 1; q2 c 1", "q8 q9", null, 0)]
    public void Selection_SameJudgementsOrQueries_AreWarnedAbout(string evaluated, string selectedBy, string? expected, int queries)
    {
        var selection = new ModelSelection
        {
            Measure = "nDCG@10", Qrels = "dev.tsv", QrelsFingerprint = "f", JudgementsFingerprint = Trec.Qrels("q2 b 1; q1 a 1").Fingerprint(),
            Queries = "q", QueriesFingerprint = "f", Run = "r", RunFingerprint = "f", QueryIds = selectedBy.Split(' '),
        };
        var input = Input(evaluated, "q1 a 2; q1 b 1") with
        {
            Manifest = new RunManifest
            {
                Stage = "fuse", Dragoman = "1", Options = [], Queries = 1, Passages = 1, Fingerprint = "f",
                Inputs = [new RunInput { Role = "run", Path = "in", Manifest = new RunManifest { Stage = "rerank", Dragoman = "1", Options = [], Queries = 1, Passages = 1, Fingerprint = "f", Inputs = [new RunInput { Role = "model", Path = "m", Selection = selection }] } }],
            },
        };

        var warning = new SelectionGuard().Check(input);

        (warning?.Queries ?? 0).ShouldBe(expected is null ? 0 : expected.Contains("very", StringComparison.Ordinal) ? input.Result.QueryIds.Count : queries);
        if (expected is not null) warning!.Text.ShouldContain(expected);
    }

    [Fact]
    public void UnknownPassages_WithACollection_AreCounted()
    {
        var map = new LanguageMap();
        map.AddPassage("a", "kk");
        var (qrels, run) = (Trec.Qrels("q a 1"), Trec.Run("q a 2; q x 1"));

        new UnknownPassagesGuard().Check(new GuardInput { Qrels = qrels, Result = Evaluator.Evaluate(qrels, run, [new Ndcg()], null, map) })!.Text.ShouldStartWith("1 ranked passages (of 2 entries)");
        new UnknownPassagesGuard().Check(Input("q a 1", "q a 2; q x 1")).ShouldBeNull();
    }

    [Theory]
    [InlineData(6, false, true)]      // half of all relevant passages are retrieved: missing all six has probability 1/64
    [InlineData(3, false, false)]     // 1/8
    [InlineData(6, true, false)]
    public void SameId_RelevantPassagesWithTheQuerysIdMissing_IsWarnedAbout(int queries, bool retrieved, bool expected)
    {
        var qrels = string.Join(';', Enumerable.Range(0, queries).Select(i => $"q{i} q{i} 1; q{i} p{i} 1"));
        var run = string.Join(';', Enumerable.Range(0, queries).Select(i => $"q{i} p{i} 2" + (retrieved ? $"; q{i} q{i} 1" : "")));

        (new SameIdGuard().Check(Input(qrels, run)) is not null).ShouldBe(expected);
    }

    [Fact]
    public void Warnings_OtherCulture_AreWrittenTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            new LowJudgedShareGuard().Check(Input("q other 1", "q a 1"))!.Text.ShouldContain("hold 1.0 passages a query");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IReadOnlyList<EvaluationWarning> Check(string qrels, string run, EvaluationOptions? options = null) => Guard.CheckAll(Input(qrels, run, options));

    private static GuardInput Input(string qrels, string run, EvaluationOptions? options = null, string measures = "nDCG@10 RR")
    {
        var judgements = Trec.Qrels(qrels);
        return new GuardInput { Qrels = judgements, Options = options ?? new(), Result = Evaluator.Evaluate(judgements, Trec.Run(run), MeasureParser.ParseAll(measures), options) };
    }

    private static GuardInput InputOf(Qrels qrels) => new() { Qrels = qrels, Result = Evaluator.Evaluate(qrels, Trec.Run("none a 1"), [new Ndcg()]) };

    private static Qrels Data(string file)
    {
        var path = TestPaths.Data(file.Split('/'));
        if (!File.Exists(path)) Assert.Skip($"{file} is not in the folder of data sets");
        return QrelsFile.Read(path);
    }

    private static IEnumerable<string[]> Permutations(string[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (string[])[first, .. rest]));
}
