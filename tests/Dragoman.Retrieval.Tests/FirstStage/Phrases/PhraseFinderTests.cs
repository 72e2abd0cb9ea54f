using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Tests.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Tests.FirstStage.Phrases;

public class PhraseFinderTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_AfterAnyChanges_IsWhatAScanOfTheTextsFinds(int seed)
    {
        using var folder = new TemporaryFolder();
        var changes = new IndexChanges(seed);
        changes.Keep(changes.Fresh(40));
        RandomCollection.Index(folder["index"], changes.Expected.Values, positions: true).Dispose();
        for (var change = 0; change < 30; change++)
        {
            using (var writer = IndexChanges.Open(folder["index"], memoryBytes: change % 3 == 0 ? 4000 : 1 << 20)) changes.Next(writer);
            if (change % 5 != 4) continue;
            using var index = SearchIndex.Open(folder["index"]);
            index.Manifest.Positions.ShouldBeTrue();
            RandomPhrases.ShouldFindThem(index, changes.Expected.Values, RandomPhrases.Queries(seed + change, 40));
            using var rebuilt = RandomCollection.Index(folder[$"rebuilt-{change}"], changes.Expected.Values, positions: true);
            IndexWriterTests.ShouldRankAlike(index, rebuilt, RandomCollection.Queries(seed + change, 10));
        }
    }

    [Fact]
    public void Find_ListsOfManyBlocks_IsWhatAScanFindsBeforeAndAfterMerging()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(4, 6000);
        RandomCollection.Index(folder["index"], passages.Take(4000), positions: true).Dispose();
        using (var writer = IndexChanges.Open(folder["index"]))
        {
            writer.Add(passages.Skip(4000), cancellationToken: Token);
            writer.Delete(passages.Where((_, place) => place % 7 == 0).Select(passage => passage.Id));
            writer.Publish("test");
        }
        var left = passages.Where((_, place) => place % 7 != 0).ToList();
        using (var index = SearchIndex.Open(folder["index"])) RandomPhrases.ShouldFindThem(index, left, RandomPhrases.Queries(5, 60));
        using (var writer = IndexWriter.Open(folder["index"]))
        {
            writer.Merge(all: true, Token).ShouldBeTrue();
            writer.Publish("merge");
        }
        using (var index = SearchIndex.Open(folder["index"])) RandomPhrases.ShouldFindThem(index, left, RandomPhrases.Queries(5, 60));
    }

    [Fact]
    public void Find_AnalyzerWithGaps_KeepsThem()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(6, 400);
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new GapAnalyzer(), Positions = true, MemoryBytes = 20_000 }, cancellationToken: Token);
        using var index = SearchIndex.Open(folder["index"]);
        var (finder, found) = (new PhraseFinder(index, new GapAnalyzer()), 0);
        foreach (var query in RandomPhrases.Queries(7, 300).Where(query => query.Phrases.All(phrase => phrase.Window is null && phrase.Text.Split(' ').Any(word => !GapAnalyzer.IsGap(word)))))
        {
            var filter = finder.Find(query, new RetrievalOptions(), Token)!;
            RandomPhrases.Ids(index, filter).ShouldBe(passages.Where(passage => RandomPhrases.Holds(query, passage, GapAnalyzer.IsGap)).Select(passage => passage.Id).Order(StringComparer.Ordinal), query.ToString());
            found += filter.Count;
        }
        found.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("multilingual")]
    [InlineData("zh/pairs/unfolded")]
    [InlineData("zh/characters+pairs/unfolded")]
    public void Find_TextWithoutSpaces_IsWhatContainsTheCharacters(string name)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(8);
        var analyzer = Analyzers.Named(name);
        var passages = Enumerable.Range(0, 300).Select(number => new Passage($"p{number}", "", Letters(random, random.Next(40), "丝绸之路骆，"), "zh")).ToList();
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = analyzer, Positions = true }, cancellationToken: Token);
        using var index = SearchIndex.Open(folder["index"]);
        var finder = new PhraseFinder(index, analyzer);
        for (var round = 0; round < 60; round++)
        {
            var phrase = Letters(random, random.Next(2, 6), "丝绸之路骆");
            var filter = finder.Find(PhraseQuery.Parse(new Query("q", $"「{phrase}」", "zh")), new RetrievalOptions(), Token)!;
            RandomPhrases.Ids(index, filter).ShouldBe(passages.Where(passage => passage.Text.Contains(phrase, StringComparison.Ordinal)).Select(passage => passage.Id).Order(StringComparer.Ordinal), phrase);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Retrieve_OnlyPassagesWithAPhrase_IsTheExhaustiveRankingWithoutTheOthers(int depth)
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(9, 4000), positions: true);
        var (retriever, finder, some) = (new Bm25Retriever(index, new SpaceAnalyzer()), new PhraseFinder(index, new SpaceAnalyzer()), 0);
        foreach (var query in RandomPhrases.Queries(10, 80))
        {
            foreach (var options in new[] { new RetrievalOptions { Depth = depth }, new RetrievalOptions { Depth = depth, Languages = ["kk", "de"], ExcludedPassageIds = [.. Enumerable.Range(0, 500).Select(index.Passages.ReadId)] } })
            {
                var filter = finder.Find(query, options, Token)!;
                TermQuery[] terms = [new("q", retriever.TermsOf(query.Query))];
                var found = retriever.RetrieveWeighted(terms, options with { Filter = filter }, Token)[0];

                found.ShouldBe(retriever.RetrieveExhaustively(terms, options with { Filter = filter }, Token)[0]);
                var all = retriever.RetrieveExhaustively(terms, options with { Depth = int.MaxValue }, Token)[0];
                found.ShouldBe(all.Where(passage => index.Passages.TryFind(passage.PassageId, out var ordinal) && filter.Contains(ordinal)).Take(depth));
                some += found.Count;
            }
        }
        some.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Retrieve_VectorsOfPassagesWithAPhrase_KeepsTheirOrder()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(11, 900), positions: true);
        using var encoder = new HashEncoder();
        var retriever = new DenseRetriever(index, encoder);
        var query = PhraseQuery.Parse(new Query("q", "\"t1 t0\"", "und"));
        var filter = new PhraseFinder(index, new SpaceAnalyzer()).Find(query, new RetrievalOptions(), Token)!;

        var found = retriever.Retrieve([query.Query], new RetrievalOptions { Filter = filter }, Token)[0];

        found.ShouldBe(retriever.Retrieve([query.Query], new RetrievalOptions(), Token)[0].Where(passage => index.Passages.TryFind(passage.PassageId, out var ordinal) && filter.Contains(ordinal)));
        found.Count.ShouldBe(filter.Count);
        filter.Count.ShouldBeInRange(5, 899);
    }

    [Fact]
    public void Retrieve_FilterOfAnotherIndex_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(12, 20), positions: true);
        using var other = RandomCollection.Index(folder["other"], RandomCollection.Passages(12, 20), positions: true);
        var filter = new PhraseFinder(other, new SpaceAnalyzer()).Find(PhraseQuery.Parse(new Query("q", "\"t1 t0\"", "und")), new RetrievalOptions(), Token);

        Should.Throw<ArgumentException>(() => new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([], new RetrievalOptions { Filter = filter }, Token));
    }

    [Fact]
    public void Find_IndexWithoutPositions_SaysSoUnlessNoneAreNeeded()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], [new("a", "", "t1 t2", "kk"), new("b", "", "t2", "kk")]);
        var finder = new PhraseFinder(index, new SpaceAnalyzer());

        Should.Throw<ConfigurationException>(() => finder.Find(Query("\"t2 t1\""), new RetrievalOptions(), Token)).Message
            .ShouldBe($"Phrases: index {folder["index"]} has no positions, which \"t2 t1\" needs; rebuild it with 'dragoman index --positions', or leave out the quotation marks.");
        finder.Find(Query("\"t1\" t2"), new RetrievalOptions(), Token)!.Count.ShouldBe(1);
        finder.Find(Query("t1 t2"), new RetrievalOptions(), Token).ShouldBeNull();
        finder.Explain(Query("\"t1 t2\""), "a")[0].Occurrences.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"the of\"", "holds no term for en-v")]
    [InlineData("\"!\"", "\"!\" holds no term")]
    [InlineData("\"silk road\"~1", "\"silk road\"~1 asks for 2 places within 1; use ~2 or more")]
    [InlineData("\"silk\"~0", "asks for 1 places within 0; use ~1 or more")]
    public void Find_PhraseThatCannotOccur_IsRefusedInASentence(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var analyzer = Analyzers.Named("en");
        IndexBuilder.Build([new("a", "", "silk road", "en")], folder["index"], new IndexBuildOptions { Analyzer = analyzer, Positions = true }, cancellationToken: Token);
        using var index = SearchIndex.Open(folder["index"]);

        Should.Throw<ConfigurationException>(() => new PhraseFinder(index, analyzer).Find(Query(text), new RetrievalOptions(), Token)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Find_TooManyTerms_IsRefusedInASentence()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(12, 5), positions: true);

        Should.Throw<ConfigurationException>(() => new PhraseFinder(index, new SpaceAnalyzer()).Find(Query('"' + string.Join(' ', Enumerable.Range(0, 300)) + '"'), new RetrievalOptions(), Token))
            .Message.ShouldContain("300 distinct terms; give at most 256");
    }

    [Fact]
    public void Explain_StemsAndStopWords_ShowsWhatStandsThere()
    {
        using var folder = new TemporaryFolder();
        var analyzer = Analyzers.Named("en");
        IndexBuilder.Build([new("a", "Roads", "The markets of the city, and marketing in a city. Markets: biggest city", "en")], folder["index"], new IndexBuildOptions { Analyzer = analyzer, Positions = true }, cancellationToken: Token);
        using var index = SearchIndex.Open(folder["index"]);
        var finder = new PhraseFinder(index, analyzer);

        var phrase = finder.Explain(Query("\"market of the city\" \"city market\"~4 \"road city\""), "a");

        phrase[0].Terms.ShouldBe(["market", "citi"]);
        phrase[0].Occurrences.ShouldBe([new(2, 4, "markets of the city"), new(7, 4, "marketing in a city")]);
        phrase[1].Occurrences.ShouldBe([new(2, 4, "markets of the city"), new(7, 4, "marketing in a city"), new(11, 3, "Markets: biggest city")]);
        phrase[2].Occurrences.ShouldBeEmpty();
        Should.Throw<DragomanException>(() => finder.Explain(Query("\"a b\""), "gone")).Message.ShouldContain("holds no passage gone");
    }

    private static PhraseQuery Query(string text) => PhraseQuery.Parse(new Query("q", text, "en"));

    private static string Letters(Random random, int count, string alphabet) => string.Concat(Enumerable.Range(0, count).Select(_ => alphabet[random.Next(alphabet.Length)]));

    /// <summary>Terms are what stands between white space; some are dropped and leave gaps.</summary>
    private sealed class GapAnalyzer : IAnalyzer
    {
        public string Identity => "gap-v1";

        internal static bool IsGap(string word) => word is "t0" or "t2";

        public void Analyze(string text, string language, ICollection<string> terms)
        {
            var located = new List<PositionedTerm>();
            Locate(text, language, located);
            foreach (var term in located) terms.Add(term.Term);
        }

        public void Locate(string text, string language, ICollection<PositionedTerm> terms)
        {
            foreach (var (place, word) in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Index())
            {
                if (!IsGap(word)) terms.Add(new PositionedTerm(word, place, 1));
            }
        }
    }
}
