using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

/// <summary>Vectors of passages that were made before the index.</summary>
public class PassageVectorsTests
{
    [Fact]
    public void Build_VectorsMadeBefore_IsTheIndexOfItsEncoder()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        var passages = Enumerable.Range(0, 50).Select(number => new Passage($"p{number:D2}", "", $"a{number} b{number % 7} c", "en")).ToList();
        var options = new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder, EncodingBatch = 7 };
        var made = new MadeBefore(encoder);
        IndexBuilder.Build(passages, folder["direct"], options, cancellationToken: TestContext.Current.CancellationToken);
        IndexBuilder.Build(passages, folder["before"], options with { Vectors = made }, cancellationToken: TestContext.Current.CancellationToken);

        made.Ids.ShouldBe(passages.Select(passage => passage.Id));
        Ranking("before").ShouldBe(Ranking("direct"));

        IEnumerable<RankedPassage> Ranking(string name)
        {
            using var index = SearchIndex.Open(folder[name]);
            return new DenseRetriever(index, encoder).Retrieve([new Query("q", "a3 b2", "en")], new RetrievalOptions { Depth = 20 }, TestContext.Current.CancellationToken)[0];
        }
    }

    [Fact]
    public void Build_VectorsWithoutTheirEncoder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        Should.Throw<ConfigurationException>(() => IndexBuilder.Build([], folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Vectors = new MadeBefore(encoder) }, cancellationToken: TestContext.Current.CancellationToken))
            .Problems.ShouldBe(["Vectors are given without the encoder that made them; give both."]);
    }

    private sealed class MadeBefore(HashEncoder encoder) : IPassageVectors
    {
        internal List<string> Ids { get; } = [];

        public void Read(IReadOnlyList<Passage> passages, Span<float> vectors)
        {
            Ids.AddRange(passages.Select(passage => passage.Id));
            encoder.Encode([.. passages.Select(passage => passage.FullText)], vectors);
        }
    }
}
