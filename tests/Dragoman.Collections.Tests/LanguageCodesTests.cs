namespace Dragoman.Collections.Tests;

public sealed class LanguageCodesTests
{
    [Theory]
    [InlineData("kk", "kk")]
    [InlineData("kaz", "kk")]
    [InlineData("chi", "zh")]
    [InlineData("iw", "he")]
    [InlineData("bh", "bho")]
    [InlineData("yue", "yue")]
    [InlineData("und", "und")]
    [InlineData("cn", null)]
    [InlineData("KK", null)]
    public void PreferredOf_Code_IsTheShortestCurrentOne(string code, string? preferred) => LanguageCodes.PreferredOf(code).ShouldBe(preferred);
}
