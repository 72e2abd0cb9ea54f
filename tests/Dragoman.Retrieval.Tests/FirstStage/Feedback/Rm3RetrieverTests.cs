using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Feedback;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;
using Dragoman.Retrieval.FirstStage.TermMatching;

namespace Dragoman.Retrieval.Tests.FirstStage.Feedback;

public class Rm3RetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // Two passages are found; their terms with P(d|q) tf / |d|, the best two, mixed half and half with the query.
    [Fact]
    public void Expand_TwoPassages_MixesAsTheFormulaSays()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], [new("a", "", "camel caravan caravan road", "en"), new("b", "", "camel horse", "en"), new("c", "", "caravan sea", "en"), new("d", "", "ship", "en")]);
        var first = new Bm25Retriever(index, new SpaceAnalyzer());
        var found = first.Retrieve([new Query("q", "camel", "en")], new RetrievalOptions { Depth = 2 }, Token)[0].ToDictionary(passage => passage.PassageId, passage => passage.Score);
        var (a, b) = (found["a"] / found.Values.Sum(), found["b"] / found.Values.Sum());

        var expanded = new Rm3Retriever(index, first, new Rm3Options { Terms = 2, QueryWeight = 0.6 }).Expand([new TermQuery("q", [new WeightedTerm("camel", 1)])], new RetrievalOptions(), Token)[0];

        var model = new Dictionary<string, double> { ["camel"] = a / 4 + b / 2, ["caravan"] = a / 2, ["horse"] = b / 2, ["road"] = a / 4 };
        var best = model.OrderByDescending(entry => entry.Value).Take(2).ToDictionary();
        var expected = best.ToDictionary(entry => entry.Key, entry => 0.4 * entry.Value / best.Values.Sum() + (entry.Key == "camel" ? 0.6 : 0));
        expanded.Terms.Select(term => term.Term).ShouldBe(expected.OrderByDescending(entry => entry.Value).Select(entry => entry.Key));
        foreach (var term in expanded.Terms) term.Weight.ShouldBe(expected[term.Term], 1e-12);
        expanded.Terms.Sum(term => term.Weight).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Retrieve_QueryWeightOne_RanksAsBefore()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(1, 300));
        var first = new QueryLikelihoodRetriever(index, new SpaceAnalyzer());
        var queries = new List<Query> { new("q1", "t3 t8", "und"), new("q2", "t12", "und"), new("empty", "absent", "und") };

        var plain = first.Retrieve(queries, new RetrievalOptions { Depth = 20 }, Token);
        var same = new Rm3Retriever(index, first, new Rm3Options { QueryWeight = 1 }).Retrieve(queries, new RetrievalOptions { Depth = 20 }, Token);
        var other = new Rm3Retriever(index, first, new Rm3Options { QueryWeight = 0.3, MaxShare = 1 }).Retrieve(queries, new RetrievalOptions { Depth = 20 }, Token);

        for (var query = 0; query < queries.Count; query++) same[query].Select(found => found.PassageId).ShouldBe(plain[query].Select(found => found.PassageId));
        other[0].Select(found => found.PassageId).ShouldNotBe(plain[0].Select(found => found.PassageId));
        other[2].ShouldBeEmpty();
    }

    [Fact]
    public void Explain_ExpandedQuery_SumsToTheScore()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(2, 300));
        var retriever = new Rm3Retriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), new Rm3Options { MaxShare = 1 });
        var query = new Query("q", "t7 t11", "und");
        var best = retriever.Retrieve([query], new RetrievalOptions { Depth = 5 }, Token)[0];

        var explanation = retriever.Explain(retriever.TermsOf(query), best[0].PassageId, new RetrievalOptions());

        retriever.Name.ShouldBe("bm25+rm3");
        explanation.Score.ShouldBe(best[0].Score);
        explanation.Method.ShouldBe("bm25+rm3");
        explanation.Terms.Count.ShouldBeGreaterThan(2);
        retriever.Score(retriever.TermsOf(query), [.. best.Select(found => found.PassageId)], new RetrievalOptions()).ShouldBe(best.Select(found => found.Score));
    }

    [Fact]
    public void Retriever_BadOptions_NamesEveryProblem()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(3, 5));

        Should.Throw<ConfigurationException>(() => new Rm3Retriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), new Rm3Options { Passages = 0, Terms = 0, QueryWeight = 2, MaxShare = 0 })).Problems.Count.ShouldBe(4);
    }
}
