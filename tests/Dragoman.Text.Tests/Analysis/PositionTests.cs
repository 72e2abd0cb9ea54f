using Dragoman.Text.Analysis;

namespace Dragoman.Text.Tests.Analysis;

public sealed class PositionTests
{
    private static readonly string[] Texts =
    [
        "", " ", "\uD800", "The road to the market of Samarkand", "don't, o‘zbek", "丝绸之路上的骆驼，2021年AI技术", "漢 語", "한국어를 배우다", "ภาษาไทยน้ำ สวัสดี", "カタカナとひらがな", "Қазақстанның жолы", "a 丝 b", "e\u0301 \u0301", "👩‍👩‍👧 x",
    ];

    public static TheoryData<string> Names => [.. Analyzers.Names, "zh/pairs/unfolded", "zh/characters/unfolded", "en/unstopped"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Locate_AnyText_GivesTheTermsOfAnalyzeAndThePlacesOfExplain(string name)
    {
        var analyzer = Analyzers.Named(name);
        foreach (var text in Texts)
        {
            foreach (var language in new[] { "und", "zh", "en" })
            {
                var (located, terms) = (new List<PositionedTerm>(), new List<string>());
                analyzer.Locate(text, language, located);
                analyzer.Analyze(text, language, terms);

                located.Select(term => term.Term).ShouldBe(terms);
                located.ShouldBe(analyzer.Explain(text, language).Words.Where(word => word.Term is not null).Select(word => new PositionedTerm(word.Term!, word.Position, word.Width)));
                located.Zip(located.Skip(1)).ShouldAllBe(pair => pair.First.Position <= pair.Second.Position);
            }
        }
    }

    [Theory]
    [InlineData("en", "The road to the market of Samarkand", "road@1 market@4 samarkand@6")]
    [InlineData("en/unstopped", "The road to Samarkand", "the@0 road@1 to@2 samarkand@3")]
    [InlineData("plain", "The road, to Samarkand!", "the@0 road@1 to@2 samarkand@3")]
    [InlineData("multilingual", "丝绸之路", "丝绸@0+2 绸之@1+2 之路@2+2")]
    [InlineData("multilingual", "AI技术 丝，2021年", "ai@0 技术@1+2 丝@3 2021@4 年@5")]
    [InlineData("zh/characters/unfolded", "丝绸路", "丝@0 绸@1 路@2")]
    [InlineData("zh/characters+pairs/unfolded", "丝绸路", "丝@0 丝绸@0+2 绸@1 绸路@1+2 路@2")]
    [InlineData("ko", "한국 사람", "한국@0+2 사람@2+2")]
    [InlineData("th", "ผู้แปล", "ผู้แ@0+2 แป@1+2 ปล@2+2")]
    public void Locate_WordsStopWordsAndLetters_TakePlacesAsDocumented(string name, string text, string expected)
    {
        var located = new List<PositionedTerm>();
        Analyzers.Named(name).Locate(text, "und", located);
        string.Join(' ', located.Select(term => $"{term.Term}@{term.Position}{(term.Width == 1 ? "" : $"+{term.Width}")}")).ShouldBe(expected);
    }
}
