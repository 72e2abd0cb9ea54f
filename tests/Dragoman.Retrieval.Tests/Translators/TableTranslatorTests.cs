using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Tests.FirstStage.Psq;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Tables;

namespace Dragoman.Retrieval.Tests.Translators;

public sealed class TableTranslatorTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Translate_OneTranslation_IsTheMostProbableAndStandsForItselfWithoutOne()
    {
        using var translator = new TableTranslator(Tables(), new SpaceAnalyzer());

        var translated = (await translator.TranslateAsync(["河 2024 城"], "zh", "kk", Token))[0];

        translated.Text.ShouldBe("өзен 2024 қала");
        translated.Pieces.Select(piece => piece.IsKnown).ShouldBe([true, false, true]);
        translated.Pieces.SelectMany(piece => piece.Alternatives).ShouldAllBe(alternative => alternative.Weight == 1);
        translator.TermsOf.ShouldBe("space-v1");
    }

    [Fact]
    public async Task Translate_SeveralTranslations_SharesAreProbabilitiesAmongThoseKept()
    {
        using var translator = new TableTranslator(Tables(), new SpaceAnalyzer(), 2);

        var piece = (await translator.TranslateAsync(["河"], "zh", "kk", Token))[0].Pieces[0];

        piece.Alternatives.Select(alternative => alternative.Text).ShouldBe(["өзен", "су"]);
        piece.Alternatives[0].Weight.ShouldBe(0.5 / 0.8, 1e-6); // .5 and .3 are kept, .2 is not
        piece.Alternatives.Sum(alternative => alternative.Weight).ShouldBe(1, 1e-6);
    }

    [Fact]
    public async Task Supports_Pairs_AreThoseOfTheFolderOrOfTheirPrimaryLanguages()
    {
        using var translator = new TableTranslator(Tables(), new SpaceAnalyzer());

        (await translator.SupportsAsync("zh", "kk", Token)).ShouldBeTrue();
        (await translator.SupportsAsync("zh-Hans", "kk-KZ", Token)).ShouldBeTrue();
        (await translator.SupportsAsync("kk", "zh", Token)).ShouldBeFalse();
        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["x"], "kk", "zh", Token))).Message.ShouldContain("has no table from kk to zh; it has zh > kk.");
    }

    [Fact]
    public void Identity_OtherTablesOrNumbers_Differs()
    {
        using var one = new TableTranslator(Tables(), new SpaceAnalyzer());
        using var two = new TableTranslator(TranslationFolder.Open(_folder["tables"]), new SpaceAnalyzer(), 2);
        using var same = new TableTranslator(TranslationFolder.Open(_folder["tables"]), new SpaceAnalyzer());

        two.Identity.ShouldNotBe(one.Identity);
        same.Identity.ShouldBe(one.Identity);
    }

    [Fact]
    public async Task Translate_MalformedTable_NamesFileAndLine()
    {
        Tables();
        File.WriteAllText(_folder["tables/zh-kk.json"], "");
        File.Delete(_folder["tables/zh-kk.json.gz"]);
        using var translator = new TableTranslator(TranslationFolder.Open(_folder["tables"]), new SpaceAnalyzer());

        (await Should.ThrowAsync<DragomanException>(() => translator.TranslateAsync(["河"], "zh", "kk", Token))).Message.ShouldContain("zh-kk.json.gz");
    }

    [Fact]
    public void Create_AnotherAnalyzerOrNoTranslation_IsRefused()
    {
        var tables = Tables();

        Should.Throw<ConfigurationException>(() => new TableTranslator(tables, new SpaceAnalyzer("other-v1"))).Message.ShouldContain("were made by analyzer space-v1, not by other-v1");
        Should.Throw<ConfigurationException>(() => new TableTranslator(tables, new SpaceAnalyzer(), 0)).Message.ShouldContain("use 1 or more");
    }

    public void Dispose() => _folder.Dispose();

    private TranslationFolder Tables() => TinyTables.Write(
        _folder["tables"], [], new() { [("zh", "kk")] = new() { ["河"] = [("өзен", 0.5f), ("су", 0.3f), ("көл", 0.2f)], ["城"] = [("қала", 1f)] } });
}
