using Dragoman.Collections.Formats.Parallel;
using Dragoman.Text.Analysis;
using Dragoman.Training.TranslationTables;

namespace Dragoman.Training.Tests.TranslationTables;

public class AnalysedTextsTests
{
    private static readonly ParallelOptions Parallel = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public void Read_LanguageOfSeveralPairs_AnalysesEachTextOnce()
    {
        var analyzer = new CountingAnalyzer();

        var texts = AnalysedTexts.Read([Row(("en", "a b"), ("kk", "x y"), ("ru", "p q")), Row(("en", "b b"), ("ru", "q")), Row(("de", "z"))], ["en", "kk", "ru"], analyzer, 10, Parallel);

        texts.Between("en", "kk").Bitext.Count.ShouldBe(1);
        texts.Between("en", "ru").Bitext.Count.ShouldBe(2);
        texts.Counts("en").ShouldBe(new Dictionary<string, long> { ["a"] = 1, ["b"] = 3 }, ignoreOrder: true);
        analyzer.Texts.Order(StringComparer.Ordinal).ShouldBe(["a b", "b b", "p q", "q", "x y"]);
    }

    [Fact]
    public void Between_TermsOfAPair_AreNumberedByFirstAppearanceInIt()
    {
        var texts = AnalysedTexts.Read([Row(("en", "a b")), Row(("en", "c b"), ("kk", "x y x"))], ["en", "kk"], new CountingAnalyzer(), 10, Parallel);

        var (bitext, _) = texts.Between("en", "kk");

        (bitext.SourceTerms.Count, bitext.SourceTerms[0], bitext.SourceTerms[1]).ShouldBe((2, "c", "b"));
        bitext.Source(0).ToArray().ShouldBe([0, 1]);
        bitext.Target(0).ToArray().ShouldBe([0, 1, 0]);
        bitext.Entries(0).ToArray().ShouldBe([0, 1, 0, 2, 3, 2]);
    }

    [Fact]
    public void Between_EmptyLongOrUnequalTexts_ArePassedOverYetCounted()
    {
        var texts = AnalysedTexts.Read(
            [Row(("en", "a"), ("kk", "x")), Row(("en", " "), ("kk", "x")), Row(("en", "a a a a"), ("kk", "x x x x x x x x x x x x")), Row(("en", "a"), ("kk", "x x x x x x x x x x"))],
            ["en", "kk"], new CountingAnalyzer(), 11, Parallel);

        var (bitext, passedOver) = texts.Between("en", "kk");

        (bitext.Count, passedOver).ShouldBe((1, 3));
        texts.Counts("kk")["x"].ShouldBe(1 + 1 + 12 + 10);
    }

    private static ParallelRow Row(params (string Language, string Text)[] texts) => new("r", null, texts.ToDictionary(text => text.Language, text => text.Text, StringComparer.Ordinal));

    private sealed class CountingAnalyzer : IAnalyzer
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Texts { get; } = [];

        public string Identity => "counting-v1";

        public void Analyze(string text, string language, ICollection<string> terms)
        {
            Texts.Add(text);
            foreach (var term in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) terms.Add(term);
        }
    }
}
