using Dragoman.Cli.Searching;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;

namespace Dragoman.Cli.Tests.Searching;

public class SharedEncoderTests
{
    [Fact]
    public void Load_ModelWithPrompts_KeepsQueriesAndPassagesApart()
    {
        RequiresTorch.OrSkip();
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(TestPaths.Fixture("bert-tiny"))) File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        SentenceModelFiles.Write(new SentenceModel { QueryPrompt = "ask ", PassagePrompt = "tell " }, 32, folder.Path);
        using var shared = new SharedEncoder(path => EncoderLoader.FromFolder(path));
        using var encoder = shared.Load(folder.Path);
        using var own = EncoderLoader.FromFolder(folder.Path);
        var (query, expected, passage) = (new float[own.Dimension], new float[own.Dimension], new float[own.Dimension]);
        encoder.EncodeQueries(["a red cat"], query);
        own.EncodeQueries(["a red cat"], expected);
        encoder.Encode(["a red cat"], passage);

        query.ShouldBe(expected);
        passage.ShouldNotBe(query);
    }
}
