using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Static;
using Dragoman.Retrieval.Reranking;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.CrossEncoders;

public sealed class CrossEncoderJobTests : RequiresTorch
{
    private static string Configuration(TemporaryFolder folder, int epochs = 3, string more = "") => folder.Write("run.yaml", $"""
        task: cross-encoder
        seed: 7
        encoder:
          from: {TestPaths.Fixture("bert-tiny")}
          max_length: 32
        data:
          collection: collection
          dev_run: collection.run
        negatives:
          count: 3
          run: collection.run
        training:
          epochs: {epochs}
          batch_size: 4
          learning_rate: 1e-3
          precision: float32
          patience: 99
        {more}
        """);

    private static (JsonObject Reached, string Console) Train(TemporaryFolder folder, string configuration, string output, bool resume = false)
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, folder[output + ".log.jsonl"], TimeProvider.System);
        var (job, _) = TrainingTasks.Open(configuration);
        return (job.Run(new TrainingContext(folder[output], 1, resume, log, TimeProvider.System), TestContext.Current.CancellationToken), console.ToString());
    }

    [Fact]
    public void Run_TinyCollection_TrainsSavesLoadsAndReranksAsMeasured()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        var (reached, console) = Train(folder, Configuration(folder), "model");
        console.ShouldContain("12 groups of 1 positive and 3 negatives from 16 passages; 12 have negatives in the run.");
        foreach (var name in new[] { "config.json", "vocab.txt", "model.safetensors", "training.json", "manifest.json", ".complete" }) File.Exists(folder["model/" + name]).ShouldBeTrue(name);
        Directory.Exists(folder["model.checkpoint"]).ShouldBeFalse();
        JsonNode.Parse(File.ReadAllText(folder["model/config.json"]))!["model_type"]!.GetValue<string>().ShouldBe("bert");
        JsonNode.Parse(File.ReadAllText(folder["model/training.json"]))!["training"]!["clip_norm"]!.GetValue<double>().ShouldBe(1);

        using var model = CrossEncoder.Load(folder["model"], new CrossEncoderOptions { Precision = Precision.Float32 });
        var run = TrecRun.Read(folder["collection.run"]);
        var qrels = collection.ReadQrels("dev");
        var texts = CandidateTexts.For(run, "collection.run", collection.ReadQueries(), collection.ReadPassages(), null);
        var reranked = new Reranker(model, TokenizerLoader.FromFolder(folder["model"]), new RerankOptions { MaxLength = 32 }).Rerank(run, texts, cancellationToken: TestContext.Current.CancellationToken);
        reranked.EntryCount.ShouldBe(run.EntryCount);
        var first = qrels.QueryIds.Count(id => reranked.Ranking(id)[0].PassageId == "p" + id[1..]) / (double)qrels.QueryIds.Count;
        reached["dev_after"]!["Success@1"]!.GetValue<double>().ShouldBe(first, 1e-4);
    }

    [Fact]
    public void Run_ResumedWhenFinished_SaysSoAndTellsTheSame()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var (reached, _) = Train(folder, Configuration(folder, epochs: 1), "model");
        var (weights, log) = (File.GetLastWriteTimeUtc(folder["model/model.safetensors"]), File.ReadAllText(folder["model.log.jsonl"]));

        var (again, console) = Train(folder, Configuration(folder, epochs: 1), "model", resume: true);

        console.ShouldBe($"{folder["model"]} is finished: this configuration was trained on these data to its end, so there is nothing to resume; without --resume it is trained anew.\n");
        again.ToJsonString().ShouldBe(reached.ToJsonString());
        File.GetLastWriteTimeUtc(folder["model/model.safetensors"]).ShouldBe(weights);
        File.ReadAllText(folder["model.log.jsonl"]).ShouldBe(log);
    }

    [Fact]
    public void Run_ResumedWhenFinishedWithAnotherConfigurationOrData_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Train(folder, Configuration(folder, epochs: 1), "model");
        var refusal = $"{folder["model"]} is the finished output of another configuration or other data; train without --resume to begin anew.";
        Should.Throw<DragomanException>(() => Train(folder, Configuration(folder, epochs: 2), "model", resume: true)).Message.ShouldBe(refusal);
        File.AppendAllText(folder["collection/corpus.jsonl"], """{"_id": "more", "text": "one passage more", "lang": "en"}""" + "\n");
        Should.Throw<DragomanException>(() => Train(folder, Configuration(folder, epochs: 1), "model", resume: true)).Message.ShouldBe(refusal);
        Train(folder, Configuration(folder, epochs: 2), "model").Console.ShouldContain("Epoch 2:");
    }

    [Fact]
    public void Run_OnCuda_TrainsAndTheFolderSaysSo()
    {
        Assert.SkipUnless(Dragoman.Tensors.Torch.CudaAvailable, "there is no CUDA device");
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var (_, console) = Train(folder, Configuration(folder, more: "  device: cuda:0"), "model");
        console.ShouldContain("on cuda:0.");
        JsonNode.Parse(File.ReadAllText(folder["model/manifest.json"]))!["device"]!.GetValue<string>().ShouldBe("cuda:0");
    }

    [Fact]
    public void Open_UnknownDevice_SaysWhatThereIs()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(Configuration(folder, more: "  device: gpu"))).Message.ShouldContain("training.device is 'gpu'; use auto, cpu, cuda, or cuda:0, cuda:1 and so on.");
    }

    [Fact]
    public void Run_WithDev_RecordsWhatTheModelWasSelectedByAndDoubtsConstantScores()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        File.WriteAllLines(folder["collection.run"], File.ReadAllLines(folder["collection.run"]).Select(line => string.Join(' ', line.Split(' ').Select((field, i) => i == 4 ? "1" : field))));

        Train(folder, Configuration(folder, epochs: 1), "model").Console.ShouldContain("every score is the same, so the order is by passage id alone.");

        var selection = ModelSelection.OfModelOrNull(folder["model"]).ShouldNotBeNull();

        selection.Measure.ShouldBe("nDCG@10");
        selection.QrelsFingerprint.ShouldBe(Fingerprint.OfFile(collection.QrelsPath("dev")));
        selection.JudgementsFingerprint.ShouldBe(collection.ReadQrels("dev").Fingerprint());
        selection.QueriesFingerprint.ShouldBe(Fingerprint.OfFile(collection.QueriesPath!));
        selection.QueryIds.ShouldBe(collection.ReadQrels("dev").QueryIds.Order(StringComparer.Ordinal));
        selection.RunFingerprint.ShouldBe(Fingerprint.OfFile(folder["collection.run"]));
    }

    [Fact]
    public void Run_InterruptedAndResumed_EqualsUninterrupted()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = Configuration(folder, epochs: 4);
        Train(folder, configuration, "whole");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var console = new CancellingWriter("Epoch 2:", stop);
        using (var log = new TrainingLog(console, null, TimeProvider.System))
            Should.Throw<OperationCanceledException>(() => TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder["parts"], 1, false, log, TimeProvider.System), stop.Token));
        Directory.Exists(folder["parts"]).ShouldBeFalse();
        Train(folder, configuration, "parts", resume: true).Console.ShouldContain("Going on after epoch 2");
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
    }

    [Fact]
    public void Run_ResumedWithAnotherConfiguration_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using (var log = new TrainingLog(new CancellingWriter("Epoch 1:", stop), null, TimeProvider.System))
            Should.Throw<OperationCanceledException>(() => TrainingTasks.Open(Configuration(folder)).Job.Run(new TrainingContext(folder["model"], 1, false, log, TimeProvider.System), stop.Token));
        Should.Throw<DragomanException>(() => Train(folder, Configuration(folder, epochs: 9), "model", resume: true)).Message
            .ShouldBe($"The checkpoint {folder["model.checkpoint"]} was made with another configuration or other data; train without --resume to begin anew.");
        Directory.Exists(folder["model"]).ShouldBeFalse();
    }

    [Fact]
    public void Run_FromScratch_LearnsATinyTaskAndKeepsTheBestDevEpoch()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = folder.Write("run.yaml", $"""
            task: cross-encoder
            encoder: {"{"}vocabulary: {TestPaths.Fixture("bert-tiny")}, hidden: 32, layers: 2, heads: 2, intermediate: 64, dropout: 0, max_length: 24{"}"}
            data: {"{"}collection: collection, dev_run: collection.run{"}"}
            negatives: {"{"}count: 3{"}"}
            loss: {"{"}name: cross-entropy{"}"}
            training: {"{"}epochs: 40, batch_size: 12, learning_rate: 3e-3, patience: 40, precision: float32{"}"}
            """);
        var (reached, _) = Train(folder, configuration, "model");
        var history = JsonNode.Parse(File.ReadAllText(folder["model/manifest.json"]))!["history"]!.AsArray();
        history[^1]!["loss"]!.GetValue<double>().ShouldBeLessThan(0.5 * history[0]!["loss"]!.GetValue<double>());
        reached["dev_after"]!["nDCG@10"]!.GetValue<double>().ShouldBe(history.Max(entry => entry!["nDCG@10"]!.GetValue<double>()), 1e-4);
    }

    [Theory]
    [InlineData("margin-mse")]
    [InlineData("kl-distillation")]
    public void Run_TeacherRun_LearnsFromItsScores(string loss)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var teacher = File.ReadAllLines(folder["collection.run"]).Select(line => line.Split(' ')).Select(fields =>
            FormattableString.Invariant($"{fields[0]} Q0 {fields[2]} 1 {(fields[0][1..] == fields[2][1..] ? 3 : fields[2][^1] == fields[0][^1] ? 1 : 0)} teacher"));
        folder.Write("teacher.run", string.Join('\n', teacher) + "\n");
        var configuration = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 32, layers: 1, heads: 2, intermediate: 32, dropout: 0, max_length: 24}
            data: {collection: collection, dev_run: collection.run}
            negatives: {count: 4}
            distillation: {teacher: teacher.run}
            loss: {name: {{loss}}}
            training: {epochs: 30, batch_size: 12, learning_rate: 3e-3, patience: 99, precision: float32}
            """);
        Train(folder, configuration, "model").Console.ShouldContain("The teacher scored all 60 candidates.");
        var manifest = JsonNode.Parse(File.ReadAllText(folder["model/manifest.json"]))!;
        var history = manifest["history"]!.AsArray();
        history.Min(entry => entry!["loss"]!.GetValue<double>()).ShouldBeLessThan(0.8 * history[0]!["loss"]!.GetValue<double>());
        manifest["inputs"]!["teacher_run"]!.GetValue<string>().ShouldBe(Fingerprint.OfFile(folder["teacher.run"]));
    }

    [Fact]
    public void Run_FromStaticEncoder_TokensKeepTheirVectors()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Directory.CreateDirectory(folder["static"]);
        var pieces = Path.Combine(TestPaths.Fixture("xlmr-tiny"), "sentencepiece.bpe.model");
        File.Copy(pieces, folder["static/spiece.model"]);
        var rows = TokenizerLoader.FromFolder(folder["static"]).VocabularySize;
        var random = new Random(5);
        var table = StaticEmbeddings.Quantise([.. Enumerable.Range(0, rows * 16).Select(_ => (float)(random.NextDouble() - 0.5))], 16);
        StaticEncoderFolder.Save(folder["static"], "tiny", pieces, table);
        Train(folder, folder.Write("run.yaml", """
            task: cross-encoder
            encoder: {embeddings: static, layers: 1, heads: 2, intermediate: 32, max_length: 24, freeze_embeddings: true}
            data: {collection: collection, dev_run: collection.run}
            training: {epochs: 1, batch_size: 4, learning_rate: 1e-3}
            """), "model");
        var (before, after) = (new List<int>(), new List<int>());
        TokenizerLoader.FromFolder(folder["static"]).AppendIds("a red cat", before);
        TokenizerLoader.FromFolder(folder["model"]).AppendIds("a red cat", after);
        using var model = CrossEncoder.Load(folder["model"]);
        var words = model.Model.Parameters.Single(parameter => parameter.Name == "roberta.embeddings.word_embeddings.weight").Value;
        var weights = words.ToArray<float>();
        float Ratio(int at, int k) => weights[after[at] * 16 + k] / (table.Table.Span[before[at] * 16 + k] * table.Scales.Span[before[at]]);
        var factor = Ratio(0, 0);
        before.Count.ShouldBe(after.Count);
        for (var at = 0; at < before.Count; at++)
            for (var k = 0; k < 16; k++)
                if (table.Table.Span[before[at] * 16 + k] != 0) Ratio(at, k).ShouldBe(factor, 1e-4 * factor);
        (words.Norm().Item() / Math.Sqrt(words.Count)).ShouldBe(0.02, 0.001);          // as long as drawn vectors on average
    }

    [Fact]
    public void Open_ManyMistakes_AllAreTold()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("run.yaml", """
            task: cross-encoder
            encoder: {max_length: 4}
            data: {collection: nowhere, dev: train}
            negatives: {run_share: 0.5}
            loss: {name: cross-entropy, margin: 0.3}
            training: {epoch: 3}
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.Select(problem => problem.Split(" Known")[0]).ShouldBe(
        [
            "line 2: encoder.max_length is '4'; use a whole number from 8 to 8192.",
            "line 2: encoder.from is missing; name a model folder, or give encoder.vocabulary or encoder.embeddings (and layers, heads) to start from random weights.",
            $"line 3: data.collection is 'nowhere', but {folder["nowhere"]} does not exist.",
            "line 3: data.dev is 'train', the split that is trained on; choose epochs on another one.",
            "line 4: negatives.run_share is above 0, but negatives.run is missing; name the run to take negatives from.",
            "line 5: loss.margin belongs to loss.name softmax-hinge, score-hinge, cosine-hinge; leave it out.",
            "line 6: training.epoch is not a key used here. Did you mean epochs?",
        ]);
    }

    [Theory]
    [InlineData("", "task is missing; use bi-encoder or cross-encoder")]
    [InlineData("task: cross\n", "line 1: task is 'cross'; use bi-encoder, cross-encoder")]
    public void Open_UnknownTask_NamesThoseThatAre(string yaml, string expected)
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(folder.Write("run.yaml", yaml + "output: x\n"))).Message.ShouldContain(expected);
    }
}
