using System.Text.Json;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Text.Tests.Tokenizers;

/// <summary>Equality with spm_encode 0.1.97 under every option of a model (tests/fixtures/sentencepiece-options/README.md).</summary>
public sealed class SentencePieceOptionsTests
{
    [Theory]
    [InlineData("suffix")]
    [InlineData("bytes")]
    [InlineData("nfkc-casefolded")]
    [InlineData("user-defined")]
    public void Tokenize_UnusualOptions_EqualsSpmEncode(string model)
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("sentencepiece-options", model));
        var lines = File.ReadAllLines(TestPaths.Fixture("sentencepiece-options", model, "golden.jsonl"));
        lines.Length.ShouldBe(120);
        foreach (var line in lines)
        {
            using var golden = JsonDocument.Parse(line);
            var text = golden.RootElement.GetProperty("text").GetString()!;
            var tokens = tokenizer.Tokenize(text);
            string.Join(' ', tokens.Tokens).ShouldBe(golden.RootElement.GetProperty("pieces").GetString(), text);
            tokens.Ids.ShouldBe(golden.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), text);
            tokenizer.Encode(text).Ids.ShouldBe(tokens.Ids, "a plain model adds nothing");
        }
    }

    [Fact]
    public void Tokenize_LoneSurrogatesAndNul_AreHarmless()
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));
        tokenizer.Tokenize("a\uD800b\0c\uDC00").Ids.ShouldAllBe(id => id >= 0 && id < tokenizer.VocabularySize);
        tokenizer.Tokenize("").Ids.ShouldBeEmpty();
        tokenizer.Tokenize(" \u3000 ").Ids.ShouldBeEmpty();
    }

    [Fact]
    public void Tokenize_TextOfAMegabyte_EqualsItsPieces()
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));
        var sentence = tokenizer.Tokenize("The caravan left.");
        tokenizer.Tokenize(string.Concat(Enumerable.Repeat("The caravan left. ", 60_000))).Ids.Count.ShouldBe(60_000 * sentence.Ids.Count);
        tokenizer.Tokenize("The caravan left.").Ids.ShouldBe(sentence.Ids);
    }

    [Fact]
    public void Tokenize_ManyThreads_GivesWhatOneThreadGives()
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));
        string[] texts = ["The caravan left Kashgar.", "商队在日出前离开喀什", "Керуен Қашғардан таң атпай шығып", "x", ""];
        var expected = texts.Select(text => string.Join(',', tokenizer.Tokenize(text).Ids)).ToArray();
        Parallel.For(0, 2000, i => string.Join(',', tokenizer.Tokenize(texts[i % texts.Length]).Ids).ShouldBe(expected[i % texts.Length]));
    }

    [Fact]
    public void Tokenize_SpecialTokensInText_AreRecognisedByXlmRobertaOnly()
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));
        tokenizer.Tokenize("and <mask> and").Ids.ShouldBe([4, 96, 1101, 4, 96]);
        tokenizer.IdOf("<mask>").ShouldBe(1101);
        TokenizerLoader.FromFolder(TestPaths.Fixture("sentencepiece-options", "suffix")).Tokenize("</s>").Tokens.ShouldNotContain("</s>");
    }
}
