using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Models.Tests.Encoders.Transformer;

public class TransformerTextEncoderTests : RequiresTorch
{
    private static string Folder(TemporaryFolder folder, SentenceModel model)
    {
        foreach (var file in Directory.EnumerateFiles(TestPaths.Fixture("bert-tiny"))) File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        SentenceModelFiles.Write(model, 32, folder.Path);
        return folder.Path;
    }

    [Fact]
    public void Encode_QueriesAndPassages_HaveTheirPromptsAndLengths()
    {
        using var folder = new TemporaryFolder();
        using var encoder = EncoderLoader.FromFolder(Folder(folder, new SentenceModel { MaxLength = 12, QueryPrompt = "ask ", PassagePrompt = "tell " }), Precision.Float32);
        var (query, passage) = (new float[encoder.Dimension], new float[encoder.Dimension]);
        encoder.EncodeQueries(["a red cat in the garden behind the house"], query);
        encoder.Encode(["a red cat in the garden behind the house"], passage);

        query.ShouldBe(Expected(folder.Path, "ask a red cat in the garden behind the house"));
        passage.ShouldBe(Expected(folder.Path, "tell a red cat in the garden behind the house"));
        query.ShouldNotBe(passage);
        query.Sum(value => value * value).ShouldBe(1, 1e-5);
    }

    [Fact]
    public void EncodeQueries_LongerThanQueriesMayBe_ReadsTheirBeginning()
    {
        using var folder = new TemporaryFolder();
        using var encoder = EncoderLoader.FromFolder(Folder(folder, new SentenceModel { MaxLength = 12, QueryMaxLength = 5 }), Precision.Float32);
        var (query, beginning, passage) = (new float[encoder.Dimension], new float[encoder.Dimension], new float[encoder.Dimension]);
        encoder.EncodeQueries(["a red cat in the garden"], query);
        encoder.EncodeQueries(["a red cat"], beginning);
        encoder.Encode(["a red cat in the garden"], passage);
        query.ShouldBe(beginning);
        query.ShouldNotBe(passage);
    }

    [Fact]
    public void Load_TwoFolders_HaveIdentitiesByTheirWeights()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var first = TransformerTextEncoder.Load(Folder(folder, new SentenceModel()));
        using var second = TransformerTextEncoder.Load(Folder(other, new SentenceModel { QueryPrompt = "q: " }));
        using var again = TransformerTextEncoder.Load(folder.Path);
        again.Identity.ShouldBe(first.Identity);
        second.Identity.Split('-')[^1].ShouldNotBe(first.Identity.Split('-')[^1]);
    }

    private static float[] Expected(string folder, string text)
    {
        using var encoder = EncoderFolder.LoadEncoder(folder);
        var ids = TokenizerLoader.FromFolder(folder).Encode(text, 12);
        var vector = new float[encoder.Config.HiddenSize];
        SequenceVectors.Encode(encoder, [new TokenSequence(ids.Ids, ids.TypeIds)], vector, new SequenceVectorsOptions { Precision = Precision.Float32 });
        return vector;
    }
}
