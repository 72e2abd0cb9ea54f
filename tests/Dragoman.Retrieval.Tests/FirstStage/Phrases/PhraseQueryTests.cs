using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Phrases;

namespace Dragoman.Retrieval.Tests.FirstStage.Phrases;

public class PhraseQueryTests
{
    [Theory]
    [InlineData("camel \"silk road\" market", "camel  silk road  market", "\"silk road\"")]
    [InlineData("\"silk road\"~5", "silk road", "\"silk road\"~5")]
    [InlineData("\"silk road\"~005 x", "silk road  x", "\"silk road\"~5")]
    [InlineData("“silk road” „alte Straße“ «la route» »der Weg« ”vägen”", "silk road   alte Straße   la route   der Weg   vägen", "\"silk road\" \"alte Straße\" \"la route\" \"der Weg\" \"vägen\"")]
    [InlineData("在「丝绸之路」上『骆驼』〝商队〞＂沙漠＂～3", "在 丝绸之路 上 骆驼  商队  沙漠", "\"丝绸之路\" \"骆驼\" \"商队\" \"沙漠\"~3")]
    [InlineData("「他说『骆驼』」", "他说『骆驼』", "\"他说『骆驼』\"")]
    [InlineData("צה\"ל ארה\"ב", "צה\"ל ארה\"ב", "")]
    [InlineData("a 5\" disk and a 3\" one", "a 5\" disk and a 3\" one", "")]
    [InlineData("\"open end", "\"open end", "")]
    [InlineData("\"\" « » x", "   x", "")]
    [InlineData("\"a\"~ b", "a ~ b", "\"a\"")]
    [InlineData("", "", "")]
    public void Parse_AnyText_TellsPhrasesFromTheRest(string text, string plain, string phrases)
    {
        var parsed = PhraseQuery.Parse(new Query("q7", text, "de"));

        (parsed.Query.Id, parsed.Query.Language).ShouldBe(("q7", "de"));
        string.Join(' ', parsed.Phrases).ShouldBe(phrases);
        parsed.Query.Text.ShouldBe(phrases.Length == 0 ? text : plain);
    }

    [Theory]
    [InlineData("\"silk road\"^2 camel^3", "silk^2 road^2  camel^3", "\"silk road\"")]
    [InlineData("\"silk road\"~5^0.5", "silk^0.5 road^0.5", "\"silk road\"~5")]
    [InlineData("「丝绸」^2 \"a b\"", "丝绸^2   a b", "\"丝绸\" \"a b\"")]
    [InlineData("\"a b\" ^2", "a b  ^2", "\"a b\"")]
    public void Parse_WeightBehindAPhrase_IsThatOfItsWords(string text, string plain, string phrases)
    {
        var parsed = PhraseQuery.Parse(new Query("q7", text, "und"), weighted: true);

        parsed.Query.Text.ShouldBe(plain);
        string.Join(' ', parsed.Phrases).ShouldBe(phrases);
    }

    [Fact]
    public void Parse_WeightWithinAPhrase_IsRefused() => Should.Throw<DragomanException>(() => PhraseQuery.Parse(new Query("q7", "\"silk road^2\"", "und"), weighted: true))
        .Message.ShouldBe("Query q7: the phrase \"silk road^2\" has a weight within its quotation marks; write it behind them, as in \"silk road\"^2.");

    [Fact]
    public void Parse_HugeWindow_IsTheLargestThereIs() => PhraseQuery.Parse(new Query("q", "\"a b\"~99999999999", "und")).Phrases[0].Window.ShouldBe(int.MaxValue);
}
