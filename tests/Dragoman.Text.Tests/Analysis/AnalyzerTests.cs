using Dragoman.Collections.Errors;
using Dragoman.Text.Analysis;

namespace Dragoman.Text.Tests.Analysis;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("The Caravan, 1204!", "the caravan 1204")]
    [InlineData("Қашғар-дан", "қашғар дан")]
    [InlineData("दुभाषिया व्यापारियों", "दुभाषिया व्यापारियों")]
    [InlineData("cafe\u0301 \u0301x", "cafe\u0301 x")]
    [InlineData("丝绸之路 2", "丝绸之路 2")]
    [InlineData("Ёлка ½ a_b \uD800c", "ёлка a b c")]
    [InlineData("", "")]
    public void Plain_Text_SplitsAtEverythingElse(string text, string expected) => Terms("plain", text).ShouldBe(expected);

    [Theory]
    [InlineData("Ёлка ＡＢＣ ﬁne", "елка abc fine")]
    [InlineData("Straße İstanbul ısı ΟΔΟΣ", "strasse istanbul isi οδοσ")]
    [InlineData("丝绸之路", "丝绸 绸之 之路")]
    [InlineData("路", "路")]
    [InlineData("1204封信", "1204 封信")]
    [InlineData("カシュガルを", "カシ シュ ュガ ガル ルを")]
    [InlineData("ｶﾞｽ", "ガス")]
    [InlineData("역관은", "역관 관은")]
    [InlineData("ผู้แปล", "ผู้แ แป ปล")]
    [InlineData("北京PKU大学", "北京 pku 大学")]
    [InlineData("کتاب\u200Cها شـوق", "کتابها شوق")]
    [InlineData("soft\u00ADhyphen, cafe\u0301", "softhyphen café")]
    [InlineData("𠮷野家", "𠮷野 野家")]
    [InlineData("a\uD800b 😀", "a b")]
    public void Multilingual_Text_GivesWordsAndPairs(string text, string expected) => Terms("multilingual", text).ShouldBe(expected);

    [Fact]
    public void Named_IdentityOfAnIndex_GivesTheSameAnalyzer() => Analyzers.Named("multilingual-v1").Identity.ShouldBe(Analyzers.Named(Analyzers.Default).Identity);

    [Fact]
    public void Named_Unknown_ListsNames() => Should.Throw<ConfigurationException>(() => Analyzers.Named("english")).Message.ShouldStartWith("analyzer: 'english' is not an analyzer; use multilingual, per-language, plain or a language (ar, az,");

    private static string Terms(string analyzer, string text)
    {
        var terms = new List<string>();
        Analyzers.Named(analyzer).Analyze(text, "und", terms);
        return string.Join(' ', terms);
    }
}
