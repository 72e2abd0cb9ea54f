using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.TermMatching;

namespace Dragoman.Retrieval.Tests.FirstStage.TermMatching;

public class WeightedTextTests
{
    [Fact]
    public void Parse_WordsWithMarks_GivesWeightsThatAddUp()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(1, 5));

        WeightedText.Parse(new Query("q", "a^2 b c^0.5 a^1e-1", "und"), new Bm25Retriever(index, new SpaceAnalyzer())).Terms
            .ShouldBe([new WeightedTerm("a", 2.1), new WeightedTerm("b", 1), new WeightedTerm("c", 0.5)]);
    }

    [Theory]
    [InlineData("a^")]
    [InlineData("a^0")]
    [InlineData("a^-1")]
    [InlineData("a^NaN")]
    [InlineData("a^1e999")]
    public void Parse_WeightThatIsNone_IsRefused(string text)
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(2, 5));

        Should.Throw<DragomanException>(() => WeightedText.Parse(new Query("q7", text, "und"), new Bm25Retriever(index, new SpaceAnalyzer()))).Message.ShouldContain($"Query q7: \"{text}\" has no weight above 0");
    }

    [Fact]
    public void Parse_WeightWithoutAWord_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(2, 5));

        Should.Throw<DragomanException>(() => WeightedText.Parse(new Query("q7", "a ^2", "und"), new Bm25Retriever(index, new SpaceAnalyzer()))).Message.ShouldContain("Query q7: \"^2\" has no word before the ^");
    }

    [Fact]
    public void RetrieveWeighted_BadWeightOrTermTwice_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], RandomCollection.Passages(3, 5));
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());

        foreach (var weight in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Should.Throw<ConfigurationException>(() => retriever.RetrieveWeighted([new TermQuery("q", [new WeightedTerm("t1", weight)])], new RetrievalOptions(), TestContext.Current.CancellationToken)).Message.ShouldContain("use a number above 0");
        Should.Throw<ConfigurationException>(() => retriever.RetrieveWeighted([new TermQuery("q", [new("t1", 1), new("t1", 1)])], new RetrievalOptions(), TestContext.Current.CancellationToken)).Message.ShouldContain("stands twice");
    }
}
