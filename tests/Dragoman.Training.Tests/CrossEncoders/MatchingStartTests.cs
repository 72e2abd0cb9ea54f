using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Static;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.CrossEncoders;

public sealed class MatchingStartTests : RequiresTorch
{
    private const int Width = 64;

    private static string Static(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["static"]);
        var pieces = Path.Combine(TestPaths.Fixture("xlmr-tiny"), "sentencepiece.bpe.model");
        File.Copy(pieces, folder["static/spiece.model"]);
        var rows = TokenizerLoader.FromFolder(folder["static"]).VocabularySize;
        var random = new Random(5);
        StaticEncoderFolder.Save(folder["static"], "tiny", pieces, StaticEmbeddings.Quantise([.. Enumerable.Range(0, rows * Width).Select(_ => (float)(random.NextDouble() - 0.5))], Width));
        return folder["static"];
    }

    private static string Configuration(TemporaryFolder folder, string start, int layers = 2) => folder.Write("run.yaml", $$"""
        task: cross-encoder
        encoder: {embeddings: static, start: {{start}}, freeze_embeddings: true, layers: {{layers}}, heads: 2, intermediate: 128, dropout: 0, max_length: 32}
        data: {collection: collection}
        training: {epochs: 1, batch_size: 12, learning_rate: 0, precision: float32}
        """);

    [Fact]
    public void Run_StartMatching_PassagesThatHoldTheQuerysWordsScoreHigherBeforeAnyTraining()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Static(folder);
        using (var log = new TrainingLog(new StringWriter(), null, TimeProvider.System))
            TrainingTasks.Open(Configuration(folder, "matching")).Job.Run(new TrainingContext(folder["model"], 1, false, log, TimeProvider.System), TestContext.Current.CancellationToken);
        var tokenizer = TokenizerLoader.FromFolder(folder["model"]);
        var pair = tokenizer.EncodePair("cat red", "a red cat", 32);
        pair.TypeIds.Distinct().ShouldBe([0, 1]);                                          // the model tells the texts apart
        using var model = CrossEncoder.Load(folder["model"]);
        string[] queries = ["cat red", "dog white", "bird blue", "fish green"], passages = ["a red cat", "a white dog", "a blue bird", "a green fish"];
        for (var query = 0; query < queries.Length; query++)
        {
            var encoded = passages.Select(passage => tokenizer.EncodePair(queries[query], passage, 32)).Select(text => new TokenSequence(text.Ids, text.TypeIds)).ToArray();
            var scores = model.Score(encoded, TestContext.Current.CancellationToken);
            scores[query].ShouldBeGreaterThan(scores.Average(), queries[query]);
        }
    }

    [Fact]
    public void Open_MatchingWithOneLayer_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Static(folder);
        Should.Throw<Dragoman.Collections.Errors.ConfigurationException>(() => TrainingTasks.Open(Configuration(folder, "matching", layers: 1))).Problems
            .ShouldBe(["line 2: encoder.layers is 1; encoder.start matching needs 2 or more."]);
    }
}
