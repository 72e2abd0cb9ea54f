using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class IndexWriterTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Changes_AnySequence_RankAsARebuildToTheLastBit(int seed)
    {
        using var folder = new TemporaryFolder();
        var changes = new IndexChanges(seed);
        changes.Keep(changes.Fresh(30));
        RandomCollection.Index(folder["index"], changes.Expected.Values).Dispose();
        for (var change = 0; change < 30; change++)
        {
            using (var writer = IndexChanges.Open(folder["index"], memoryBytes: change % 3 == 0 ? 4000 : 1 << 20)) changes.Next(writer);
            if (change % 5 != 4) continue;
            using var index = SearchIndex.Open(folder["index"]);
            using var rebuilt = RandomCollection.Index(folder[$"rebuilt-{change}"], changes.Expected.Values);
            ShouldRankAlike(index, rebuilt, RandomCollection.Queries(seed + change, 20));
        }
    }

    [Fact]
    public void Add_SmallMemoryAndManyThreads_GivesTheSameSegments()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(5, 3000);
        var manifests = new[] { 1, 3, 8 }.Select(threads => IndexBuilder.Build(passages, folder[$"by-{threads}"],
            new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), MemoryBytes = 200_000, Threads = threads }, cancellationToken: Token)).ToList();

        manifests[0].Segments.Count.ShouldBeGreaterThan(3);
        manifests[1].Segments.ShouldBe(manifests[0].Segments);
        manifests[2].Segments.ShouldBe(manifests[0].Segments);
        using var index = SearchIndex.Open(folder["by-3"]);
        using var whole = RandomCollection.Index(folder["whole"], passages);
        var queries = RandomCollection.Queries(6, 20);
        new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve(queries, new RetrievalOptions { Depth = 50 }, Token)
            .ShouldBe(new Bm25Retriever(whole, new SpaceAnalyzer()).Retrieve(queries, new RetrievalOptions { Depth = 50 }, Token));
    }

    [Fact]
    public void Add_ManySmallChanges_StaysWithFewSegments()
    {
        using var folder = new TemporaryFolder();
        var changes = new IndexChanges(7);
        RandomCollection.Index(folder["index"], changes.Fresh(5)).Dispose();
        for (var change = 0; change < 40; change++)
        {
            using var writer = IndexChanges.Open(folder["index"]);
            writer.Add(changes.Fresh(3), cancellationToken: Token);
            writer.Publish("add");
            if (writer.Merge(cancellationToken: Token)) writer.Publish("merge");
        }

        using var index = SearchIndex.Open(folder["index"]);

        index.Manifest.Passages.ShouldBe(125);
        index.Manifest.Segments.Count.ShouldBeLessThan(10);
        index.Manifest.Generation.ShouldBeGreaterThan(40);
        Directory.GetFiles(folder["index/segments"]).Length.ShouldBe(index.Manifest.Segments.Count);
    }

    [Fact]
    public void Publish_ReaderIsOpen_ReaderKeepsItsGeneration()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(8, 100);
        using var before = RandomCollection.Index(folder["index"], passages);
        var queries = RandomCollection.Queries(9, 10);
        var expected = new Bm25Retriever(before, new SpaceAnalyzer()).Retrieve(queries, new RetrievalOptions(), Token);

        using (var writer = IndexChanges.Open(folder["index"]))
        {
            writer.Delete(passages.Take(60).Select(passage => passage.Id));
            writer.Merge(all: true, Token).ShouldBeTrue();
            writer.Publish("test");
        }

        new Bm25Retriever(before, new SpaceAnalyzer()).Retrieve(queries, new RetrievalOptions(), Token).ShouldBe(expected);
        foreach (var passage in passages) before.Passages.TryFind(passage.Id, out _).ShouldBeTrue(passage.Id);
        using var after = SearchIndex.Open(folder["index"]);
        after.Passages.Count.ShouldBe(40);
        after.Manifest.Segments.Single().Deleted.ShouldBe(0);
    }

    [Fact]
    public void Dispose_WithoutPublish_LeavesTheIndexAndNoFiles()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(10, 20)).Dispose();
        var files = Files(folder["index"]);

        using (var writer = IndexChanges.Open(folder["index"]))
        {
            writer.Add([new Passage("new", "", "t1", "kk")], cancellationToken: Token);
            writer.Delete(["new"]).ShouldBe(1);
        }

        Files(folder["index"]).ShouldBe(files);
        using var index = SearchIndex.Open(folder["index"]);
        index.Passages.Count.ShouldBe(20);
    }

    [Fact]
    public void Add_IdThatIsThere_IsRefusedUnlessReplacing()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], [new("a", "", "t1", "kk"), new("b", "", "t2", "kk")]).Dispose();

        using (var writer = IndexChanges.Open(folder["index"]))
            Should.Throw<DragomanException>(() => writer.Add([new("c", "", "t3", "kk"), new("a", "", "t3", "ru")], cancellationToken: Token)).Message.ShouldContain("Passage id a is in the index already");
        using (var writer = IndexChanges.Open(folder["index"], memoryBytes: 1))
            Should.Throw<DragomanException>(() => writer.Add([new("c", "", "t3", "kk"), new("d", "", "t3", "kk"), new("c", "", "t3", "ru")], replace: true, cancellationToken: Token)).Message.ShouldContain("Passage id c occurs twice (again as passage 3)");
        using (var writer = IndexChanges.Open(folder["index"]))
        {
            writer.Add([new("a", "", "t3", "ru")], replace: true, cancellationToken: Token).ShouldBe((1, 1));
            writer.Publish("add");
        }

        using var index = SearchIndex.Open(folder["index"]);
        index.Passages.TryFind("a", out var ordinal).ShouldBeTrue();
        index.Passages.Read(ordinal).ShouldBe(new Passage("a", "", "t3", "ru"));
        index.Manifest.Languages.ShouldBe([new("kk", 1), new("ru", 1)]);
    }

    [Fact]
    public void Publish_NothingLeft_IsRefused()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], [new("a", "", "t1", "kk")]).Dispose();
        using var writer = IndexChanges.Open(folder["index"]);
        writer.Delete(["a"]);

        Should.Throw<DragomanException>(() => writer.Publish("delete")).Message.ShouldContain("holds no passages");
    }

    [Fact]
    public void Open_SecondWriter_IsRefusedInOneSentence()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(11, 5)).Dispose();
        using var writer = IndexWriter.Open(folder["index"]);

        Should.Throw<DragomanException>(() => IndexWriter.Open(folder["index"])).Message.ShouldBe($"Index {folder["index"]} is being changed by another program; try again when that has ended.");
        Should.Throw<DragomanException>(() => RandomCollection.Index(folder["index"], RandomCollection.Passages(12, 5))).Message.ShouldContain("is being changed by another program");
        SearchIndex.Open(folder["index"]).Dispose();
    }

    [Fact]
    public void Open_OtherAnalyzerOrEncoder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(13, 5)).Dispose();

        Should.Throw<IndexMismatchException>(() => IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer("space-v2"), Encoder = new HashEncoder() }));
        Should.Throw<IndexMismatchException>(() => IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = new HashEncoder(identity: "hash-v2") }));
        Should.Throw<DragomanException>(() => IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer() })).Message.ShouldContain("name the encoder's folder with --model DIR");
        Should.Throw<ConfigurationException>(() => IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Threads = 0, MemoryBytes = 0, EncodingBatch = 0 })).Problems.Count.ShouldBe(3);
        IndexWriter.Open(folder["index"]).Dispose();
    }

    [Fact]
    public void Build_OverAnIndexThatIsOpen_IsTheNextGeneration()
    {
        using var folder = new TemporaryFolder();
        using var before = RandomCollection.Index(folder["index"], RandomCollection.Passages(14, 30));

        using var after = RandomCollection.Index(folder["index"], RandomCollection.Passages(15, 40));

        before.Passages.Count.ShouldBe(30);
        before.Passages.Read(29).Text.ShouldNotBeNull();
        after.Passages.Count.ShouldBe(40);
        after.Manifest.Generation.ShouldBe(before.Manifest.Generation + 1);
        Directory.GetFiles(folder["index/segments"]).Length.ShouldBe(after.Manifest.Segments.Count);
    }

    internal static void ShouldRankAlike(SearchIndex index, SearchIndex rebuilt, IReadOnlyList<Query> queries)
    {
        using var encoder = new HashEncoder();
        index.Manifest.Passages.ShouldBe(rebuilt.Manifest.Passages);
        index.Manifest.Languages.ShouldBe(rebuilt.Manifest.Languages);
        foreach (var languages in new string[]?[] { null, [index.Passages.Languages[0]] })
        {
            var options = new RetrievalOptions { Depth = 15, Languages = languages };
            foreach (var make in new Func<SearchIndex, IRetriever>[]
            {
                opened => new Bm25Retriever(opened, new SpaceAnalyzer()),
                opened => new QueryLikelihoodRetriever(opened, new SpaceAnalyzer(), new QueryLikelihoodOptions { Mu = 20 }),
                opened => new QueryLikelihoodRetriever(opened, new SpaceAnalyzer(), new QueryLikelihoodOptions { Smoothing = Smoothing.JelinekMercer }),
                opened => new DenseRetriever(opened, encoder),
            })
            {
                var (found, expected) = (make(index).Retrieve(queries, options, Token), make(rebuilt).Retrieve(queries, options, Token));
                for (var query = 0; query < queries.Count; query++) found[query].ShouldBe(expected[query]);
            }
        }
    }

    private static List<string> Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => $"{file} {new FileInfo(file).Length}").Order(StringComparer.Ordinal)];
}
