using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.FirstStage.Dense;

public class DenseRetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VectorPrecision.Full, 1e-6)]
    [InlineData(VectorPrecision.Half, 1e-3)]
    [InlineData(VectorPrecision.Quantised, 0.02)]
    [InlineData(VectorPrecision.Rescored, 1e-3)]
    public void Retrieve_RandomCollection_EqualsBruteForce(VectorPrecision precision, double tolerance)
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        var passages = RandomCollection.Passages(1, 900);
        using var index = RandomCollection.Index(folder["index"], passages, precision);
        var queries = RandomCollection.Queries(2, 25);

        var rankings = new DenseRetriever(index, encoder).Retrieve(queries, new RetrievalOptions { Depth = 30, Languages = ["kk", "zh"] }, Token);

        for (var query = 0; query < queries.Count; query++)
        {
            var scores = passages.Where(passage => passage.Language is "kk" or "zh").ToDictionary(passage => passage.Id, passage => Similarity(encoder, queries[query].Text, passage.FullText));
            rankings[query].Select(passage => passage.Score).ShouldBe(scores.Values.OrderDescending().Take(30), tolerance);
            foreach (var passage in rankings[query]) scores[passage.PassageId].ShouldBe(passage.Score, tolerance);
            ShouldBeInRunOrder(rankings[query]);
        }
    }

    [Fact]
    public void Retrieve_ZeroQueryVector_FindsNothingAndOthersAreUntouched()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(3, 40));
        var retriever = new DenseRetriever(index, encoder);

        var rankings = retriever.Retrieve([new Query("empty", "", "und"), new Query("q", "t1 t2", "und")], new RetrievalOptions { Depth = 3 }, Token);

        rankings[0].ShouldBeEmpty();
        rankings[1].ShouldBe(retriever.Retrieve([new Query("q", "t1 t2", "und")], new RetrievalOptions { Depth = 3 }, Token)[0]);
        rankings[1].Count.ShouldBe(3);
    }

    [Fact]
    public void Retriever_IndexWithoutVectorsOrOtherEncoder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        IndexBuilder.Build(RandomCollection.Passages(4, 5), folder["lexical"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer() }, cancellationToken: Token);
        using var lexical = SearchIndex.Open(folder["lexical"]);
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(4, 5));
        using var encoder = new HashEncoder();
        using var other = new HashEncoder(identity: "hash-v2");

        Should.Throw<DragomanException>(() => new DenseRetriever(lexical, encoder)).Message.ShouldContain("has no vectors; rebuild it with 'dragoman index --model DIR'");
        Should.Throw<IndexMismatchException>(() => new DenseRetriever(index, other)).Message.ShouldContain("built by encoder hash-v1, the query by hash-v2");
    }

    private static double Similarity(HashEncoder encoder, string first, string second)
    {
        var rows = new float[2 * encoder.Dimension];
        encoder.Encode([first, second], rows);
        return TensorPrimitives.Dot(rows.AsSpan(0, encoder.Dimension), rows.AsSpan(encoder.Dimension));
    }

    private static void ShouldBeInRunOrder(IReadOnlyList<RankedPassage> ranking)
    {
        foreach (var (better, worse) in ranking.Zip(ranking.Skip(1)))
            (better.Score > worse.Score || (better.Score == worse.Score && string.CompareOrdinal(better.PassageId, worse.PassageId) > 0)).ShouldBeTrue();
    }
}
