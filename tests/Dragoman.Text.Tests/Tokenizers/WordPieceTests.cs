using Dragoman.Text.Tokenizers;

namespace Dragoman.Text.Tests.Tokenizers;

/// <summary>Rules of transformers' BertTokenizer that the cased golden file does not reach; expectations follow its source.</summary>
public sealed class WordPieceTests
{
    private const string Specials = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";

    [Theory]
    [InlineData("Café NAÏVE", "cafe naive")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ΟΔΟΣ ΣΟΣ", "οδος σος")]
    [InlineData("don't", "don ' t")]
    [InlineData("soft\u00ADhyphen zero\u200Bwidth", "softhyphen zerowidth")]
    [InlineData("line\u2028para\u2029end", "line para end")]
    [InlineData("中文a", "中 文 a")]
    [InlineData("a\uFFFDb\0c", "abc")]
    [InlineData("[MASK]the[SEP]", "[MASK] the [SEP]")]
    [InlineData("\uD800x", "x")]
    public void Tokenize_Uncased_PreparesTextAsBertTokenizer(string text, string expected)
    {
        var words = "cafe naive istanbul οδος σος don ' t softhyphen zerowidth line para end 中 文 a abc the x".Replace(' ', '\n');
        using var folder = new TemporaryFolder().With("vocab.txt", Specials + words + "\n");
        string.Join(' ', TokenizerLoader.FromFolder(folder.Path).Tokenize(text).Tokens).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"do_lower_case": false}""", "É é", "[UNK] é")]
    [InlineData("""{"do_lower_case": true}""", "É é", "e e")]
    [InlineData("""{"do_lower_case": true, "strip_accents": false}""", "É é", "é é")]
    [InlineData("""{"do_lower_case": true, "tokenize_chinese_chars": false}""", "中文", "中文")]
    [InlineData("""{"do_lower_case": true, "strip_accents": null, "unk_token": {"content": "<odd>"}}""", "?", "<odd>")]
    public void Tokenize_TokenizerConfig_IsHonoured(string config, string text, string expected)
    {
        using var folder = new TemporaryFolder().With("vocab.txt", Specials + "e\né\n中\n文\n中文\n<odd>\n").With("tokenizer_config.json", config);
        string.Join(' ', TokenizerLoader.FromFolder(folder.Path).Tokenize(text).Tokens).ShouldBe(expected);
    }

    [Fact]
    public void Tokenize_LongWord_IsUnknownFrom101Characters()
    {
        using var folder = new TemporaryFolder().With("vocab.txt", Specials + "𐐨\n##𐐨\n");
        var tokenizer = TokenizerLoader.FromFolder(folder.Path);
        tokenizer.Tokenize(string.Concat(Enumerable.Repeat("𐐨", 100))).Ids.Count.ShouldBe(100);
        tokenizer.Tokenize(string.Concat(Enumerable.Repeat("𐐨", 101))).Ids.ShouldBe([tokenizer.UnknownId]);
    }

    [Fact]
    public void FromFolder_SpecialTokensMapAndAddedTokens_AreHonoured()
    {
        using var folder = new TemporaryFolder().With("vocab.txt", "<pad>\n<unk>\n<cls>\n<sep>\na\n")
            .With("special_tokens_map.json", """{"pad_token":"<pad>","unk_token":"<unk>","cls_token":{"content":"<cls>"},"sep_token":"<sep>"}""")
            .With("added_tokens.json", """{"<new>": 5}""")
            .With("tokenizer_config.json", """{"model_max_length": 40}""");
        var tokenizer = TokenizerLoader.FromFolder(folder.Path);
        tokenizer.Encode("a<new>a").Ids.ShouldBe([2, 4, 5, 4, 3]);
        tokenizer.VocabularySize.ShouldBe(6);
        tokenizer.MaxLength.ShouldBe(40);
    }

    [Fact]
    public void Combine_TooLong_ShortensByRule()
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("bert-tiny"));
        tokenizer.Combine([30, 31, 32, 33], [40, 41, 42], 8).Ids.ShouldBe([21, 30, 31, 32, 22, 40, 41, 22]);
        tokenizer.Combine([30, 31, 32, 33], [40, 41, 42], 8, Truncation.OnlySecond).Ids.ShouldBe([21, 30, 31, 32, 33, 22, 40, 22]);
        tokenizer.Combine([30, 31, 32, 33], null, 4).Ids.ShouldBe([21, 30, 31, 22]);
        Should.Throw<Dragoman.Collections.Errors.DragomanException>(() => tokenizer.Combine([30, 31, 32, 33], [40], 7, Truncation.OnlySecond)).Message.ShouldContain("longest_first");
        Should.Throw<Dragoman.Collections.Errors.DragomanException>(() => tokenizer.Combine([30], null, 1)).Message.ShouldContain("2 special tokens");
    }

    [Fact]
    public void Pad_TwoTexts_FillsToTheLonger()
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));
        var batch = EncodedBatch.Pad([tokenizer.Combine([7], null), tokenizer.Combine([8, 9], null)], tokenizer.PadId);
        (batch.Rows, batch.Columns).ShouldBe((2, 4));
        batch.Ids.ShouldBe([0, 7, 2, 1, 0, 8, 9, 2]);
        batch.AttentionMask.ShouldBe([1, 1, 1, 0, 1, 1, 1, 1]);
    }
}
