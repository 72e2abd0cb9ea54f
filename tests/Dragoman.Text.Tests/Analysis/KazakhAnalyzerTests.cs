using System.IO.Compression;
using Dragoman.Testing;
using Dragoman.Text.Analysis;
using Dragoman.Text.Analysis.Stemming.Kazakh;

namespace Dragoman.Text.Tests.Analysis;

public sealed class KazakhAnalyzerTests
{
    [Theory]
    [InlineData("кітап кітаптар кітабы кітаптарымызда кітаптың кітапқа кітапты", "кітап")]
    [InlineData("қала қалалар қаланың қалада қалалары қалаларында қаладан қаламен", "қала")]
    [InlineData("халық халқы халқының халыққа халықтың", "халық")]
    [InlineData("қазақстан қазақстанда қазақстанның қазақстанға қазақстандық", "қазақстан")]
    [InlineData("мектеп мектепте мектептерден мектебінің мектебінде мектеппен", "мектеп")]
    [InlineData("университет университеттің университеттерде университетке", "университет")]
    [InlineData("тапсырған тапсырды тапсырмаған тапсырса тапсыру", "тапс")]
    public void Stem_FormsOfOneWord_AreOneTerm(string forms, string term) => Terms(forms).Distinct().ShouldBe([term]);

    [Theory]
    [InlineData("ат"), InlineData("су"), InlineData("тау"), InlineData("достық"), InlineData("астана")]
    public void Stem_ShortOrOtherwiseBuilt_StaysAWord(string word) => Terms(word).ShouldBe([word]);

    // Vowels that do not agree, and consonants that could not follow: no suffix of Kazakh.
    [Theory]
    [InlineData("қаладе"), InlineData("кітапда"), InlineData("көлда"), InlineData("көлды")]
    public void Stem_AgainstHarmonyOrAssimilation_CutsNothing(string word) => Terms(word).ShouldBe([word]);

    [Theory]
    [InlineData("Қазақстан", "Qazaqstan", "قازاقستان")]
    [InlineData("тілінің", "tılınıñ", "ءتىلىنىڭ")]
    [InlineData("өзендер", "özender", "وزەندەر")]
    [InlineData("жаңалықтар", "jañalyqtar", "جاڭالىقتار")]
    [InlineData("мемлекет", "memleket", "مەملەكەت")]
    [InlineData("үкіметі", "ükımetı", "ۇكىمەتى")]
    public void Analyze_ThreeScripts_GiveOneTerm(string cyrillic, string latin, string arabic)
    {
        var expected = Terms(cyrillic);
        Terms(latin, "kk-Latn").ShouldBe(expected);
        Terms(arabic, "kk-Arab").ShouldBe(expected);
    }

    [Fact]
    public void Analyze_ForeignNamesInKazakhText_StayLatin() =>
        Terms("Firefox браузері және Mozilla, Qatar").ShouldBe(["firefox", .. Terms("браузері және"), "mozilla", .. Terms("Қатар")]);

    [Fact]
    public void Stem_RealWords_IsItsOwnStem()
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(TestPaths.Data("mono", "kk-kaznerd.tsv.gz")), CompressionMode.Decompress));
        var analyzer = Analyzers.Named("kk");
        var words = analyzer.Explain(lines.ReadToEnd(), "kk").Words.Select(word => word.Respelled).ToHashSet(StringComparer.Ordinal);
        words.Count.ShouldBeGreaterThan(10_000);
        words.Select(KazakhStemmer.Instance.Stem).Where(stem => KazakhStemmer.Instance.Stem(stem) != stem).ShouldBeEmpty();
    }

    private static List<string> Terms(string text, string language = "kk")
    {
        var terms = new List<string>();
        Analyzers.Named("kk").Analyze(text, language, terms);
        return terms;
    }
}
