using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Tests.FirstStage.Psq;

/// <summary>PSQ-HMM over weights that the index holds.</summary>
public class StoredPsqTests
{
    private const int MiB = 1 << 20;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly PsqOptions OfIndex = new() { Scoring = PsqScoring.Index }, OfQuery = new() { Scoring = PsqScoring.Query };

    [Fact]
    public void Retrieve_HandComputedWeights_AreThoseOfTheEquation()
    {
        using var folder = new TemporaryFolder();
        // Query language zh: 河 (river) 8 times, 城 (town) once, 11 terms in all.
        var tables = TinyTables.Write(folder["tables"], new() { ["zh"] = new() { ["河"] = 8, ["城"] = 1, ["的"] = 2 } }, new()
        {
            [("kk", "zh")] = new() { ["өзен"] = [("河", 0.75f), ("的", 0.25f)], ["су"] = [("河", 0.25f), ("水", 0.75f)], ["қала"] = [("城", 1f)] },
        });
        Passage[] passages = [new("k1", "", "өзен су қала таза", "kk"), new("k2", "", "су су 2026", "kk"), new("k3", "", "таза ауа", "kk"), new("z1", "", "河 的", "zh"), new("d1", "", "河 fluss", "de")];
        var options = OfIndex with { Background = 0.1 };
        using var index = Build(folder["index"], passages, new PsqWeigher(tables, ["zh"], options));

        var ranking = new PsqRetriever(index, new SpaceAnalyzer(), tables, options).Retrieve([new Query("q", "河 河 城 2026", "zh")], new RetrievalOptions(), Token)[0];

        // P(河|G) = 9/12, P(城|G) = 2/12, P(2026|G) = 1/12; weight = ln(1 + .9 P(e|d) / (.1 P(e|G))).
        var (river, town, year) = (0.1 * 9 / 12, 0.1 * 2 / 12, 0.1 * 1 / 12);
        var expected = new Dictionary<string, double>
        {
            ["k1"] = (2 * Math.Log(1 + (0.9 * ((0.75 + 0.25) / 4) / river))) + Math.Log(1 + (0.9 * (1.0 / 4) / town)),
            ["k2"] = (2 * Math.Log(1 + (0.9 * (2 * 0.25 / 3) / river))) + Math.Log(1 + (0.9 * (0.1 / 3) / year)),
            ["z1"] = 2 * Math.Log(1 + (0.9 * 0.5 / river)),
            ["d1"] = 2 * Math.Log(1 + (0.9 * 0.1 * 0.5 / river)),
        };
        ranking.Select(found => found.PassageId).ShouldBe(expected.OrderByDescending(entry => entry.Value).Select(entry => entry.Key));
        foreach (var found in ranking) found.Score.ShouldBe(expected[found.PassageId], 1e-6, found.PassageId);
        // 河, 的, 水 and 城 in k1, 河 and 水 in k2.
        index.Manifest.Weights!.Pairs.ShouldBe([new PairCount("kk", "zh", 6)]);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 400)]
    [InlineData(3, 4000)]
    public void Retrieve_Pruned_IsExhaustiveToTheLastBit(int seed, int passages)
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], seed);
        using var index = Build(folder["index"], RandomCollection.Passages(seed, passages), new PsqWeigher(tables, ["en", "kk"]));
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), tables, OfIndex);
        var queries = RandomTables.Queries(seed, 40).Concat(RandomTables.Queries(seed + 1, 10, "kk")).ToList();

        foreach (var depth in new[] { 1, 10, 100, 1000 })
        {
            foreach (var languages in new string[]?[] { null, ["kk"], ["ru", "de"] })
            {
                // Queries in kk need passages in kk or ru.
                var options = new RetrievalOptions { Depth = depth, Languages = languages, ExcludedPassageIds = [RandomCollection.Passages(seed, 1)[0].Id] };
                var (pruned, all) = (retriever.Retrieve(queries, options, exhaustive: false, Token), retriever.Retrieve(queries, options, exhaustive: true, Token));
                for (var query = 0; query < queries.Count; query++) pruned[query].ShouldBe(all[query], $"{queries[query]}, depth {depth}");
                retriever.Retrieve(queries, options, Token)[0].ShouldBe(all[0]);
                all.Sum(ranking => ranking.Count).ShouldBeGreaterThan(0);
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Retrieve_WeightsOfTheIndex_GiveTheScoresOfQueryTime(int seed)
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], seed);
        using var index = Build(folder["index"], RandomCollection.Passages(seed, 600), new PsqWeigher(tables, ["en", "kk"]));
        var (stored, computed) = (new PsqRetriever(index, new SpaceAnalyzer(), tables, OfIndex), new PsqRetriever(index, new SpaceAnalyzer(), tables, OfQuery));
        var queries = RandomTables.Queries(seed, 40).Concat(RandomTables.Queries(seed + 1, 20, "kk")).ToList();
        var options = new RetrievalOptions { Depth = 1000 };

        var (found, expected) = (stored.Retrieve(queries, options, Token), computed.Retrieve(queries, options, Token));

        for (var query = 0; query < queries.Count; query++)
        {
            var scores = expected[query].ToDictionary(passage => passage.PassageId, passage => passage.Score);
            found[query].Count.ShouldBe(scores.Count);
            foreach (var passage in found[query]) passage.Score.ShouldBe(scores[passage.PassageId], 1e-6 * scores[passage.PassageId], queries[query].Text);
        }
        found.Sum(ranking => ranking.Count).ShouldBeGreaterThan(1000);
        stored.WhyAtQueryTime("en").ShouldBeNull();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Changes_AnySequence_RankAsARebuildToTheLastBit(int seed)
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], seed);
        var changes = new IndexChanges(seed);
        changes.Keep(changes.Fresh(30));
        Build(folder["index"], changes.Expected.Values, new PsqWeigher(tables, ["en"])).Dispose();
        for (var change = 0; change < 24; change++)
        {
            // Little memory: several segments a change, and weights that go to files of their own first.
            var weigher = PsqWeigher.Like(tables, SettingsOf(folder["index"]));
            using (var writer = IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Weigher = weigher, MemoryBytes = change % 3 == 0 ? 4000 : MiB, Threads = 2 })) changes.Next(writer);
            if (change % 6 != 5) continue;
            using var index = SearchIndex.Open(folder["index"]);
            using var rebuilt = Build(folder[$"rebuilt-{change}"], changes.Expected.Values, new PsqWeigher(tables, ["en"]));
            ShouldRankAlike(index, rebuilt, tables, RandomTables.Queries(seed + change, 30));
        }
        Directory.GetFiles(folder["index/segments"]).Length.ShouldBe(2 * SegmentsOf(folder["index"]));
    }

    [Fact]
    public void Weigh_AnyMemoryAndThreads_GiveTheSameWeights()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 9);
        using var built = Build(folder["index"], RandomCollection.Passages(9, 5000), new PsqWeigher(tables, ["en"]));
        var expected = Retrieve(built, tables, RandomTables.Queries(9, 30));
        var sizes = new HashSet<long>();
        foreach (var (memory, threads) in new[] { (MiB, 1), (MiB, 5), (20_000, 1), (1, 3) })
        {
            using (var writer = IndexWriter.Open(folder["index"]))
            {
                writer.Weigh(new PsqWeigher(tables, ["en"]), memory, threads, cancellationToken: Token);
                writer.Publish("psq");
            }
            using var index = SearchIndex.Open(folder["index"]);
            var found = Retrieve(index, tables, RandomTables.Queries(9, 30));
            for (var query = 0; query < found.Count; query++) found[query].ShouldBe(expected[query]);
            sizes.Add(index.Manifest.Weights!.Bytes);
            Directory.GetFiles(folder["index/segments"]).Length.ShouldBe(2);
        }
        sizes.Count.ShouldBe(1);
    }

    [Fact]
    public void Weigh_CumulativeCut_KeepsATranslationOfNearCertainty()
    {
        // The reference drops the translation that crosses the cumulative threshold, and with it a term that has only one.
        using var folder = new TemporaryFolder();
        var tables = TinyTables.Write(folder["tables"], new() { ["zh"] = new() { ["城"] = 1 } }, new() { [("kk", "zh")] = new() { ["қала"] = [("城", 0.995f), ("的", 0.005f)] } });
        using var index = Build(folder["index"], [new Passage("k1", "", "қала", "kk")], new PsqWeigher(tables, ["zh"], cut: TranslationCut.FastPsq));

        var ranking = new PsqRetriever(index, new SpaceAnalyzer(), tables, OfIndex, TranslationCut.FastPsq).Retrieve([new Query("q", "城", "zh")], new RetrievalOptions(), Token)[0];

        ranking.Select(found => found.PassageId).ShouldBe(["k1"]);
        index.Manifest.Weights!.Pairs.ShouldBe([new PairCount("kk", "zh", 1)]);
    }

    [Fact]
    public void Retrieve_OtherOptionsOrTables_AreNeverAnsweredFromTheIndex()
    {
        using var folder = new TemporaryFolder();
        var (tables, others) = (RandomTables.Write(folder["tables"], 10), RandomTables.Write(folder["others"], 11));
        using var index = Build(folder["index"], RandomCollection.Passages(10, 200), new PsqWeigher(tables, ["en"]));
        var queries = RandomTables.Queries(10, 10);

        ShouldRefuse(tables, OfIndex with { Background = 0.1 }, null, "the background is 0.3 in them, not 0.1");
        ShouldRefuse(tables, OfIndex with { Identity = 0.2 }, null, "the identity is 0.1 in them, not 0.2");
        ShouldRefuse(tables, OfIndex, PsqOptions.DefaultCut with { MaxAlternatives = 8 }, "the most translations of a term is 64 in them, not 8");
        new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Model = PsqModel.Bm25 }).WhyAtQueryTime("en").ShouldNotBeNull().ShouldContain("PSQ-HMM");
        ShouldRefuse(others, OfIndex, null, $"in {folder["others"]} is another one");
        Should.Throw<ConfigurationException>(() => new PsqRetriever(index, new SpaceAnalyzer(), tables, OfIndex).Retrieve(RandomTables.Queries(1, 1, "kk"), new RetrievalOptions(), Token)).Message.ShouldContain("they are for queries in en, not in kk");

        void ShouldRefuse(TranslationFolder asked, PsqOptions options, TranslationCut? cut, string reason)
        {
            Should.Throw<ConfigurationException>(() => new PsqRetriever(index, new SpaceAnalyzer(), asked, options, cut).Retrieve(queries, new RetrievalOptions(), Token)).Message.ShouldContain(reason);
            var (auto, computed) = (new PsqRetriever(index, new SpaceAnalyzer(), asked, options with { Scoring = PsqScoring.Auto }, cut), new PsqRetriever(index, new SpaceAnalyzer(), asked, options with { Scoring = PsqScoring.Query }, cut));
            auto.WhyAtQueryTime("en").ShouldNotBeNull().ShouldContain(reason);
            auto.Retrieve(queries, new RetrievalOptions(), Token).ShouldBe(computed.Retrieve(queries, new RetrievalOptions(), Token));
        }
    }

    [Fact]
    public void Explain_WeightsOfTheIndex_SumToTheScore()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 12);
        using var index = Build(folder["index"], RandomCollection.Passages(12, 100), new PsqWeigher(tables, ["en"]));
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), tables, OfIndex);

        foreach (var query in RandomTables.Queries(12, 10))
        {
            foreach (var found in retriever.Retrieve([query], new RetrievalOptions { Depth = 10 }, Token)[0])
                retriever.Explain(query, found.PassageId, new RetrievalOptions()).Score.ShouldBe(found.Score, 1e-6 * found.Score);
        }
    }

    internal static SearchIndex Build(string path, IEnumerable<Passage> passages, PsqWeigher? weigher)
    {
        IndexBuilder.Build(passages, path, new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Weigher = weigher }, cancellationToken: Token);
        return SearchIndex.Open(path);
    }

    internal static TermWeightSettings SettingsOf(string path)
    {
        using var index = SearchIndex.Open(path);
        return index.Manifest.Weights!.Settings;
    }

    internal static void ShouldRankAlike(SearchIndex index, SearchIndex rebuilt, TranslationFolder tables, IReadOnlyList<Query> queries)
    {
        var (found, expected) = (Retrieve(index, tables, queries), Retrieve(rebuilt, tables, queries));
        for (var query = 0; query < queries.Count; query++) found[query].ShouldBe(expected[query]);
    }

    private static IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(SearchIndex index, TranslationFolder tables, IReadOnlyList<Query> queries) =>
        new PsqRetriever(index, new SpaceAnalyzer(), tables, OfIndex).Retrieve(queries, new RetrievalOptions { Depth = 25 }, Token);

    private static int SegmentsOf(string path)
    {
        using var index = SearchIndex.Open(path);
        return index.Manifest.Segments.Count;
    }
}
