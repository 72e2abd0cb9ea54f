namespace Dragoman.Collections.Tests;

public sealed class LanguageShapeTests
{
    [Theory]
    [InlineData("zh", "zh")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("kaz", "kaz")]
    [InlineData("iw", "iw")]
    [InlineData("bh", "bh")]
    [InlineData("sl-rozaj-1994", "sl-rozaj-1994")]
    [InlineData("en-x-ab", "en-x-ab")]
    [InlineData("", "und")]
    public void Normalise_WellFormed_HasTheUsualCase(string tag, string usual) => LanguageShape.Normalise(tag).ShouldBe(usual);

    [Fact]
    public void Normalise_TwoLetterLanguagesOfIcu_AreAllKnown()
    {
        var tags = System.Globalization.CultureInfo.GetCultures(System.Globalization.CultureTypes.NeutralCultures).Select(culture => culture.TwoLetterISOLanguageName).Where(tag => tag.Length == 2 && tag != "iv").Distinct();

        tags.Where(tag => LanguageShape.Normalise(tag) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("english")]
    [InlineData("zh_CN")]
    [InlineData("cn")]
    [InlineData("kz-Cyrl")]
    [InlineData("xx")]
    [InlineData("z")]
    [InlineData("zh-")]
    [InlineData("қаз")]
    [InlineData("en-abcdefghi")]
    [InlineData("en us")]
    public void Normalise_MalformedOrUnknown_IsNull(string tag) => LanguageShape.Normalise(tag).ShouldBeNull();
}
