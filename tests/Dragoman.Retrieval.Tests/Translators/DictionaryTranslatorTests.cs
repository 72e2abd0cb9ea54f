using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Dictionaries;

namespace Dragoman.Retrieval.Tests.Translators;

public sealed class DictionaryTranslatorTests : IDisposable
{
    private const string Cedict = """
        # CC-CEDICT
        駱駝 骆驼 [luo4 tuo5] /camel/CL:峰[feng1]/
        雙峰駱駝 双峰骆驼 [shuang1 feng1 luo4 tuo5] /Bactrian camel/two-humped camel/
        跑 跑 [pao3] /to run/to run away/to escape/
        """;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Translate_Chinese_TakesTheLongestHeadwordAndKeepsNamesWhole()
    {
        using var translator = new DictionaryTranslator(_folder.Write("cedict.txt", Cedict));

        var translated = (await translator.TranslateAsync(["双峰骆驼阿凡提跑2024"], "zh", "en", Token))[0];

        translated.Pieces.Select(piece => (piece.Source, piece.Alternatives[0].Text, piece.IsKnown)).ShouldBe([("双峰骆驼", "Bactrian camel", true), ("阿凡提", "阿凡提", false), ("跑", "run", true), ("2024", "2024", false)]);
        translated.Text.ShouldBe("Bactrian camel 阿凡提 run 2024");
    }

    [Fact]
    public async Task Translate_TraditionalText_IsFoundByItsSimplifiedForm()
    {
        using var translator = new DictionaryTranslator(_folder.Write("cedict.txt", Cedict));

        (await translator.TranslateAsync(["雙峰駱駝"], "zh", "en", Token))[0].Text.ShouldBe("Bactrian camel");
        (await translator.TranslateAsync(["雙峰駱駝"], "zh-Hant", "en", Token))[0].Text.ShouldBe("Bactrian camel");
        (await translator.TranslateAsync(["camels run away"], "en", "zh", Token))[0].Text.ShouldBe("骆驼 跑");
    }

    [Fact]
    public async Task Translate_SeveralTranslations_ShareTheWeightEvenly()
    {
        using var translator = new DictionaryTranslator(_folder.Write("cedict.txt", Cedict), 2);

        var pieces = (await translator.TranslateAsync(["跑 骆驼"], "zh", "en", Token))[0].Pieces;

        pieces[0].Alternatives.ShouldBe([new WeightedAlternative("run", 0.5), new WeightedAlternative("run away", 0.5)]);
        pieces[1].Alternatives.ShouldBe([new WeightedAlternative("camel", 1)]);
    }

    [Fact]
    public async Task Translate_InflectedWord_IsFoundByItsStemAndTheWrittenFormComesFirst()
    {
        using var translator = new DictionaryTranslator(_folder.Write("d.tsv", "en\tkk\tpos\nriver\tөзен\tn\nrivers\tөзендер\tn\nold town\tескі қала\tn\nold\tкәрі\ta\n"));

        var texts = (await translator.TranslateAsync(["The RIVER, rivers; the river's old towns", "old age"], "en", "kk", Token)).Select(text => text.Text).ToArray();

        texts[0].ShouldBe("The өзен өзендер the өзен ескі қала");
        texts[1].ShouldBe("кәрі age");
        (await translator.TranslateAsync(["ескі қалалар"], "kk", "en", Token))[0].Text.ShouldBe("old town");
    }

    [Fact]
    public async Task Translate_NamesAsJsonLines_AreADictionaryOfManyLanguages()
    {
        using var translator = new DictionaryTranslator(_folder.Write("names.jsonl", """{"_id": "t/1", "en": "Africa", "zh": "非洲", "kk": "Африка"}""" + "\n"));

        (await translator.TranslateAsync(["非洲"], "zh", "kk", Token))[0].Text.ShouldBe("Африка");
        (await translator.SupportsAsync("kk", "en", Token)).ShouldBeTrue();
        (await translator.SupportsAsync("kk", "ru", Token)).ShouldBeFalse();
        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["x"], "kk", "ru", Token))).Message.ShouldContain("its languages are en, zh, kk");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("en\tkk\n", "has no entries")]
    [InlineData("one\ttwo three\nx\ty\n", "line 1")]
    [InlineData("no tabs here\n", "line 1")]
    public void Open_NoDictionary_SaysWhatWasExpected(string content, string expected)
    {
        var path = _folder.Write("d.tsv", content);

        var failure = Should.Throw<DataFormatException>(() => new DictionaryTranslator(path));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldStartWith(path);
    }

    [Fact]
    public async Task Translate_MalformedLine_IsNamedWhenItIsRead()
    {
        var path = _folder.Write("d.tsv", "en\tkk\nriver\tөзен\nbroken\n");
        using var translator = new DictionaryTranslator(path);

        (await Should.ThrowAsync<DataFormatException>(() => translator.TranslateAsync(["river"], "en", "kk", Token))).Line.ShouldBe(3);
    }

    [Fact]
    public async Task Translate_CedictOfTheDataSets_TranslatesAQuestion()
    {
        using var translator = new DictionaryTranslator(TestPaths.Data("dict", "cedict_1_0_ts_utf-8_mdbg.txt.gz"));

        var translated = (await translator.TranslateAsync(["骆驼穿过沙漠"], "zh", "en", Token))[0];

        translated.Text.ShouldContain("camel");
        translated.Text.ShouldContain("desert");
        translated.Pieces.ShouldAllBe(piece => piece.IsKnown);
    }

    public void Dispose() => _folder.Dispose();
}
