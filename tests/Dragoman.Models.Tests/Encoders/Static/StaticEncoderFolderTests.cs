using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Static;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Weights;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Models.Tests.Encoders.Static;

public sealed class StaticEncoderFolderTests : IDisposable
{
    private const int Dimension = 16;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Load_SavedEncoder_EncodesTheSame()
    {
        var embeddings = Save();
        using var encoder = EncoderLoader.FromFolder(_folder.Path);
        var tokens = new List<int>();
        TokenizerLoader.FromFolder(_folder.Path).AppendIds("Керуен жолы", tokens);
        var (expected, actual) = (new float[Dimension], new float[Dimension]);
        embeddings.Encode(tokens.ToArray(), expected);
        encoder.Encode(["Керуен жолы"], actual);
        actual.ShouldBe(expected);
        encoder.Identity.ShouldStartWith("tiny-");
    }

    [Fact]
    public void Encode_ManyTexts_AreThoseOfOneByOne()
    {
        Save();
        using var encoder = EncoderLoader.FromFolder(_folder.Path);
        var texts = Enumerable.Range(0, 150).Select(number => $"Керуен {number} жолы").ToArray();
        var together = new float[texts.Length * Dimension];
        encoder.Encode(texts, together);
        for (var text = 0; text < texts.Length; text++)
        {
            var alone = new float[Dimension];
            encoder.Encode([texts[text]], alone);
            together[(text * Dimension)..((text + 1) * Dimension)].ShouldBe(alone);
        }
    }

    [Fact]
    public void Load_TruncatedWeights_NamesTheFile()
    {
        Save();
        var path = _folder["model.safetensors"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        Should.Throw<DragomanException>(() => EncoderLoader.FromFolder(_folder.Path)).Message.ShouldContain("model.safetensors");
    }

    [Fact]
    public void Load_OtherDimension_NamesTensorAndShapes()
    {
        Save();
        var path = _folder["config.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"dimension\": 16", "\"dimension\": 24", StringComparison.Ordinal));
        Should.Throw<CheckpointException>(() => EncoderLoader.FromFolder(_folder.Path)).Message.ShouldContain("embeddings.weight");
    }

    [Fact]
    public void Load_TensorOfAnotherModel_NamesIt()
    {
        var embeddings = Save();
        SafetensorsWriter.Write(_folder["model.safetensors"],
        [
            WeightEntry.From("embeddings.weight", embeddings.Table.ToArray(), embeddings.VocabularySize, embeddings.Dimension),
            WeightEntry.From("embeddings.scale", embeddings.Scales.ToArray(), embeddings.VocabularySize),
            WeightEntry.From("layers.0.bias", new float[] { 1 }, 1),
        ]);

        Should.Throw<CheckpointException>(() => EncoderLoader.FromFolder(_folder.Path)).Message.ShouldContain("tensor 'layers.0.bias': a static encoder has no such tensor");
    }

    [Fact]
    public void Load_MissingConfig_SaysWhatIsExpected()
    {
        Save();
        File.Delete(_folder["config.json"]);
        Should.Throw<DataFormatException>(() => EncoderLoader.FromFolder(_folder.Path)).Message.ShouldEndWith("the file does not exist; a model folder has config.json, tokenizer files and weights.");
    }

    [Fact]
    public void Load_UnknownModelType_NamesIt()
    {
        Save();
        File.WriteAllText(_folder["config.json"], """{"model_type": "gpt2"}""");
        Should.Throw<DragomanException>(() => EncoderLoader.FromFolder(_folder.Path)).Message.ShouldContain("gpt2");
    }

    public void Dispose() => _folder.Dispose();

    private StaticEmbeddings Save()
    {
        var vocabulary = _folder["spiece.model"];
        File.Copy(TestPaths.Fixture("xlmr-tiny/sentencepiece.bpe.model"), vocabulary, overwrite: true);
        var size = TokenizerLoader.FromFolder(_folder.Path).VocabularySize;
        File.Delete(vocabulary);
        var random = new Random(9);
        var embeddings = StaticEmbeddings.Quantise([.. Enumerable.Range(0, size * Dimension).Select(_ => (float)random.NextDouble() - 0.5f)], Dimension);
        StaticEncoderFolder.Save(_folder.Path, "tiny", TestPaths.Fixture("xlmr-tiny/sentencepiece.bpe.model"), embeddings);
        return embeddings;
    }
}
