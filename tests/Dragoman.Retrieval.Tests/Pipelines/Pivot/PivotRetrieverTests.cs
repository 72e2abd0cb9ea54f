using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines.Pivot;

namespace Dragoman.Retrieval.Tests.Pipelines.Pivot;

public class PivotRetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // "zh1" and "kk1" share words as translations share vectors; the query shares words with "zh1" only.
    private static readonly Passage[] Translations =
    [
        new("zh1", "", "question words here m1 m2 m3 m4 m5", "zh"), new("kk1", "", "m1 m2 m3 m4 m5 own", "kk"),
        .. Enumerable.Range(0, 40).Select(number => new Passage($"kk-other{number}", "", $"n{number} o{number} p{number} q{number}", "kk")),
        .. Enumerable.Range(0, 40).Select(number => new Passage($"zh-other{number}", "", $"r{number} s{number} t{number} u{number}", "zh")),
    ];

    [Theory]
    [InlineData("zh", true)]
    [InlineData("und", false)]
    [InlineData("fr", false)]
    public void Retrieve_TranslationOfAGoodPassage_IsFoundThroughIt(string queryLanguage, bool found)
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder(64);
        using var index = Index(folder, encoder);

        var ranking = Retriever(index, encoder).Retrieve([new Query("q", "question words here", queryLanguage)], new RetrievalOptions { Depth = 5, Languages = ["kk"] }, Token)[0];
        var direct = new DenseRetriever(index, encoder).Retrieve([new Query("q", "question words here", queryLanguage)], new RetrievalOptions { Depth = 5, Languages = ["kk"] }, Token)[0];

        direct[0].PassageId.ShouldNotBe("kk1");
        (ranking[0].PassageId == "kk1").ShouldBe(found);
        if (!found) ranking.Select(passage => passage.PassageId).ShouldBe(direct.Select(passage => passage.PassageId));
    }

    [Fact]
    public void Retrieve_LanguagesAndDepth_AreKept()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder(64);
        using var index = Index(folder, encoder);

        var ranking = Retriever(index, encoder).Retrieve([new Query("q", "question m1", "zh")], new RetrievalOptions { Depth = 7, Languages = ["kk"] }, Token)[0];

        ranking.Count.ShouldBe(7);
        ranking.ShouldAllBe(passage => passage.PassageId.StartsWith("kk", StringComparison.Ordinal));
        ranking.ShouldBe(ranking.OrderByDescending(passage => passage.Score).ThenByDescending(passage => passage.PassageId, StringComparer.Ordinal));
    }

    [Fact]
    public void Retrieve_NoKnownWord_FindsNothing()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder(64);
        using var index = Index(folder, encoder);

        Retriever(index, encoder).Retrieve([new Query("q", "", "zh")], new RetrievalOptions(), Token)[0].ShouldBeEmpty();
    }

    [Fact]
    public void Retriever_BadOptions_AreRefused()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder(64);
        using var index = Index(folder, encoder);

        Should.Throw<ConfigurationException>(() => new PivotRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), encoder, new PivotOptions { Pivots = 0, QueryTemperature = 0, PivotWeight = -1 })).Problems.Count.ShouldBe(3);
    }

    private static PivotRetriever Retriever(SearchIndex index, HashEncoder encoder) => new(index, new Bm25Retriever(index, new SpaceAnalyzer()), encoder);

    private static SearchIndex Index(TemporaryFolder folder, HashEncoder encoder)
    {
        IndexBuilder.Build(Translations, folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder }, cancellationToken: Token);
        return SearchIndex.Open(folder["index"]);
    }
}
