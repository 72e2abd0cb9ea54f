using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.BiEncoders;

public sealed class BiEncoderJobTests : RequiresTorch
{
    private static string Configuration(TemporaryFolder folder, string loss = "{name: info-nce}", int epochs = 30, string more = "", string rate = "3e-3") => folder.Write("run.yaml", $$"""
        task: bi-encoder
        seed: 7
        encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 32, layers: 2, heads: 2, intermediate: 64, dropout: 0, max_length: 24, query_length: 16}
        data: {collection: collection}
        loss: {{loss}}
        training: {epochs: {{epochs}}, batch_size: 12, learning_rate: {{rate}}, patience: 99, precision: float32, max_batch_tokens: 64}
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
    public void Run_OwnCandidates_CosinesAreDividedByTheTemperatureOnce()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        double Loss(string loss, string output)
        {
            Train(folder, Configuration(folder, loss, epochs: 1, more: "negatives: {count: 3}", rate: "0"), output);
            return JsonNode.Parse(File.ReadAllText(folder[output + "/manifest.json"]))!["history"]![0]!["loss"]!.GetValue<double>();
        }
        // (1 - P^q)/q is -log P for q near 0; it has no temperature of its own, so the bi-encoder's divides the cosines.
        var generalised = Loss("{name: generalised-cross-entropy, q: 1e-6, temperature: 0.1}", "generalised");
        Loss("{name: cross-entropy, temperature: 0.1}", "listwise").ShouldBe(generalised, 1e-4);
        Math.Abs(Loss("{name: cross-entropy, temperature: 1}", "warm") - generalised).ShouldBeGreaterThan(1e-2);
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
        told.Split('\n').Last(line => line.StartsWith("  vectors:", StringComparison.Ordinal)).ShouldContain("mean_cosine");
        cured["dev_after"]!["nDCG@10"]!.GetValue<double>().ShouldBeGreaterThan(sick["dev_after"]!["nDCG@10"]!.GetValue<double>() + 0.2);
    }

    [Fact]
    public void Run_MinedNegativesInterruptedWithinAnEpoch_ResumedFromTheStoredListsEqualsUninterrupted()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.WriteWords(folder, 60);
        var configuration = folder.Write("mined.yaml", $$"""
            task: bi-encoder
            encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 16, layers: 1, heads: 2, intermediate: 16, dropout: 0.1, max_length: 48, query_length: 32}
            data: {collection: words}
            negatives:
              count: 2
              run_depth: 20
              max_share: 0.99
              mine: {from_epoch: 2, block_passages: 7}
            training: {epochs: 3, batch_size: 8, learning_rate: 5e-3, patience: 99, precision: float32, checkpoint_steps: 1}
            """);
        var (_, console) = Train(folder, configuration, "whole");
        console.ShouldContain("Mining: 45 queries searched 60 passages");
        console.ShouldContain("are mined, the others drawn from the collection.");
        var lists = Enumerable.Range(1, 3).Select(epoch => File.ReadAllBytes(folder[$"whole/negatives/epoch-{epoch}.tsv.gz"])).ToList();
        var mined = TextLines.Read(folder["whole/negatives/epoch-3.tsv.gz"]).Select(line => line.Text.Split('\t')).Where(fields => fields[5] == "mined").ToList();
        mined.Count.ShouldBeGreaterThan(45);
        mined.ShouldAllBe(fields => Enumerable.Range(1, 20).Select(rank => rank.ToString(CultureInfo.InvariantCulture)).Contains(fields[3]) && fields[2] == "0");
        TextLines.Read(folder["whole/negatives/epoch-1.tsv.gz"]).ShouldAllBe(line => line.Text.Split('\t')[5] != "mined");
        JsonNode.Parse(File.ReadAllText(folder["whole/manifest.json"]))!["candidates"]!["negatives/epoch-3.tsv.gz"]!.GetValue<string>().ShouldBe(Fingerprint.OfFile(folder["whole/negatives/epoch-3.tsv.gz"]));

        // Two steps into epoch 2, with a model that has learned since it mined.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var seen = 0;
        var time = new CountingTime(() => { if (Directory.Exists(folder["parts.checkpoint/step-8"]) && seen++ == 0) stop.Cancel(); });
        using (var log = new TrainingLog(new StringWriter(), null, TimeProvider.System))
            Should.Throw<OperationCanceledException>(() => TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder["parts"], 1, false, log, time), stop.Token));
        File.ReadAllBytes(folder["parts.checkpoint/negatives/epoch-2.tsv.gz"]).ShouldBe(lists[1]);
        var again = new StringWriter();
        using (var log = new TrainingLog(again, null, TimeProvider.System))
            TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder["parts"], 1, true, log, TimeProvider.System), TestContext.Current.CancellationToken);
        again.ToString().ShouldContain("in epoch 2");
        again.ToString().Split("Mining:").Length.ShouldBe(2);                              // for epoch 3 alone
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
        for (var epoch = 1; epoch <= 3; epoch++) File.ReadAllBytes(folder[$"parts/negatives/epoch-{epoch}.tsv.gz"]).ShouldBe(lists[epoch - 1]);
    }

    [Fact]
    public void Run_QueryLength_IsThatOfTrainingDevAndTheFolder()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var short5 = File.ReadAllText(Configuration(folder, epochs: 1)).Replace("query_length: 16", "query_length: 5").Replace("learning_rate: 3e-3", "learning_rate: 0");
        JsonNode Dev(string queries, string output)
        {
            File.WriteAllLines(folder["collection/queries.jsonl"], File.ReadAllLines(folder["collection/queries.jsonl"]).Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\"text\":\"[^\"]*\"", match => $"\"text\":\"{queries.Replace("*", match.Value[8..^1], StringComparison.Ordinal)}\"")));
            return Train(folder, folder.Write("short.yaml", short5), output).Reached["dev_after"]!.DeepClone();
        }
        // [CLS] and [SEP] leave three tokens, which are the same in all queries: what comes after them does not count.
        var cut = Dev("the tree in", "cut");
        TinyCollection.Write(folder);
        var whole = Dev("the tree in *", "whole");
        JsonNode.DeepEquals(whole, cut).ShouldBeTrue($"{whole} is not {cut}");
        SentenceModelFiles.Read(folder["whole"]).QueryMaxLength.ShouldBe(5);
    }

    [Fact]
    public void Run_ChosenOnTest_IsRefusedUnlessForcedAndThenStamped()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        File.Copy(folder["collection/qrels/dev.tsv"], folder["collection/qrels/test1.tsv"]);
        string Of(string data) => folder.Write("run.yaml", File.ReadAllText(Configuration(folder, epochs: 1)).Replace("{collection: collection}", $"{{collection: collection, {data}}}"));
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(Of("dev: test1"))).Problems.ShouldBe(
            ["line 4: data.dev is 'test1', a test split: the best epoch on test flatters the model. Choose on another split, or set data.choose_on_test: true, which every result of the model will tell."]);
        Should.Throw<ConfigurationException>(() => Train(folder, Of("dev: dev"))).Message.ShouldContain("the judgements of dev split 'dev' are those of 'test1'");
        Directory.Exists(folder["model"]).ShouldBeFalse();
        Train(folder, Of("dev: test1, choose_on_test: true")).Reached["chosen"]!.GetValue<string>().ShouldBe("epoch 1, the best on TEST, as data.choose_on_test asks");
        var selection = ModelSelection.OfModelOrNull(folder["model"]).ShouldNotBeNull();
        selection.ChosenOnTest.ShouldBeTrue();
        selection.Run.ShouldBeNull();
    }

    /// <summary>The system's clock that does something whenever it is looked at.</summary>
    private sealed class CountingTime(Action look) : TimeProvider
    {
        public override long GetTimestamp()
        {
            look();
            return System.GetTimestamp();
        }
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
