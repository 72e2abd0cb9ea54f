using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Tests.Sampling;

public sealed class GroupSamplerTests
{
    private static readonly Dictionary<string, Query> Queries = new() { ["q1"] = new("q1", "一", "zh"), ["q2"] = new("q2", "二", "zh") };
    private static readonly Dictionary<string, Passage> Passages = Enumerable.Range(0, 20)
        .Select(i => new Passage($"p{i:00}", "", $"text {i}", i < 10 ? "ru" : "kk")).ToDictionary(passage => passage.Id);

    private static Qrels Judgements(params (string Query, string Passage, int Grade)[] entries)
    {
        var builder = new QrelsBuilder();
        foreach (var (query, passage, grade) in entries) builder.Add(query, passage, grade);
        return builder.Build();
    }

    private static readonly Qrels Known = Judgements(("q1", "p01", 2), ("q1", "p02", 5), ("q1", "p03", 0), ("q1", "p11", 1), ("q2", "p04", 3), ("q9", "p04", 1), ("q2", "p99", 6));

    [Fact]
    public void Draw_SeveralGradesAndLanguages_BestOfEachLanguageIsPositive()
    {
        var sampler = new GroupSampler(Queries, Passages, Known, null, new GroupOptions { Seed = 1 });
        sampler.Draw(1).Select(group => $"{group.Query.Id} {group.Positive.Id}").ShouldBe(["q1 p11", "q1 p02", "q2 p04"]);
        sampler.UnknownQueries.ShouldBe(1);
        sampler.UnknownPassages.ShouldBe(1);
    }

    [Fact]
    public void Draw_ManyEpochs_NegativesAreDistinctUnjudgedOrZeroAndOfTheLanguage()
    {
        var sampler = new GroupSampler(Queries, Passages, Known, null, new GroupOptions { Seed = 1, Negatives = 4 });
        var seen = new HashSet<string>();
        for (var epoch = 1; epoch <= 50; epoch++)
        {
            foreach (var group in sampler.Draw(epoch))
            {
                group.Negatives.Select(passage => passage.Id).Distinct().Count().ShouldBe(4);
                group.Negatives.ShouldAllBe(passage => passage.Language == group.Positive.Language && !((Known.Grade(group.Query.Id, passage.Id) ?? 0) > 0));
                if (group.Query.Id == "q1") seen.UnionWith(group.Negatives.Select(passage => passage.Id));
            }
        }
        seen.ShouldContain("p03");
        seen.Count.ShouldBe(8 + 9);
    }

    [Fact]
    public void Draw_SameEpoch_SameGroupsAndOtherwiseOthers()
    {
        var sampler = new GroupSampler(Queries, Passages, Known, null, new GroupOptions { Seed = 1, Negatives = 4 });
        string Draw(int epoch) => string.Join(' ', sampler.Draw(epoch).SelectMany(group => group.Negatives).Select(passage => passage.Id));
        Draw(3).ShouldBe(Draw(3));
        Draw(3).ShouldNotBe(Draw(4));
        var kept = new GroupSampler(Queries, Passages, Known, null, new GroupOptions { Seed = 1, Negatives = 4, FixedNegatives = true });
        string.Join(' ', kept.Draw(3).SelectMany(group => group.Negatives).Select(passage => passage.Id))
            .ShouldBe(string.Join(' ', kept.Draw(4).SelectMany(group => group.Negatives).Select(passage => passage.Id)));
    }

    [Fact]
    public void Draw_AllFromRun_TakesCandidatesOfTheLanguageFirst()
    {
        var builder = new RunBuilder("first");
        builder.Add("q2", [new("p04", 9), new("p12", 8), new("p05", 7), new("p06", 6), new("p07", 5)]);
        var sampler = new GroupSampler(Queries, Passages, Known, builder.Build(), new GroupOptions { Seed = 1, Negatives = 2, RunShare = 1, RunDepth = 4 });
        sampler.Draw(1).Single(group => group.Query.Id == "q2").Negatives.Select(passage => passage.Id).ShouldBe(["p05", "p06"], ignoreOrder: true);
        sampler.WithHardNegatives.ShouldBe(1);
    }

    [Fact]
    public void Draw_AsTheSource_FirstOfTheBestInTheFileAndAJudgedZeroThatStays()
    {
        var known = Judgements(("q1", "p02", 5), ("q1", "p01", 5), ("q1", "p03", 0), ("q1", "p05", 0), ("q1", "p11", 0), ("q1", "p06", 1), ("q2", "p04", 3));
        var sampler = new GroupSampler(Queries, Passages, known, null, new GroupOptions { Seed = 1, Pool = NegativePool.JudgedZero, Ties = PositiveTie.File, FixedNegatives = true });
        var group = sampler.Draw(1).Single();
        group.Positive.Id.ShouldBe("p02");
        new[] { "p03", "p05" }.ShouldContain(group.Negatives.Single().Id);
        sampler.Draw(9).Single().Negatives.Single().Id.ShouldBe(group.Negatives.Single().Id);
        sampler.WithoutZeros.ShouldBe(1);
        sampler.Warnings().ShouldBe(["1 queries were left out, as fewer than 1 of their passages are judged 0 (negatives.pool)."]);
        Enumerable.Range(1, 40).Select(seed => new GroupSampler(Queries, Passages, known, null, new GroupOptions { Seed = seed, Pool = NegativePool.JudgedZero }).Draw(1).Single().Negatives.Single().Id)
            .Distinct().Order().ShouldBe(["p03", "p05"]);
        new GroupSampler(Queries, Passages, known, null, new GroupOptions { Seed = 1, Pool = NegativePool.LastJudgedZero }).Draw(1).Single().Candidates[1].ShouldSatisfyAllConditions(
            last => last.Passage.Id.ShouldBe("p05"), last => last.Origin.Why.ShouldBe("judged-zero"));
    }

    [Fact]
    public void Draw_Judged_OtherRelevantPassagesJoinWithTheirGrades()
    {
        var known = Judgements(("q1", "p02", 5), ("q1", "p01", 2), ("q1", "p03", 1), ("q1", "p04", 4), ("q1", "p05", 0));
        string Lists(int judged) => string.Join(' ', new GroupSampler(Queries, Passages, known, null, new GroupOptions { Seed = 1, Judged = judged, Pool = NegativePool.JudgedZero }).Draw(1).Single().Candidates.Select(c => $"{c.Passage.Id}:{c.Grade}"));
        Lists(0).ShouldBe("p02:5 p05:0");
        Lists(9).ShouldBe("p02:5 p04:4 p01:2 p03:1 p05:0");
        Lists(2).Split(' ').Length.ShouldBe(4);
    }

    [Fact]
    public void Draw_FilteredRun_TakesRanksAndScoresFarEnoughBelowThePositive()
    {
        var builder = new RunBuilder("first");
        builder.Add("q2", [new("p05", 12), new("p04", 10), new("p06", 9.6), new("p07", 9.4), new("p08", 8), new("p09", 2)]);
        IEnumerable<string> Drawn(GroupOptions options)
        {
            var sampler = new GroupSampler(Queries, Passages, Known, builder.Build(), options with { RunShare = 1 });
            return Enumerable.Range(1, 60).SelectMany(epoch => sampler.Draw(epoch).Single(group => group.Query.Id == "q2").Candidates.Where(candidate => candidate.Origin.Why == CandidateOrigin.Run))
                .Select(candidate => $"{candidate.Passage.Id}@{candidate.Origin.Rank}").Distinct().Order(StringComparer.Ordinal);
        }
        Drawn(new GroupOptions { Seed = 1 }).ShouldBe(["p05@1", "p06@3", "p07@4", "p08@5", "p09@6"]);
        Drawn(new GroupOptions { Seed = 1, RunFirst = 3, RunDepth = 5 }).ShouldBe(["p06@3", "p07@4", "p08@5"]);
        Drawn(new GroupOptions { Seed = 1, Filter = new PositiveAwareFilter { MaxShare = 0.95 } }).ShouldBe(["p07@4", "p08@5", "p09@6"]);
        Drawn(new GroupOptions { Seed = 1, Filter = new PositiveAwareFilter { Margin = 2 } }).ShouldBe(["p08@5", "p09@6"]);
    }

    [Fact]
    public void Limit_PositiveBelowZeroOrUnknown_StaysBelowItOrLetsNothingPass()
    {
        new PositiveAwareFilter { MaxShare = 0.95 }.Limit(-2).ShouldBe(-2.1, 1e-12);
        new PositiveAwareFilter { MaxShare = 0.95, Margin = 3 }.Limit(10).ShouldBe(7);
        new PositiveAwareFilter { Margin = 0 }.Limit(null).ShouldBe(double.NegativeInfinity);
        new PositiveAwareFilter().Limit(null).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Create_NothingMatches_SaysWhatToCheck() =>
        Should.Throw<DragomanException>(() => new GroupSampler(Queries, Passages, Judgements(("x", "y", 1)), null, new GroupOptions { Seed = 1 })).Message
            .ShouldBe("None of the 1 judged queries has both a text and a relevant passage in the collection; do the ids of queries, passages and judgements match?");

    [Fact]
    public void Cut_AnyLengths_EveryItemOnceAndBatchesOfLikeLength()
    {
        var random = new Random(4);
        var lengths = Enumerable.Range(0, 1000).Select(_ => random.Next(10, 250)).ToArray();
        var batches = BucketedBatches.Cut(lengths, 16, seed: 2);
        batches.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, 1000));
        double Padding(IEnumerable<int[]> cut) => cut.Sum(batch => batch.Length * batch.Max(item => lengths[item])) / (double)lengths.Sum();
        Padding(batches).ShouldBeLessThan(1.1);
        Padding(BucketedBatches.Cut(lengths, 16, seed: 2, poolBatches: 1)).ShouldBeGreaterThan(1.5);
    }
}
