using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Retrieval.Tests.Pipelines;

public class SnippetTests
{
    [Fact]
    public void Of_ShortText_IsTheTextOnOneLineWithoutControls() => Snippet.Of("  a\n\n b\u001b[31m \u202Ec\t", "q").ShouldBe("a b[31m c");

    [Fact]
    public void Of_LongText_EndsBetweenWords() => Snippet.Of("alpha beta gamma delta", "", 18).ShouldBe("alpha beta gamma…");

    [Fact]
    public void Of_WordFarBehind_StartsNearIt()
    {
        var snippet = Snippet.Of(string.Join(' ', Enumerable.Repeat("filler", 100)) + " the Samarkand road " + string.Join(' ', Enumerable.Repeat("filler", 100)), "to SAMARKAND", 80);

        snippet.ShouldContain("Samarkand");
        snippet.ShouldStartWith("…filler");
        snippet.ShouldEndWith("filler…");
    }

    [Fact]
    public void Of_SeveralPlaces_ShowsTheOneWithMostOfTheQuery()
    {
        var filler = string.Join(' ', Enumerable.Repeat("filler", 40));

        Snippet.Of($"a road {filler} the market {filler} a road to the market {filler} road market", "road market", 80).ShouldContain("a road to the market");
        Snippet.Of($"the road and market {filler} road market", "road market", 80).ShouldStartWith("the road and market");
    }

    [Theory]
    [InlineData("丝绸之路🐪")]
    [InlineData("क्षि")]
    [InlineData("e\u0301a")]
    public void Of_AnyCut_KeepsLettersWhole(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 60));
        var elements = Elements(text).ToHashSet();

        for (var length = 1; length < 60; length++)
        {
            var snippet = Snippet.Of(text, "", length);
            snippet.Length.ShouldBeLessThanOrEqualTo(length + 1);
            Elements(snippet.TrimEnd('…')).ShouldAllBe(element => elements.Contains(element));
        }
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }
}
