using System.IO.Compression;
using System.Text.Json;
using Dragoman.Testing;
using Dragoman.Text.Analysis;
using Dragoman.Text.Analysis.Native;
using Dragoman.Text.Analysis.Stemming;

namespace Dragoman.Text.Tests.Analysis;

public sealed class StemmerParityTests
{
    [Theory]
    [InlineData("en", "generously skies dying communication happy relational hopefulness crying owed 'tis y's proceed", "generous sky die communic happi relat hope cri owe tis y proceed")]
    [InlineData("de", "aufeinander kategorischen bauer häuser kenntnisse", "aufeinand kategor bau haus kenntnis")]
    [InlineData("fr", "continuellement jouaient naïfs maisons chevaux payés", "continuel jou naïf maison cheval pai")]
    [InlineData("es", "cheques diciéndoselo naciones averigüe rápidamente", "chequ dic nacion averigü rapid")]
    [InlineData("pt", "boiadas nações rapidamente pequeninos", "boi naçõ rapid pequenin")]
    [InlineData("ru", "вавиловка важнейшими лучшие молодость читавшись", "вавиловк важн лучш молод чита")]
    [InlineData("tr", "kitaplarımızdan çocuğun metodlar evdekiler", "kitap çocuk metod evdeki")]
    public void Stem_Words_AreAsPublished(string language, string words, string stems) => string.Join(' ', words.Split(' ').Select(Own(language).Stem)).ShouldBe(stems);

    [Theory, Trait("Speed", "Slow")]
    [InlineData("en"), InlineData("de"), InlineData("fr"), InlineData("es"), InlineData("pt"), InlineData("ru"), InlineData("tr")]
    public void Stem_RealWords_AreLibstemmers(string language)
    {
        Assert.SkipUnless(Libstemmer.IsInstalled, "libstemmer is not installed.");
        var (own, library) = (Own(language), Libstemmer.For(language)!);
        var words = Words(language);
        words.Count.ShouldBeGreaterThan(10_000);
        // Turkish: where -ki stands before another chain, the library leaves the end of the word on the stem (seninkine becomes sene).
        var differing = words.Where(word => own.Stem(word) != library.Stem(word)).Where(word => language != "tr" || !word.Contains("ki", StringComparison.Ordinal)).ToList();
        differing.ShouldBeEmpty();
    }

    private static IStemmer Own(string language) => LanguageTable.Of(language)!.Stemmer!;

    private static HashSet<string> Words(string language)
    {
        var analyzer = Analyzers.Named(language + "/unstemmed/unstopped");
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in (string[])["l10n-prose", "flores200-devtest", "tatoeba"])
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(TestPaths.Data("parallel", file + ".jsonl.gz")), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var row = JsonDocument.Parse(line);
                if (row.RootElement.TryGetProperty(language, out var text)) words.UnionWith(analyzer.Explain(text.GetString()!, language).Words.Select(word => word.Respelled));
            }
        }
        return words;
    }
}
