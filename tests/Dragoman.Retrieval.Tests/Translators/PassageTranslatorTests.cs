using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Retrieval.Translators.Passages;

namespace Dragoman.Retrieval.Tests.Translators;

public class PassageTranslatorTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly Passage[] Passages =
    [
        new("k1", "түйе", "түйе су", "kk"),
        new("z1", "", "骆驼", "zh"),
        new("k2", "", "су", "kk"),
        new("r1", "", "верблюд", "ru"),
        new("k3", "су", "жоқ", "kk"),
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(100, 1)]
    public void Translate_Passages_KeepIdsAndOrderAndCarryAMark(int batch, int parallel)
    {
        using var translator = new WordTranslator(new() { ["түйе"] = "骆驼", ["су"] = "水", ["верблюд"] = "骆驼" });

        var translated = new PassageTranslator(translator, new PassageTranslatorOptions { To = "zh", Batch = batch, Parallel = parallel }).Translate(Passages, Token).ToArray();

        translated.Select(passage => passage.Passage).ShouldBe([new("k1", "骆驼", "骆驼 水", "zh"), Passages[1], new("k2", "", "水", "zh"), new("r1", "", "骆驼", "zh"), new("k3", "水", "жоқ", "zh")]);
        translated.Select(passage => passage.Mark).ShouldBe([new("kk", "words-v1"), null, new("kk", "words-v1"), new("ru", "words-v1"), new MachineTranslation("kk", "words-v1")]);
    }

    [Fact]
    public void Translate_SomeLanguages_LeavesTheOthersAsTheyAre()
    {
        using var translator = new WordTranslator(new() { ["верблюд"] = "骆驼" });

        var translated = new PassageTranslator(translator, new PassageTranslatorOptions { To = "zh", From = ["ru"] }).Translate(Passages, Token).ToArray();

        translated.Where(passage => passage.Mark is null).Select(passage => passage.Passage).ShouldBe([Passages[0], Passages[1], Passages[2], Passages[4]]);
        translator.Asked.ShouldBe(["верблюд"]);
    }

    [Fact]
    public void Translate_TextThatFails_StaysWholeInItsLanguageAndIsNamed()
    {
        using var translator = new WordTranslator(new() { ["су"] = "", ["түйе"] = "骆驼" });
        var failures = new List<string>();

        var translated = new PassageTranslator(translator, new PassageTranslatorOptions { To = "zh", From = ["kk"] }) { OnFailure = (id, problem) => failures.Add($"{id} {problem}") }.Translate(Passages, Token).ToArray();

        failures.ShouldBe(["k2 came back empty", "k3 has a title that came back empty"]);
        translated[2].ShouldBe((Passages[2], null));
        translated[4].ShouldBe((Passages[4], null)); // not a Chinese text under a Kazakh title
        translated[0].Passage.Text.ShouldBe("骆驼 ");
    }

    [Fact]
    public async Task Require_Languages_SaysWhatCannotBeTranslatedBeforeAnythingIs()
    {
        using var translator = new WordTranslator([], null, "zh");
        var work = new PassageTranslator(translator, new PassageTranslatorOptions { To = "kk" });

        var failure = await Should.ThrowAsync<ConfigurationException>(() => work.RequireAsync(new Dictionary<string, int> { ["ru"] = 3, ["und"] = 2, ["kk"] = 1 }, Token));

        failure.Problems.Count.ShouldBe(2);
        failure.Message.ShouldContain("no translation from ru (3 texts) to kk by words-v1");
        failure.Message.ShouldContain("2 texts have no language");
        (await Should.ThrowAsync<ConfigurationException>(() => work.RequireAsync(new Dictionary<string, int> { ["kk"] = 1 }, Token))).Message.ShouldContain("nothing to translate into kk");
        translator.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void Translate_TermsOfATable_MakeEveryPassageTerms()
    {
        using var translator = new WordTranslator(new() { ["верблюд"] = "骆驼" }, "plain-v1");

        var translated = new PassageTranslator(translator, new PassageTranslatorOptions { To = "zh", From = ["ru"] }).Translate([new("e1", "The Camel!", "Far, away.", "en"), Passages[3]], Token).ToArray();

        translated[0].Passage.ShouldBe(new Passage("e1", "the camel", "far away", "en"));
        translated[1].Passage.Text.ShouldBe("骆驼");
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(1, 0, null)]
    [InlineData(1, 1, "zh")]
    public void Create_OptionsOutOfRange_AreRefused(int batch, int parallel, string? from)
    {
        using var translator = new WordTranslator([]);

        Should.Throw<ConfigurationException>(() => new PassageTranslator(translator, new PassageTranslatorOptions { To = "zh", Batch = batch, Parallel = parallel, From = from is null ? null : [from] }));
    }
}
