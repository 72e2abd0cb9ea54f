using Dragoman.Collections;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Reranking;

namespace Dragoman.Retrieval.Tests.Reranking;

public sealed class VectorRerankerTests
{
    private static readonly Query[] Queries = [new("q1", "aab", "zh"), new("q2", "b", "zh")];
    private static readonly Passage[] Passages = [new("p1", "", "bbb", "kk"), new("p2", "", "ab", "kk"), new("p3", "", "aaaa", "ru"), new("p4", "", "a", "kk"), new("p5", "", "ab", "kk")];

    private static Run Candidates()
    {
        var builder = new RunBuilder("first");
        builder.Add("q1", [new("p1", 3), new("p3", 2), new("p2", 1)]);
        builder.Add("q2", [new("p4", 3), new("p2", 2)]);
        return builder.Build();
    }

    private static (string, double)[] Of(IReadOnlyList<RankedPassage> ranking) => [.. ranking.Select(passage => (passage.PassageId, passage.Score))];

    [Fact]
    public void Rerank_Candidates_AreOrderedByDotProduct()
    {
        using var encoder = new Counts();
        var run = Candidates();
        var texts = CandidateTexts.For(run, "first", Queries, Passages, null);
        var reranked = new VectorReranker(encoder, "counts").Rerank(run, texts, cancellationToken: TestContext.Current.CancellationToken);
        Of(reranked.Ranking("q1")).ShouldBe([("p3", 8), ("p2", 3), ("p1", 3)]);
        Of(reranked.Ranking("q2")).ShouldBe([("p2", 1), ("p4", 0)]);
        reranked.Tag.ShouldBe("counts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Search_AnyBlock_FindsTheBestOfTheLanguagesAndTellsOfEachPassage(int block)
    {
        using var encoder = new Counts();
        var kk = new HashSet<string> { "kk" };
        var search = new StreamedSearch(encoder, [new StreamedQuery(Queries[0], kk), new StreamedQuery(Queries[1], new HashSet<string> { "kk", "en" })], depth: 2, block);
        var seen = new List<(string, float[])>();
        var found = search.Search(search.EncodeQueries(TestContext.Current.CancellationToken), Passages, (passage, vector) => seen.Add((passage.Id, vector.ToArray())), cancellationToken: TestContext.Current.CancellationToken);
        Of(found[0]).ShouldBe([("p5", 3), ("p2", 3)]);
        Of(found[1]).ShouldBe([("p1", 3), ("p5", 1)]);
        seen.Select(entry => entry.Item1).ShouldBe(["p1", "p2", "p4", "p5"]);
        seen[0].Item2.ShouldBe([0, 3]);
        search.Passages.ShouldBe(4);
        encoder.MostAtOnce.ShouldBeLessThanOrEqualTo(block);
    }

    /// <summary>A text is how many a and how many b it has.</summary>
    private sealed class Counts : ITextEncoder
    {
        public string Identity => "counts";

        public int Dimension => 2;

        internal int MostAtOnce { get; private set; }

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
        {
            MostAtOnce = Math.Max(MostAtOnce, texts.Count);
            for (var text = 0; text < texts.Count; text++) (vectors[2 * text], vectors[2 * text + 1]) = (texts[text].Count(letter => letter == 'a'), texts[text].Count(letter => letter == 'b'));
        }

        public void Dispose()
        {
        }
    }
}
