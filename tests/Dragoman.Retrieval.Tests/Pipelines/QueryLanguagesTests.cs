using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Retrieval.Tests.Pipelines;

public class QueryLanguagesTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly Passage[] Passages =
    [
        new("kk", "", "Қазақстанның қалалары мен өзендері туралы", "kk"),
        new("ru", "", "О городах и реках Казахстана", "ru"),
        new("en", "", "About the cities and rivers of Kazakhstan", "en"),
    ];

    [Theory]
    [InlineData("қалаларында", "kk")]
    [InlineData("реками и городами", "ru")]
    [InlineData("which rivers are there", "en")]
    public void Assume_LanguageOfTheIndex_IsFound(string text, string expected) => Among("kk", "ru", "en").Assume(new Query("q", text, "und"))!.Value.Language.ShouldBe(expected);

    [Theory]
    [InlineData("駱駝在沙漠裡")]                                // a language without passages
    [InlineData("ποταμοί και πόλεις")]
    [InlineData("12345 – 678")]                                 // no letters
    [InlineData("")]
    [InlineData("\ud83d\u0001")]
    public void Assume_NoLanguageOfTheIndex_IsLeftOpen(string text) => Among("kk", "ru", "en").Assume(new Query("q", text, "und")).ShouldBeNull();

    [Fact]
    public void Assume_QueryCarriesALanguage_IsNotAsked() => Among("kk", "ru", "en").Assume(new Query("q", "қалаларында", "ru")).ShouldBeNull();

    [Fact]
    public void Assume_IndexWithoutLanguages_IsLeftOpen() => Among("und").Assume(new Query("q", "rivers", "und")).ShouldBeNull();

    [Theory]
    [InlineData("zh", "駱駝在沙漠裡")]
    [InlineData("zh-TW", "駱駝在沙漠裡")]
    [InlineData("zh-Hant", "骆驼在沙漠里")]
    public void Assume_LanguageInAnotherScriptOrRegion_IsTheTagOfTheIndex(string tag, string text) => Among("en", tag).Assume(new Query("q", text, "und"))!.Value.Language.ShouldBe(tag);

    [Fact]
    public void Search_PerLanguageIndexAndNoLanguage_StemsByTheLanguageAssumedAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        using var engine = Engine(folder, new PerLanguageAnalyzer());

        var answer = engine.Search(new Query("q", "қаласында", "und"), "bm25", new RetrievalOptions(), Token);
        var stated = engine.Search(new Query("q", "қаласында", "en"), "bm25", new RetrievalOptions(), Token);

        answer.Results.Select(result => result.PassageId).ShouldBe(["kk"]);
        answer.AssumedLanguage!.Value.Language.ShouldBe("kk");
        answer.AssumedLanguage.Value.Probability.ShouldBeInRange(QueryLanguages.LeastProbability, 1);
        stated.Results.ShouldBeEmpty();
        stated.AssumedLanguage.ShouldBeNull();
    }

    [Fact]
    public void Search_OneWayForAllLanguages_AssumesNothing()
    {
        using var folder = new TemporaryFolder();
        using var engine = Engine(folder, new MultilingualAnalyzer());

        engine.Search(new Query("q", "қалалары", "und"), "bm25", new RetrievalOptions(), Token).AssumedLanguage.ShouldBeNull();
    }

    private static QueryLanguages Among(params string[] languages) => new(languages, LanguageIdentifier.Shipped);

    private static SearchEngine Engine(TemporaryFolder folder, IAnalyzer analyzer)
    {
        IndexBuilder.Build(Passages, folder["index"], new IndexBuildOptions { Analyzer = analyzer }, cancellationToken: Token);
        return new SearchEngine(SearchIndex.Open(folder["index"]), analyzer);
    }
}
