using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.CrossEncoders;

public sealed class MatchingStartTests : RequiresTorch
{
    private static string Configuration(TemporaryFolder folder, int layers) => folder.Write("run.yaml", $$"""
        task: cross-encoder
        encoder: {embeddings: {{Path.Combine(TestPaths.Repository, "models", "dragoman-static")}}, start: matching, freeze_embeddings: true, layers: {{layers}}, heads: 6, dropout: 0, max_length: 64}
        data: {collection: collection}
        training: {epochs: 1, batch_size: 12, learning_rate: 0, precision: float32}
        """);

    [Fact]
    public void Run_StartMatching_TranslationsScoreHigherBeforeAnyTraining()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        using (var log = new TrainingLog(new StringWriter(), null, TimeProvider.System))
            TrainingTasks.Open(Configuration(folder, 2)).Job.Run(new TrainingContext(folder["model"], 1, false, log, TimeProvider.System), TestContext.Current.CancellationToken);
        var tokenizer = TokenizerLoader.FromFolder(folder["model"]);
        tokenizer.EncodePair("cat red", "a red cat", 32).TypeIds.Distinct().ShouldBe([0, 1]);   // the model tells the texts apart
        using var model = CrossEncoder.Load(folder["model"], new CrossEncoderOptions { Precision = Precision.Float32 });
        string[] queries = ["天气很冷", "火车站在哪里", "法院的判决", "我喜欢吃苹果"];
        string[] passages = ["The weather is very cold today.", "Where is the train station?", "It was the judgment of the court.", "I like to eat apples and pears."];
        var found = 0;
        for (var query = 0; query < queries.Length; query++)
        {
            var pairs = passages.Select(passage => tokenizer.EncodePair(queries[query], passage, 64)).Select(text => new TokenSequence(text.Ids, text.TypeIds)).ToArray();
            var scores = model.Score(pairs, TestContext.Current.CancellationToken);
            if (scores[query] == scores.Max()) found++;
        }
        found.ShouldBeGreaterThanOrEqualTo(3);                                             // 1 of 4 by chance
    }

    [Fact]
    public void Open_MatchingWithOneLayer_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(Configuration(folder, 1))).Problems.ShouldBe(["line 2: encoder.layers is 1; encoder.start matching needs 2 or more."]);
    }

    [Theory]
    [InlineData("embeddings: static\n  heads: 5", 4, "encoder.heads is 5, but the vectors of encoder.embeddings have 12 numbers, which is no multiple of it; use 2 or 4 or 6 or 12.")]
    [InlineData("embeddings: static\n  heads: 0", 4, "encoder.heads is '0'; use a whole number, 1 or more.")]
    [InlineData("embeddings: collection", 3, "encoder.embeddings is not the folder of a static encoder: ")]
    [InlineData("vocabulary: static\n  heads: 3", 4, "encoder.heads is 3, of which encoder.hidden, 256, is no multiple; use 2 or 4 or 8 or 16.")]
    [InlineData("vocabulary: static\n  heads: 3\n  hidden: 20", 5, "encoder.hidden is 20, which is not a multiple of encoder.heads, 3.")]
    public void Open_HeadsThatDoNotDivideTheWidth_IsAProblemWithItsLine(string encoder, int line, string problem)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        folder.Write("static/config.json", """{ "model_type": "dragoman-static", "name": "s", "dimension": 12, "vocabulary_size": 9 }""");
        var path = folder.Write("run.yaml", $"task: cross-encoder\nencoder:\n  {encoder}\ndata: {{collection: collection}}\n");
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldHaveSingleItem().ShouldStartWith(FormattableString.Invariant($"line {line}: {problem}"));
    }
}
