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
