using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.FirstStage.TermMatching;

public class PruningTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // Lists of many blocks and many equal scores; part of the passages deleted.
    [Theory]
    [InlineData(1, 0.9, 0.4)]
    [InlineData(2, 0.9, 0.4)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 0, 0)]
    public void Bm25_AnyQuery_IsExactlyWhatExhaustiveScoringGives(int seed, double k1, double b)
    {
        using var folder = new TemporaryFolder();
        using var index = LargeIndex(folder, seed);
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer(), new Bm25Options { K1 = k1, B = b });
        foreach (var options in Selections(seed))
        {
            var queries = Queries(seed);
            ShouldBeEqual(retriever.RetrieveWeighted(queries, options, Token), retriever.RetrieveExhaustively(queries, options, Token));
        }
    }

    // Terms from every second passage to one in thousands: some lists are walked through, others are only looked up, and most of the partition is jumped over.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bm25_RareAndCommonTerms_IsExactlyWhatExhaustiveScoringGives(int seed)
    {
        const int Passages = 20_000, Vocabulary = 3000;
        var random = new Random(seed);
        string Terms(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"t{(int)(Vocabulary * Math.Pow(random.NextDouble(), 4))}"));
        using var folder = new TemporaryFolder();
        var passages = Enumerable.Range(0, Passages).Select(number => new Passage($"p{number}", "", Terms(random.Next(1, 20)), "en")).ToList();
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer() }, cancellationToken: Token);
        using var index = SearchIndex.Open(folder["index"]);
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());
        var queries = Enumerable.Range(0, 200).Select(number => new TermQuery($"q{number}", retriever.TermsOf(new Query("", Terms(random.Next(1, 33)), "en")))).ToList();
        foreach (var depth in new[] { 1, 10, 1000 })
        {
            var options = new RetrievalOptions { Depth = depth };
            ShouldBeEqual(retriever.RetrieveWeighted(queries, options, Token), retriever.RetrieveExhaustively(queries, options, Token));
        }
    }

    [Theory]
    [InlineData(Smoothing.Dirichlet, 10, 0.1)]
    [InlineData(Smoothing.Dirichlet, 1000, 0.1)]
    [InlineData(Smoothing.JelinekMercer, 1, 0.1)]
    [InlineData(Smoothing.JelinekMercer, 1, 0.9)]
    public void QueryLikelihood_AnyQuery_IsExactlyWhatExhaustiveScoringGives(Smoothing smoothing, double mu, double lambda)
    {
        using var folder = new TemporaryFolder();
        using var index = LargeIndex(folder, 5);
        var retriever = new QueryLikelihoodRetriever(index, new SpaceAnalyzer(), new QueryLikelihoodOptions { Smoothing = smoothing, Mu = mu, Lambda = lambda });
        foreach (var options in Selections(6))
        {
            var queries = Queries(7);
            ShouldBeEqual(retriever.RetrieveWeighted(queries, options, Token), retriever.RetrieveExhaustively(queries, options, Token));
        }
    }

    [Fact]
    public void Retrieve_MoreTermsThanAreWalkedAtOnce_EqualsTheSumOfParts()
    {
        using var folder = new TemporaryFolder();
        using var index = LargeIndex(folder, 8);
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());
        var query = new TermQuery("long", [.. Enumerable.Range(0, 30).Select(term => new WeightedTerm($"t{term}", 1 + term % 3)), .. Enumerable.Range(0, 50_000).Select(term => new WeightedTerm($"absent{term}", 1))]);

        var ranking = retriever.RetrieveWeighted([query], new RetrievalOptions { Depth = 20 }, Token)[0];

        ranking.Count.ShouldBe(20);
        foreach (var found in ranking.Take(3)) retriever.Explain(query.Terms, found.PassageId, new RetrievalOptions()).Score.ShouldBe(found.Score);
        retriever.Score(query.Terms, [.. ranking.Select(found => found.PassageId)], new RetrievalOptions()).ShouldBe(ranking.Select(found => found.Score));
    }

    // Two windows and a bit of a third; few terms, more than are walked at once, and more than are open at once.
    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(1500)]
    public void Retrieve_SeveralWindows_EqualsTheSumsOfItsTerms(int terms)
    {
        const int Passages = 20_000, Vocabulary = 2000;
        var random = new Random(terms);
        using var folder = new TemporaryFolder();
        var passages = Enumerable.Range(0, Passages).Select(number => new Passage($"p{number}", "", string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => $"t{(int)(Vocabulary * Math.Pow(random.NextDouble(), 2))}")), "en")).ToList();
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer() }, cancellationToken: Token);
        using var index = SearchIndex.Open(folder["index"]);
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());
        var query = new TermQuery("q", [.. Enumerable.Range(0, terms).Select(term => new WeightedTerm($"t{term}", 1 + random.NextDouble()))]);

        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in retriever.RetrieveWeighted([.. query.Terms.Select(term => new TermQuery(term.Term, [term]))], new RetrievalOptions { Depth = Passages }, Token).SelectMany(ranking => ranking))
            sums[part.PassageId] = sums.GetValueOrDefault(part.PassageId) + part.Score;
        foreach (var depth in new[] { 3, 600, Passages })
        {
            var ranking = retriever.RetrieveWeighted([query], new RetrievalOptions { Depth = depth }, Token)[0];
            ranking.ShouldBe(sums.Select(sum => new RankedPassage(sum.Key, sum.Value)).OrderByDescending(passage => passage.Score).ThenByDescending(passage => passage.PassageId, StringComparer.Ordinal).Take(depth));
        }
    }

    private static SearchIndex LargeIndex(TemporaryFolder folder, int seed)
    {
        var passages = RandomCollection.Passages(seed, 6000);
        RandomCollection.Index(folder["index"], passages.Take(5000)).Dispose();
        using (var writer = IndexChanges.Open(folder["index"]))
        {
            writer.Add(passages.Skip(5000), cancellationToken: Token);
            writer.Delete(passages.Where((_, place) => place % 11 == 0).Select(passage => passage.Id));
            writer.Publish("test");
        }
        return SearchIndex.Open(folder["index"]);
    }

    private static IEnumerable<RetrievalOptions> Selections(int seed)
    {
        foreach (var depth in new[] { 1, 10, 100, 10_000 }) yield return new RetrievalOptions { Depth = depth };
        yield return new RetrievalOptions { Depth = 10, Languages = ["kk", "de"] };
        yield return new RetrievalOptions { Depth = 10, ExcludedPassageIds = [.. RandomCollection.Passages(seed, 6000).Take(1000).Select(passage => passage.Id)] };
    }

    private static List<TermQuery> Queries(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 60).Select(number => new TermQuery($"q{number}", [.. Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(random.Next(1, 12))
            .Select(term => new WeightedTerm($"t{term}", random.Next(3) == 0 ? random.NextDouble() * 5 : 1))]))];
    }

    private static void ShouldBeEqual(IReadOnlyList<IReadOnlyList<RankedPassage>> found, IReadOnlyList<IReadOnlyList<RankedPassage>> expected)
    {
        found.Count.ShouldBe(expected.Count);
        expected.Sum(ranking => ranking.Count).ShouldBeGreaterThan(0);
        for (var query = 0; query < found.Count; query++) found[query].ShouldBe(expected[query], $"query {query}");
    }
}
