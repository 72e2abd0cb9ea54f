using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.FirstStage.Bm25;

public class Bm25RetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0.9, 0.4)]
    [InlineData(2, 1.2, 0.75)]
    [InlineData(3, 0, 0)]
    [InlineData(4, 2, 1)]
    public void Retrieve_RandomCollection_EqualsBruteForce(int seed, double k1, double b)
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(seed, 300);
        using var index = RandomCollection.Index(folder["index"], passages);
        var queries = RandomCollection.Queries(seed + 100, 40);

        var rankings = new Bm25Retriever(index, new SpaceAnalyzer(), new Bm25Options { K1 = k1, B = b }).Retrieve(queries, new RetrievalOptions { Depth = 50 }, Token);

        rankings.Count.ShouldBe(40);
        for (var query = 0; query < queries.Count; query++) ShouldAgree(rankings[query], BruteForceBm25.Rank(queries[query].Text, passages, k1, b), 50);
    }

    [Fact]
    public void Retrieve_InOneLanguage_EqualsIndexOfThatLanguageAlone()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(5, 300);
        using var all = RandomCollection.Index(folder["all"], passages);
        var queries = RandomCollection.Queries(6, 30);
        foreach (var languages in new string[][] { ["kk"], ["ru", "zh"] })
        {
            using var alone = RandomCollection.Index(folder[string.Concat(languages)], passages.Where(passage => languages.Contains(passage.Language)));
            var filtered = new Bm25Retriever(all, new SpaceAnalyzer()).Retrieve(queries, new RetrievalOptions { Depth = 20, Languages = languages }, Token);
            var expected = new Bm25Retriever(alone, new SpaceAnalyzer()).Retrieve(queries, new RetrievalOptions { Depth = 20 }, Token);
            for (var query = 0; query < queries.Count; query++) filtered[query].ShouldBe(expected[query]);
        }
    }

    [Fact]
    public void Retrieve_ExcludedLanguagesAndPassages_AreAbsent()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(7, 200);
        using var index = RandomCollection.Index(folder["index"], passages);
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());
        var query = new Query("q", "t0 t1", "und");
        var best = retriever.Retrieve([query], new RetrievalOptions { ExcludedLanguages = ["zh"] }, Token)[0];

        var without = retriever.Retrieve([query], new RetrievalOptions { ExcludedLanguages = ["zh"], ExcludedPassageIds = [best[0].PassageId, "no-such-passage"] }, Token)[0];

        best.ShouldNotBeEmpty();
        best.ShouldAllBe(found => passages.Single(passage => passage.Id == found.PassageId).Language != "zh");
        without.ShouldBe(best.Skip(1));
    }

    [Fact]
    public void Retrieve_EqualScores_TiesByPassageIdDescending()
    {
        using var folder = new TemporaryFolder();
        string[] ids = ["b", "a", "é", "Z", "c10", "c9"];
        using var index = RandomCollection.Index(folder["index"], ids.Select(id => new Passage(id, "", "same words", "en")));

        var ranking = new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([new Query("q", "words", "en")], new RetrievalOptions { Depth = 4 }, Token)[0];

        ranking.Select(passage => passage.PassageId).ShouldBe(["é", "c9", "c10", "b"]);
        ranking.Select(passage => passage.Score).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Explain_RetrievedPassage_SumsToItsScore()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(8, 200));
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());
        var options = new RetrievalOptions { Languages = ["kk", "de"], Depth = 5 };
        var best = retriever.Retrieve([new Query("q", "t1 t5 t1 absent", "und")], options, Token)[0][0];

        var query = new Query("q", "t1 t5 t1 absent", "und");
        var explanation = retriever.Explain(retriever.TermsOf(query), best.PassageId, options);

        explanation.Score.ShouldBe(best.Score);
        explanation.Terms.Select(term => (term.Term, term.QueryWeight)).ShouldBe([("t1", 2), ("t5", 1), ("absent", 1)]);
        explanation.Terms[2].Part.ShouldBe(0);
        explanation.Terms[2].PassagesWith.ShouldBe(0);
        explanation.Score.ShouldBeLessThan(retriever.UpperBound(query, options));
    }

    [Fact]
    public void Retrieve_QueryWithoutKnownTerm_FindsNothing()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(9, 20));
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());

        retriever.Retrieve([new Query("q", "absent", "und"), new Query("empty", "", "und")], new RetrievalOptions(), Token).ShouldAllBe(ranking => ranking.Count == 0);
        retriever.UpperBound(new Query("q", "", "und"), new RetrievalOptions()).ShouldBe(0);
    }

    [Fact]
    public void Retriever_OtherAnalyzer_IsRefusedWithBothNames()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(10, 5));

        Should.Throw<IndexMismatchException>(() => new Bm25Retriever(index, new SpaceAnalyzer("space-v2")))
            .Message.ShouldBe($"Index {folder["index"]} was built by analyzer space-v1, the query by space-v2; rebuild with 'dragoman index'.");
    }

    [Fact]
    public void Retrieve_BadOptions_NamesEveryProblem()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(11, 50));

        var failure = Should.Throw<ConfigurationException>(() => new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([], new RetrievalOptions { Depth = 0, Languages = ["kk", "fr"] }, Token));
        failure.Problems.Count.ShouldBe(2);
        failure.Message.ShouldContain("is in fr; it holds de, kk, ru, zh");
        Should.Throw<ConfigurationException>(() => new Bm25Retriever(index, new SpaceAnalyzer(), new Bm25Options { K1 = -1, B = double.NaN })).Problems.Count.ShouldBe(2);
        Should.Throw<ConfigurationException>(() => new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([], new RetrievalOptions { Languages = ["kaz"], ExcludedLanguages = ["KK"] }, Token))
            .Message.ShouldContain("no language is left");
    }

    private static void ShouldAgree(IReadOnlyList<RankedPassage> ranking, List<RankedPassage> expected, int depth)
    {
        ranking.Select(passage => passage.Score).ShouldBe(expected.Take(depth).Select(passage => passage.Score), 1e-12);
        // Where brute force sums to within 1e-12 of a neighbour, rounding may order the two either way; everywhere else ids agree.
        for (var place = 0; place < ranking.Count; place++)
        {
            if (ranking[place].PassageId == expected[place].PassageId) continue;
            expected.Single(passage => passage.PassageId == ranking[place].PassageId).Score.ShouldBe(ranking[place].Score, 1e-12);
        }
    }
}
