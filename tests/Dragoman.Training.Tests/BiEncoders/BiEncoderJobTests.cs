using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.BiEncoders;

public sealed class BiEncoderJobTests : RequiresTorch
{
    private static string Configuration(TemporaryFolder folder, string loss = "{name: info-nce}", int epochs = 30, string more = "") => folder.Write("run.yaml", $$"""
        task: bi-encoder
        seed: 7
        encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 32, layers: 2, heads: 2, intermediate: 64, dropout: 0, max_length: 24, query_length: 16}
        data: {collection: collection}
        loss: {{loss}}
        training: {epochs: {{epochs}}, batch_size: 12, learning_rate: 3e-3, patience: 99, precision: float32, max_batch_tokens: 64}
        {{more}}
        """);

    private static (JsonObject Reached, string Console) Train(TemporaryFolder folder, string configuration, string output = "model")
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, folder[output + ".log.jsonl"], TimeProvider.System);
        var (job, _) = TrainingTasks.Open(configuration);
        return (job.Run(new TrainingContext(folder[output], 1, false, log, TimeProvider.System), TestContext.Current.CancellationToken), console.ToString());
    }

    [Fact]
    public void Run_TinyCollection_LearnsAndTheFolderEncodesAsMeasured()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var (reached, console) = Train(folder, Configuration(folder));
        console.ShouldContain("12 queries with a passage each, from 16 passages.");
        console.ShouldContain("Dev: 4 queries over 16 passages.");
        var history = JsonNode.Parse(File.ReadAllText(folder["model/manifest.json"]))!["history"]!.AsArray();
        history[^1]!["loss"]!.GetValue<double>().ShouldBeLessThan(0.5 * history[0]!["loss"]!.GetValue<double>());
        reached["dev_after"]!["nDCG@10"]!.GetValue<double>().ShouldBe(history.Max(entry => entry!["nDCG@10"]!.GetValue<double>()), 1e-4);

        using var encoder = EncoderLoader.FromFolder(folder["model"]).ShouldBeOfType<TransformerTextEncoder>();
        var vectors = new float[2 * encoder.Dimension];
        encoder.Encode(["a red cat", "a white fish"], vectors);
        vectors.AsSpan(0, encoder.Dimension).ToArray().Sum(value => value * value).ShouldBe(1, 1e-4);
        File.Exists(folder["model/modules.json"]).ShouldBeTrue();
        JsonNode.Parse(File.ReadAllText(folder["model/1_Pooling/config.json"]))!["pooling_mode_mean_tokens"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Run_SourcesDualEncoder_CollapsesIsSeenAndTheCureRecovers()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.WriteWords(folder, 400);
        string Words(string pooling, string more) => folder.Write("words.yaml", $$"""
            task: bi-encoder
            encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 64, layers: 1, heads: 2, intermediate: 64, dropout: 0, max_length: 48, query_length: 32, pooling: {{pooling}}}
            data: {collection: words}
            {{more}}
            """);
        // The source's dual encoder: first token, softmax over one positive and one random negative without a temperature, a small rate, three epochs.
        var (sick, said) = Train(folder, Words("cls", """
            negatives: {count: 1, fixed: true}
            loss: {name: softmax-hinge}
            training: {epochs: 3, batch_size: 8, learning_rate: 5e-5, warmup: 0.17, patience: 99, precision: float32}
            """), "sick");
        var (cured, told) = Train(folder, Words("mean", """
            loss: {name: info-nce, temperature: 0.05}
            training: {epochs: 40, batch_size: 100, learning_rate: 5e-3, patience: 99, precision: float32}
            """), "cured");
        said.ShouldContain("warning: this loss compares a query's own candidates only");
        said.ShouldContain("alarm: mean cosine");
        sick["dev_after"]!["mean_cosine"]!.GetValue<double>().ShouldBeGreaterThan(0.6);
        cured["dev_after"]!["mean_cosine"]!.GetValue<double>().ShouldBeLessThan(0.6);
        told.Split('\n').Last(line => line.StartsWith("Epoch", StringComparison.Ordinal)).ShouldContain("mean_cosine");
        cured["dev_after"]!["nDCG@10"]!.GetValue<double>().ShouldBeGreaterThan(sick["dev_after"]!["nDCG@10"]!.GetValue<double>() + 0.2);
    }

    [Fact]
    public void Open_ManyMistakes_AllAreTold()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = folder.Write("run.yaml", $$"""
            task: bi-encoder
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 32, query_length: 64, pooling: max}
            data: {collection: collection, dev: train}
            negatives: {run_share: 0.5}
            loss: {name: ranknet, learn_temperature: true}
            training: {epochs: 0}
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldBe(
        [
            "line 2: encoder.pooling is 'max'; use mean or cls.",
            "line 2: encoder.query_length is '64'; use a whole number from 4 to 32.",
            "line 3: data.dev is 'train', the split that is trained on; choose epochs on another one.",
            "line 4: negatives.run_share is above 0, but negatives.run is missing; name the run to take negatives from.",
            "line 5: loss.learn_temperature belongs to loss.name info-nce; leave it out.",
            "line 6: training.epochs is '0'; use a whole number, 1 or more.",
        ], ignoreOrder: true);
    }
}
