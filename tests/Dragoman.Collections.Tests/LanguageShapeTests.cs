namespace Dragoman.Collections.Tests;

public sealed class LanguageShapeTests
{
    [Theory]
    [InlineData("zh", "zh")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("kaz", "kaz")]
    [InlineData("sl-rozaj-1994", "sl-rozaj-1994")]
    [InlineData("en-x-ab", "en-x-ab")]
    [InlineData("", "und")]
    public void Normalise_WellFormed_HasTheUsualCase(string tag, string usual) => LanguageShape.Normalise(tag).ShouldBe(usual);

    [Theory]
    [InlineData("english")]
    [InlineData("zh_CN")]
    [InlineData("z")]
    [InlineData("zh-")]
    [InlineData("қаз")]
    [InlineData("en-abcdefghi")]
    [InlineData("en us")]
    public void Normalise_Malformed_IsNull(string tag) => LanguageShape.Normalise(tag).ShouldBeNull();
}
