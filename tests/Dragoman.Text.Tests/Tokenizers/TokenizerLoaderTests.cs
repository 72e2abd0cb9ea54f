using Dragoman.Collections.Errors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Text.Tests.Tokenizers;

public sealed class TokenizerLoaderTests
{
    private static readonly byte[] Model = File.ReadAllBytes(TestPaths.Fixture("xlmr-tiny", "sentencepiece.bpe.model"));

    [Fact]
    public void FromFolder_NoFolder_SaysSo() => Message("/no/such/folder").ShouldBe("/no/such/folder: the folder does not exist; expected a model folder with vocab.txt or a SentencePiece .model file.");

    [Fact]
    public void FromFolder_EmptyFolder_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        Message(folder.Path).ShouldContain("found no tokenizer; expected vocab.txt");
    }

    [Theory]
    [InlineData("", "vocab.txt: the vocabulary is empty")]
    [InlineData("a\nb\n", "lacks [UNK], the unk_token. Is the file truncated")]
    public void FromFolder_BadVocabulary_NamesTheFile(string content, string expected)
    {
        using var folder = new TemporaryFolder().With("vocab.txt", content);
        Message(folder.Path).ShouldContain(expected);
    }

    [Fact]
    public void FromFolder_BinaryVocabulary_NamesTheLine()
    {
        using var folder = new TemporaryFolder().With("vocab.txt", [(byte)'a', 10, 0xC3, 0x28, 10]);
        Message(folder.Path).ShouldContain("this is not UTF-8 text");
    }

    [Fact]
    public void FromFolder_ModelCutAnywhere_IsRefusedInOneSentence()
    {
        foreach (var length in Enumerable.Range(0, 60).Select(i => i * Model.Length / 60).Concat([1, 2, 3, Model.Length - 1, Model.Length - 6]))
        {
            using var folder = new TemporaryFolder().With("sentencepiece.bpe.model", Model[..length]);
            Message(folder.Path).ShouldContain("Is the file truncated", customMessage: $"{length} bytes");
        }
    }

    [Fact]
    public void FromFolder_LfsPointer_IsRefused()
    {
        using var folder = new TemporaryFolder().With("spiece.model", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 798011\n");
        Message(folder.Path).ShouldContain("Git LFS");
    }

    [Fact]
    public void FromFolder_BrokenJson_NamesFileAndLine()
    {
        using var folder = new TemporaryFolder().With("sentencepiece.bpe.model", Model).With("config.json", "{\n \"model_type\": ");
        Message(folder.Path).ShouldContain("config.json, line 2: this is not complete JSON");
    }

    [Fact]
    public void FromFolder_UnknownFamily_SaysWhichAreKnown()
    {
        using var folder = new TemporaryFolder().With("sentencepiece.bpe.model", Model).With("config.json", """{"model_type": "camembert"}""");
        Message(folder.Path).ShouldContain("model_type is 'camembert'");
    }

    [Fact]
    public void FromFolder_TwoModels_AsksForOne()
    {
        using var folder = new TemporaryFolder().With("a.model", Model).With("b.model", Model);
        Message(folder.Path).ShouldContain("found 2 .model files (a.model, b.model)");
    }

    [Fact]
    public void FromFolder_BertWithXlmRobertaTokenizer_HasXlmRobertaIdsAndAllPositions()
    {
        using var folder = new TemporaryFolder().With("sentencepiece.bpe.model", Model).With("config.json", """{"model_type": "bert", "max_position_embeddings": 512}""");
        var tokenizer = TokenizerLoader.FromFolder(folder.Path);
        tokenizer.Encode("and").Ids.ShouldBe([0, 4, 96, 2]);
        tokenizer.MaxLength.ShouldBe(512);
    }

    [Fact]
    public void FromFolder_SentencePieceFileAlone_HasItsOwnIds()
    {
        using var folder = new TemporaryFolder().With("sentencepiece.bpe.model", Model);
        TokenizerLoader.FromFolder(folder.Path).Encode("and").Ids.ShouldBe([3, 95]);
    }

    private static string Message(string folder) => Should.Throw<DataFormatException>(() => TokenizerLoader.FromFolder(folder)).Message;
}
