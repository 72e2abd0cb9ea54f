using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;

namespace Dragoman.Retrieval.Tests.FirstStage;

public class TopPassagesTests
{
    // Few distinct scores: what is kept and how it is ordered is decided by ids nearly all the time.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 50)]
    [InlineData(3, 100_000)]
    public void Take_AnyOffers_AreTheBestInTheOrderOfSorting(int seed, int distinctScores)
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(seed, 700));
        var random = new Random(seed);
        foreach (var depth in new[] { 1, 2, 3, 7, 64, 65, 200, 699, 700, 5000, int.MaxValue })
        {
            var offers = Enumerable.Range(0, 700).Select(ordinal => (Ordinal: ordinal, Score: (random.Next(distinctScores) - 1) / 8.0)).OrderBy(_ => random.Next()).ToList();
            var (whole, halves) = (new TopPassages(depth, index.Passages), new[] { new TopPassages(depth, index.Passages), new TopPassages(depth, index.Passages) });
            foreach (var (ordinal, score) in offers)
            {
                whole.Offer(ordinal, score);
                halves[random.Next(2)].Offer(ordinal, score);
            }
            halves[0].Offer(halves[1]);

            var expected = offers.Select(offer => new RankedPassage(index.Passages.ReadId(offer.Ordinal), offer.Score))
                .OrderByDescending(passage => passage.Score).ThenByDescending(passage => passage.PassageId, StringComparer.Ordinal).Take(depth).ToArray();
            whole.Ordinals.ToArray().Select(index.Passages.ReadId).ShouldBe(expected.Select(passage => passage.PassageId), ignoreOrder: true);
            whole.Take().ShouldBe(expected);
            halves[0].Take().ShouldBe(expected);
        }
    }

    [Fact]
    public void Threshold_OnceFull_IsNeverAboveTheWorstThatBelongsInTheRanking()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(4, 300));
        var (random, seen, top) = (new Random(4), new List<double>(), new TopPassages(20, index.Passages));
        for (var ordinal = 0; ordinal < 300; ordinal++)
        {
            seen.Add(random.NextDouble());
            top.Offer(ordinal, seen[^1]);
            if (seen.Count < 20) top.Threshold.ShouldBe(double.NegativeInfinity);
            else top.Threshold.ShouldBeLessThanOrEqualTo(seen.OrderDescending().ElementAt(19));
        }
        top.Threshold.ShouldBeGreaterThan(0.8);
    }
}
