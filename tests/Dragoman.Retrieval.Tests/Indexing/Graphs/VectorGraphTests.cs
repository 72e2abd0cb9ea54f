using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Graphs;

namespace Dragoman.Retrieval.Tests.Indexing.Graphs;

/// <summary>Dense search through graphs: what it finds beside exact search, and what happens to graphs when an index changes or is damaged.</summary>
public class VectorGraphTests
{
    private const int Clusters = 30, Depth = 10;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly VectorGraphOptions Small = new() { Links = 8, Breadth = 40, MinPassages = 200 };

    [Theory]
    [InlineData(VectorPrecision.Full)]
    [InlineData(VectorPrecision.Half)]
    [InlineData(VectorPrecision.Quantised)]
    [InlineData(VectorPrecision.Rescored)]
    public void Retrieve_ThroughGraphs_FindsNearlyAllOfTheNearest(VectorPrecision precision)
    {
        using var folder = new TemporaryFolder();
        using var index = Build(folder["index"], Passages(0, 4000), precision);
        index.Manifest.Graphs!.Passages.ShouldBe(4000);

        Recall(index, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
        // A rough search misses some: so it is not row by row that the others are found.
        Recall(index, new RetrievalOptions { Depth = 1, Breadth = 1 }).ShouldBeLessThan(1);
    }

    [Fact]
    public void Retrieve_Exact_IsThatOfAnIndexWithoutGraphs()
    {
        using var folder = new TemporaryFolder();
        using var index = Build(folder["index"], Passages(0, 900));
        using var plain = Build(folder["plain"], Passages(0, 900), graphs: null);

        plain.Manifest.Graphs.ShouldBeNull();
        var exact = new RetrievalOptions { Depth = Depth, Exact = true };
        Rankings(index, exact).ShouldBe(Rankings(plain, exact with { Exact = false }));
    }

    [Fact]
    public void Retrieve_AfterDeletions_FindsNearlyAllOfWhatIsLeft()
    {
        using var folder = new TemporaryFolder();
        Build(folder["index"], Passages(0, 3000)).Dispose();
        using (var writer = IndexWriter.Open(folder["index"]))
        {
            // All of three clusters, so that whole regions are gone, and every fourth of the others.
            writer.Delete(Passages(0, 3000).Where((passage, place) => place % Clusters < 3 || place % 4 == 0).Select(passage => passage.Id)).ShouldBeGreaterThan(800);
            writer.Publish("delete");
        }
        using var index = SearchIndex.Open(folder["index"]);

        index.Manifest.Graphs!.Passages.ShouldBe(3000);
        Recall(index, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
        foreach (var found in Rankings(index, new RetrievalOptions { Depth = Depth })) index.Passages.TryFind(found.Split(' ')[0], out _).ShouldBeTrue();
    }

    [Fact]
    public void Retrieve_AfterAdditionsReplacementsDeletionsAndMerges_FindsNearlyAllOfWhatIsThere()
    {
        using var folder = new TemporaryFolder();
        var defaults = new VectorGraphOptions { MinPassages = 200 };
        Build(folder["index"], Passages(0, 1500), defaults).Dispose();
        var random = new Random(7);
        for (var round = 0; round < 4; round++)
        {
            using (var encoder = new ClusterEncoder())
            using (var writer = IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder }))
            {
                writer.Delete(Passages(0, 1500 + 600 * round).Where(_ => random.Next(5) == 0).Select(passage => passage.Id));
                // New passages, and others in the place of some that are there or were deleted: with their ids, elsewhere.
                var changed = Passages(0, 1500).Where(_ => random.Next(10) == 0).Select(passage => passage with { Text = string.Create(CultureInfo.InvariantCulture, $"{random.Next(Clusters)} {700_000 + random.Next(100_000)}") });
                writer.Add([.. Passages(1500 + 600 * round, 2100 + 600 * round), .. changed], replace: true, cancellationToken: Token);
                writer.Publish("change");
                if (round == 2 && writer.Merge(all: true, Token)) writer.Publish("merge");
            }
            using var index = SearchIndex.Open(folder["index"]);
            index.Manifest.Graphs!.Passages.ShouldBeGreaterThan(1000);
            Recall(index, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
        }
    }

    [Fact]
    public void Retrieve_QueriesOfClustersThatAreNotThere_FindsNearlyAllOfTheNearest()
    {
        using var folder = new TemporaryFolder();
        using var index = Build(folder["index"], Passages(0, 9000).Where((_, place) => place % Clusters < Clusters / 2), new VectorGraphOptions { MinPassages = 200 });

        index.Manifest.Graphs!.Passages.ShouldBe(4500);
        Recall(index, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void Search_RepeatedWithMoreBreadth_FindsWhatThatBreadthFindsForHardlyMoreRows()
    {
        const int narrow = 20;
        using var folder = new TemporaryFolder();
        using var encoder = new ClusterEncoder();
        using var index = Build(folder["index"], Passages(0, 9000).Where((_, place) => place % Clusters < Clusters / 2));
        var graph = index.Passages.PartitionOf(0).Graph!;
        var repeated = 0;
        long total = 0, totalAtOnce = 0;
        foreach (var query in Queries())
        {
            var vector = new float[encoder.Dimension];
            encoder.Encode([query.Text], vector);
            var (found, scored) = Search(vector, narrow);
            if (found.Count == narrow) continue;
            var (foundAtOnce, scoredAtOnce) = Search(vector, found.Count);
            // Where the greatest breadth is not enough either, a search that begins with it goes on.
            if (foundAtOnce.Count != found.Count) continue;
            repeated++;
            found.Order().ShouldBe(foundAtOnce.Order());
            total += scored;
            totalAtOnce += scoredAtOnce;
        }
        repeated.ShouldBeGreaterThan(10);
        // Rows scored once for all searches of a query: 1.03; once for each: 1.78.
        ((double)total / totalAtOnce).ShouldBeLessThan(1.1);

        (List<(int, float)> Found, long Scored) Search(float[] vector, int breadth)
        {
            var found = new List<(int, float)>();
            var scored = graph.Search(vector, breadth, Depth, null, (passage, score) => found.Add((passage, score)));
            return (found, scored);
        }
    }

    [Fact]
    public void Retrieve_ManyQueriesOverFewPassages_IsExact()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new ClusterEncoder();
        using var index = Build(folder["index"], Passages(0, 2000));
        var rough = new RetrievalOptions { Depth = 1, Breadth = 3 };
        var retriever = new DenseRetriever(index, encoder);
        string[] Best(RetrievalOptions options) => [.. retriever.Retrieve(Queries(), options, Token).Select(ranking => ranking[0].PassageId)];

        // A thousand passages of a language for three kept: enough for one query, too few for sixty at once.
        Best(rough).ShouldBe(Best(rough with { Exact = true }));
        Recall(index, rough).ShouldBeLessThan(1);
        DenseRetriever.RowsPerKeptFor(1).ShouldBeLessThan(1000 / 3);
    }

    [Fact]
    public void Retrieve_WithLanguagesExclusionsAndFilter_FindsOnlyWhatMayBeFound()
    {
        using var folder = new TemporaryFolder();
        using var index = Build(folder["index"], Passages(0, 2000));
        var kazakh = new RetrievalOptions { Depth = Depth, Languages = ["kk"] };
        Recall(index, kazakh).ShouldBeGreaterThanOrEqualTo(0.95);
        Rankings(index, kazakh).ShouldAllBe(line => line.StartsWith("kk", StringComparison.Ordinal));

        var first = Rankings(index, kazakh).Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal).ToArray();
        var without = kazakh with { ExcludedPassageIds = first };
        Rankings(index, without).ShouldAllBe(line => !first.Contains(line.Split(' ')[0]));
        Recall(index, without).ShouldBeGreaterThanOrEqualTo(0.95);

        var filtered = new RetrievalOptions { Depth = Depth, Filter = new PassageFilter(index, [.. Enumerable.Range(0, 2000).Where(ordinal => ordinal % 7 == 0)]) };
        Rankings(index, filtered).ShouldBe(Rankings(index, filtered with { Exact = true }));
    }

    [Fact]
    public void AddAndMerge_ThenRetrieve_IsThatOfAnIndexBuiltAtOnce()
    {
        using var folder = new TemporaryFolder();
        Build(folder["index"], Passages(0, 800)).Dispose();
        using (var encoder = new ClusterEncoder())
        using (var writer = IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder }))
        {
            writer.Add(Passages(800, 1600), cancellationToken: Token);
            writer.Publish("add");
            using (var added = SearchIndex.Open(folder["index"])) Recall(added, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
            Directory.GetFiles(folder["index/segments"], "*.gph").Length.ShouldBe(2);
            writer.Merge(all: true, Token).ShouldBeTrue();
            writer.Publish("merge");
        }
        using var index = SearchIndex.Open(folder["index"]);
        using var rebuilt = Build(folder["rebuilt"], Passages(0, 1600));

        Directory.GetFiles(folder["index/segments"], "*.gph").Length.ShouldBe(1);
        Rankings(index, new RetrievalOptions { Depth = Depth, Breadth = 20 }).ShouldBe(Rankings(rebuilt, new RetrievalOptions { Depth = Depth, Breadth = 20 }));
    }

    [Fact]
    public void Build_AnyNumberOfThreads_WritesTheSameGraphs()
    {
        using var folder = new TemporaryFolder();
        foreach (var threads in new[] { 1, 3, 8 }) Build(folder[$"index{threads}"], Passages(0, 2500), threads: threads).Dispose();

        var one = File.ReadAllBytes(Directory.GetFiles(folder["index1/segments"], "*.gph").Single());
        foreach (var threads in new[] { 3, 8 }) File.ReadAllBytes(Directory.GetFiles(folder[$"index{threads}/segments"], "*.gph").Single()).ShouldBe(one);
    }

    [Fact]
    public void Retrieve_ManyPassagesAlike_FindsThemAllAndOthers()
    {
        using var folder = new TemporaryFolder();
        // Three hundred copies of one text among a thousand others.
        var passages = Passages(0, 1000).Concat(Enumerable.Range(0, 300).Select(copy => new Passage($"copy{copy:D3}", "", "5 5", "kk"))).ToList();
        using var index = Build(folder["index"], passages);

        Recall(index, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
        using var encoder = new ClusterEncoder();
        var found = new DenseRetriever(index, encoder) { RowsPerKept = 0 }.Retrieve([new Query("q", "5 5", "und")], new RetrievalOptions { Depth = 320 }, Token)[0];
        found.Take(300).Count(passage => passage.PassageId.StartsWith("copy", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(299);
        found.Count.ShouldBe(320);
    }

    [Fact]
    public void Graph_OfAnIndexThatIsThere_IsMadeAnewOrRemoved()
    {
        using var folder = new TemporaryFolder();
        Build(folder["index"], Passages(0, 900), graphs: null).Dispose();
        Change(Small);
        using (var index = SearchIndex.Open(folder["index"]))
        {
            index.Manifest.Graphs!.Options.ShouldBe(Small);
            Recall(index, new RetrievalOptions { Depth = Depth }).ShouldBeGreaterThanOrEqualTo(0.95);
        }
        Change(Small with { MinPassages = 5000 });
        using (var index = SearchIndex.Open(folder["index"])) index.Manifest.Graphs!.Passages.ShouldBe(0);
        Change(null);
        using (var index = SearchIndex.Open(folder["index"])) index.Manifest.Graphs.ShouldBeNull();
        Directory.GetFiles(folder["index/segments"], "*.gph").ShouldBeEmpty();

        using var writer = IndexWriter.Open(folder["index"]);
        Should.Throw<ConfigurationException>(() => writer.Graph(new VectorGraphOptions { Links = 1, Breadth = 0, MinPassages = 0 })).Message.ShouldContain("VectorGraph.Links is 1; use 2 to 128");

        void Change(VectorGraphOptions? options)
        {
            using var changing = IndexWriter.Open(folder["index"]);
            changing.Graph(options);
            changing.Link(Token);
            changing.Publish("graphs");
        }
    }

    [Fact]
    public void Open_DamagedOrMissingGraphs_IsAFailureThatNamesTheFile()
    {
        using var folder = new TemporaryFolder();
        Build(folder["index"], Passages(0, 500)).Dispose();
        var file = Directory.GetFiles(folder["index/segments"], "*.gph").Single();
        var bytes = File.ReadAllBytes(file);
        var random = new Random(1);
        for (var flip = 0; flip < 40; flip++)
        {
            var changed = (byte[])bytes.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, changed);
            Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"]).Dispose()).Path.ShouldBe(file);
        }
        File.WriteAllBytes(file, bytes[..^9]);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"]).Dispose()).Path.ShouldBe(file);
        File.Delete(file);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"]).Dispose()).Message.ShouldContain("the file is missing");
    }

    private static IEnumerable<Passage> Passages(int from, int to) => Enumerable.Range(from, to - from)
        .Select(number => new Passage($"{Language(number)}{number:D5}", "", string.Create(CultureInfo.InvariantCulture, $"{number % Clusters} {number}"), Language(number)));

    private static string Language(int number) => number / Clusters % 2 == 0 ? "kk" : "zh";

    private static Query[] Queries() => [.. Enumerable.Range(0, 60).Select(number => new Query($"q{number}", string.Create(CultureInfo.InvariantCulture, $"{number % Clusters} {500_000 + number}"), "und"))];

    private static SearchIndex Build(string path, IEnumerable<Passage> passages, VectorPrecision precision = VectorPrecision.Full, int threads = 2) => Build(path, passages, Small, precision, threads);

    private static SearchIndex Build(string path, IEnumerable<Passage> passages, VectorGraphOptions? graphs, VectorPrecision precision = VectorPrecision.Full, int threads = 2)
    {
        using var encoder = new ClusterEncoder();
        IndexBuilder.Build(passages, path, new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder, Precision = precision, Graphs = graphs, Threads = threads }, cancellationToken: Token);
        return SearchIndex.Open(path);
    }

    /// <summary>Share of what exact search finds.</summary>
    private static double Recall(SearchIndex index, RetrievalOptions options)
    {
        var exact = Retrieve(index, options with { Exact = true });
        return Retrieve(index, options).Zip(exact, (found, wanted) => (double)found.Select(passage => passage.PassageId).Intersect(wanted.Select(passage => passage.PassageId)).Count() / wanted.Count).Average();
    }

    private static string[] Rankings(SearchIndex index, RetrievalOptions options) =>
        [.. Retrieve(index, options).SelectMany((ranking, query) => ranking.Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.PassageId} {query} {found.Score:R}")))];

    private static IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(SearchIndex index, RetrievalOptions options)
    {
        using var encoder = new ClusterEncoder();
        return new DenseRetriever(index, encoder) { RowsPerKept = 0 }.Retrieve(Queries(), options, Token);
    }
}
