using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;

namespace Dragoman.Retrieval.Tests.FirstStage.QueryLikelihood;

public class QueryLikelihoodRetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Smoothing.Dirichlet, 15, 0.5)]
    [InlineData(Smoothing.Dirichlet, 2000, 0.5)]
    [InlineData(Smoothing.JelinekMercer, 1, 0.1)]
    [InlineData(Smoothing.JelinekMercer, 1, 0.7)]
    public void Retrieve_RandomCollection_DiffersFromLogLikelihoodByOneConstantAQuery(Smoothing smoothing, double mu, double lambda)
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(1, 300);
        using var index = RandomCollection.Index(folder["index"], passages);
        var texts = passages.ToDictionary(passage => passage.Id, passage => passage.FullText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var all = texts.Values.SelectMany(text => text).ToList();

        foreach (var query in RandomCollection.Queries(2, 30))
        {
            var ranking = new QueryLikelihoodRetriever(index, new SpaceAnalyzer(), new QueryLikelihoodOptions { Smoothing = smoothing, Mu = mu, Lambda = lambda }).Retrieve([query], new RetrievalOptions { Depth = 40 }, Token)[0];
            var known = query.Text.Split(' ').Where(all.Contains).ToList();
            var constants = ranking.Select(found => LogLikelihood(known, texts[found.PassageId]) - found.Score).ToList();
            if (constants.Count > 0) constants.ShouldAllBe(constant => Math.Abs(constant - constants[0]) < 1e-9);
            var expected = texts.Where(text => text.Value.Any(known.Contains)).Select(text => LogLikelihood(known, text.Value)).OrderDescending().Take(40);
            ranking.Select(found => found.Score + constants[0]).ShouldBe(expected, 1e-9);
        }

        double LogLikelihood(List<string> query, string[] text) => query.Sum(term =>
        {
            var (tf, share) = (text.Count(word => word == term), all.Count(word => word == term) / (double)all.Count);
            return Math.Log(smoothing == Smoothing.Dirichlet ? (tf + mu * share) / (text.Length + mu) : (1 - lambda) * tf / text.Length + lambda * share);
        });
    }

    [Fact]
    public void Score_GivenPairs_AreThoseOfRetrieveAndOfExplain()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(3, 200);
        using var index = RandomCollection.Index(folder["index"], passages);
        var retriever = new QueryLikelihoodRetriever(index, new SpaceAnalyzer(), new QueryLikelihoodOptions { Mu = 30 });
        var query = new Query("q", "t1 t4 t1 t9 absent", "und");
        var ranking = retriever.Retrieve([query], new RetrievalOptions { Depth = 1000 }, Token)[0];

        var scores = retriever.Score(retriever.TermsOf(query), [.. ranking.Select(found => found.PassageId)], new RetrievalOptions());

        scores.ShouldBe(ranking.Select(found => found.Score));
        foreach (var found in ranking.Take(10))
        {
            var explanation = retriever.Explain(retriever.TermsOf(query), found.PassageId, new RetrievalOptions());
            explanation.Score.ShouldBe(found.Score);
            explanation.Base.ShouldBe(4 * Math.Log(30 / (30.0 + explanation.Length)), 1e-12);
        }
        var unmatched = passages.First(passage => ranking.All(found => found.PassageId != passage.Id));
        retriever.Score(retriever.TermsOf(query), [unmatched.Id], new RetrievalOptions())[0].ShouldBeLessThanOrEqualTo(0);
        Should.Throw<DragomanException>(() => retriever.Score(retriever.TermsOf(query), ["gone"], new RetrievalOptions())).Message.ShouldContain("holds no passage gone");
    }

    [Fact]
    public void Retriever_BadOptions_NamesEveryProblem()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(4, 5));

        Should.Throw<ConfigurationException>(() => new QueryLikelihoodRetriever(index, new SpaceAnalyzer(), new QueryLikelihoodOptions { Mu = 0, Lambda = 1 })).Problems.Count.ShouldBe(2);
    }
}
