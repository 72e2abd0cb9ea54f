using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Fusion;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Retrieval.Tests.Pipelines;

public class HybridRetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void Retrieve_EveryMatchInFull_EqualsReciprocalRankFusion()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(1, 120));
        var lexical = new Bm25Retriever(index, new SpaceAnalyzer());
        var dense = new DenseRetriever(index, encoder);
        var queries = RandomCollection.Queries(2, 10);
        var options = new RetrievalOptions { Depth = 1000 };

        var hybrid = new HybridRetriever(lexical, dense, new HybridOptions { FullEvidence = 0 }).Retrieve(queries, options, Token);

        var (byTerms, byVectors) = (lexical.Retrieve(queries, options, Token), dense.Retrieve(queries, options, Token));
        for (var query = 0; query < queries.Count; query++)
            hybrid[query].ShouldBe(ReciprocalRankFusion.Fuse([[.. byTerms[query]], [.. byVectors[query]]], new FusionOptions { Depth = 1000 }));
    }

    [Fact]
    public void Retrieve_NoTermMatches_EqualsDenseOrder()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(3, 120));
        var dense = new DenseRetriever(index, encoder);
        Query[] queries = [new("q", "words unknown here", "zh")];

        var hybrid = new HybridRetriever(new Bm25Retriever(index, new SpaceAnalyzer()), dense).Retrieve(queries, new RetrievalOptions { Depth = 20 }, Token);

        hybrid[0].Select(passage => passage.PassageId).ShouldBe(dense.Retrieve(queries, new RetrievalOptions { Depth = 20 }, Token)[0].Select(passage => passage.PassageId));
    }

    [Fact]
    public void Retrieve_OneCommonWordOfMany_LeavesDenseWinnerFirst()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        Passage[] passages = [new("near", "", "a b c d e f g h", "kk"), .. Enumerable.Range(0, 30).Select(number => new Passage($"far{number}", "", $"x{number} y{number} 7 7 7", "kk"))];
        using var index = RandomCollection.Index(folder["index"], passages);
        // The query says the same as "near" to the encoder, shares with it no term of the analyzer, and shares a number with all the others.
        var lexical = new Bm25Retriever(index, new SpaceAnalyzer());
        var dense = new DenseRetriever(index, encoder);
        Query[] queries = [new("q", "a b c d e f g 7", "zh")];

        var best = new HybridRetriever(lexical, dense).Retrieve(queries, new RetrievalOptions { Depth = 1 }, Token)[0][0];

        best.PassageId.ShouldBe("near");
    }
}
