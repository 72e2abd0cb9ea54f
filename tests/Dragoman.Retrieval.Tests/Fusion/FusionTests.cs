using Dragoman.Collections;
using Dragoman.Retrieval.Fusion;

namespace Dragoman.Retrieval.Tests.Fusion;

public class FusionTests
{
    private static readonly FusionOptions Options = new();

    [Fact]
    public void Fuse_TwoRankings_AddsReciprocalRanks()
    {
        var fused = ReciprocalRankFusion.Fuse([[new("a", 9), new("b", 8)], [new("b", 0.2), new("c", 0.1)]], Options);

        fused.Select(passage => passage.PassageId).ShouldBe(["b", "a", "c"]);
        fused.Select(passage => passage.Score).ShouldBe([1.0 / 62 + 1.0 / 61, 1.0 / 61, 1.0 / 62], 1e-15);
    }

    [Fact]
    public void Fuse_AnyInputOrder_GivesSameRun()
    {
        var random = new Random(4);
        for (var round = 0; round < 50; round++)
        {
            var rankings = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 30).Where(_ => random.Next(2) == 0)
                .Select(id => new RankedPassage($"p{id}", random.Next(6) / 7.0)).ToArray()).ToArray();
            var byRank = ReciprocalRankFusion.Fuse(rankings, Options);
            var bySum = NormalisedSumFusion.Fuse(rankings, Options);
            foreach (var ranking in rankings) random.Shuffle(ranking);
            random.Shuffle(rankings);

            ReciprocalRankFusion.Fuse(rankings, Options).ShouldBe(byRank);
            NormalisedSumFusion.Fuse(rankings, Options).ShouldBe(bySum);
        }
    }

    [Fact]
    public void Fuse_NormalisedSum_ScalesEachRankingFirst()
    {
        var fused = NormalisedSumFusion.Fuse([[new("a", 100), new("b", 50), new("c", 0)], [new("c", 3), new("d", 3)]], Options with { Depth = 3 });

        fused.ShouldBe([new RankedPassage("d", 1), new RankedPassage("c", 1), new RankedPassage("a", 1)]);
    }

    [Fact]
    public void Fuse_NoRankings_GivesNothing() => ReciprocalRankFusion.Fuse([[], []], Options).ShouldBeEmpty();

    [Fact]
    public void Problems_NegativeKAndDepth_AreBothNamed() => new FusionOptions { K = -1, Depth = 0 }.Problems().Count().ShouldBe(2);
}
