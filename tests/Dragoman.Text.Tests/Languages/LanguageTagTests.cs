using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;

namespace Dragoman.Text.Tests.Languages;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("zh", "zh")]
    [InlineData("zh-hant", "zh-Hant")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("kaz", "kk")]
    [InlineData("zho", "zh")]
    [InlineData("rus-cyrl", "ru-Cyrl")]
    [InlineData("deu-at", "de-AT")]
    [InlineData("ger", "de")]
    [InlineData("tur", "tr")]
    [InlineData("und", "und")]
    [InlineData("es-419", "es-419")]
    [InlineData("sl-Rozaj-biske", "sl-rozaj-biske")]
    [InlineData("de-CH-1996-x-Own", "de-CH-1996-x-own")]
    [InlineData("bh", "bho")]
    [InlineData("yue", "yue")]
    public void Parse_WellFormed_GivesUsualSpelling(string text, string expected) => LanguageTag.Parse(text).Value.ShouldBe(expected);

    [Theory]
    [InlineData("zh_CN", "'zh_CN' is not a language tag; write a BCP 47 tag such as 'zh-CN', or 'und' when the language is not known.")]
    [InlineData("", "'' is not a language tag; write a BCP 47 tag such as 'zh', 'kk' or 'zh-Hant', or 'und' when the language is not known.")]
    [InlineData("xx", "'xx' names no known language; use an ISO 639 code such as 'zh', 'kk' or 'en', or 'und' when the language is not known.")]
    [InlineData("chinese", "'chinese' names no known language; use an ISO 639 code such as 'zh', 'kk' or 'en', or 'und' when the language is not known.")]
    [InlineData("zh-TW-Hant", "'Hant' has no place in the language tag 'zh-TW-Hant'; the order is language, script, region, variants, as in 'zh-Hant-TW'.")]
    [InlineData("zh-x", "'x' has no place in the language tag 'zh-x'; the order is language, script, region, variants, as in 'zh-Hant-TW'.")]
    [InlineData("z", "'z' is not a language tag; write a BCP 47 tag such as 'zh', 'kk' or 'zh-Hant', or 'und' when the language is not known.")]
    public void Parse_Bad_SaysWhatToUse(string text, string message) => Should.Throw<DragomanException>(() => LanguageTag.Parse(text)).Message.ShouldBe(message);

    [Theory]
    [InlineData("ar", WritingDirection.RightToLeft)]
    [InlineData("fa-IR", WritingDirection.RightToLeft)]
    [InlineData("ug", WritingDirection.RightToLeft)]
    [InlineData("ug-Latn", WritingDirection.LeftToRight)]
    [InlineData("kk-Arab", WritingDirection.RightToLeft)]
    [InlineData("kk", WritingDirection.LeftToRight)]
    [InlineData("und", WritingDirection.LeftToRight)]
    public void Direction_Tag_FollowsScript(string tag, WritingDirection direction) => LanguageTag.Parse(tag).Direction.ShouldBe(direction);

    [Fact]
    public void Names_KnownAndUnknown_ReadWell()
    {
        (LanguageTag.Parse("kk").EnglishName, LanguageTag.Parse("kaz").OwnName).ShouldBe(("Kazakh", "қазақ тілі"));
        LanguageTag.Parse("zh-Hant-TW").OwnName.ShouldBe("繁體中文");
        LanguageTag.Parse("ru-RU").EnglishName.ShouldBe("Russian");
        LanguageTag.Parse("nso").EnglishName.ShouldBe("nso");
        LanguageTag.Named.Count.ShouldBeGreaterThanOrEqualTo(60);
        LanguageTag.Named.ShouldAllBe(tag => tag.OwnName != tag.Value);
    }

    [Fact]
    public void Equals_SameLanguageSpelledTwoWays_IsTrue() => LanguageTag.Parse("ENG-us").ShouldBe(LanguageTag.Parse("en-US"));
}
