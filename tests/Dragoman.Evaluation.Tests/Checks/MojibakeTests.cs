using System.Text;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Evaluation.Checks;

namespace Dragoman.Evaluation.Tests.Checks;

public sealed class MojibakeTests
{
    [Theory]
    [InlineData("un café au lait")]
    [InlineData("Größe der Häuser")]
    [InlineData("при дороге")]
    [InlineData("қазақ тілі")]
    [InlineData("多语言检索系统")]
    [InlineData("the trader’s “camel” – old")]
    [InlineData("日本語の文章")]
    [InlineData("Ελληνική γλώσσα")]
    [InlineData("اللغة العربية")]
    public void IndexIn_TextDecodedTwice_IsFound(string text)
    {
        Mojibake.IndexIn(text).ShouldBe(-1);
        Mojibake.IndexIn(AsLatin1(text)).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("„Spaß“ und „Gruß“")]
    [InlineData("“MANHÃ” e “AMANHÃ”")]
    [InlineData("« LA BEAUTÉ » «BOUTIQUÉ»")]
    [InlineData("Il a dit « été »… né’")]
    [InlineData("Ângela Ávila Ã")]
    [InlineData("Âm nhạc Việt Nam: Đàn bầu, Ô Quan Chưởng")]
    [InlineData("")]
    [InlineData("Ð")]
    [InlineData("10°C ± 2 µm, ½ €")]
    [InlineData("în România, Înainte")]
    [InlineData("İSTANBUL’DA ÇAĞRI")]
    public void IndexIn_SoundText_IsLeftAlone(string text) => Mojibake.IndexIn(text).ShouldBe(-1);

    [Fact]
    public void IndexIn_SoftwareManualsInThirtyLanguages_IsFoundInFewerThanOneInTenThousand()
    {
        var texts = ParallelText.Read(TestPaths.Data("parallel", "l10n-prose.jsonl.gz")).SelectMany(row => row.Texts.Values).ToList();
        texts.Count(text => Mojibake.IndexIn(text) >= 0).ShouldBeLessThanOrEqualTo(texts.Count / 10_000);
    }

    [Fact]
    public void IndexIn_Flores_IsFoundInIndonesianAlone()
    {
        // FLORES-200 has double-encoded text in Indonesian ("Recep Tayyip ErdoÄŸan", "lain â€” duri"), and in no other language.
        var found = ParallelText.Read(TestPaths.Data("parallel", "flores200-devtest.jsonl.gz")).SelectMany(row => row.Texts).Where(text => Mojibake.IndexIn(text.Value) >= 0).ToList();
        found.ShouldAllBe(text => text.Key == "id");
        found.Count.ShouldBeGreaterThan(15);
    }

    private static string AsLatin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
