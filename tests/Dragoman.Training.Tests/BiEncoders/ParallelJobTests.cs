using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Static;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.BiEncoders;

public sealed class ParallelJobTests : RequiresTorch
{
    private const string Encoder = "{embeddings: static, start: mean, freeze_embeddings: true, layers: 2, heads: 2, intermediate: 32, dropout: 0, max_length: 24, query_length: 16}";
    private static readonly string[] Colours = ["red", "green", "blue", "white"], Animals = ["cat", "dog", "bird", "fish"];

    /// <summary>Sixteen sentences of English and made-up Kazakh, the last four held out; and a static encoder of random vectors of very different lengths.</summary>
    private static StaticEncoder Write(TemporaryFolder folder)
    {
        folder.Write("rows.jsonl", string.Concat(Enumerable.Range(0, 16).Select(n =>
            $$"""{"_id": "r{{n}}", "en": "a {{Colours[n % 4]}} {{Animals[n / 4]}}", "kk": "{{Animals[n / 4]}} {{Colours[n % 4]}} ua"}""" + "\n")));
        Directory.CreateDirectory(folder["static"]);
        var pieces = Path.Combine(TestPaths.Fixture("xlmr-tiny"), "sentencepiece.bpe.model");
        File.Copy(pieces, folder["static/spiece.model"]);
        var rows = TokenizerLoader.FromFolder(folder["static"]).VocabularySize;
        var random = new Random(5);
        float[] lengths = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 0 ? 0.3f : 1.5f)];
        var table = StaticEmbeddings.Quantise([.. Enumerable.Range(0, rows * 64).Select(at => (float)(random.NextDouble() - 0.5) * lengths[at / 64])], 64);
        StaticEncoderFolder.Save(folder["static"], "tiny", pieces, table);
        return EncoderLoader.FromFolder(folder["static"]).ShouldBeOfType<StaticEncoder>();
    }

    private static string Configuration(TemporaryFolder folder, string rate, int epochs = 2) => folder.Write("run.yaml", $$"""
        task: bi-encoder
        seed: 7
        encoder: {{Encoder}}
        data:
          parallel: {pairs: 24, dev_pairs: ["en > kk"], sources: [{path: rows.jsonl, hold_out_from: 12}]}
        loss: {name: info-nce, margin: 0.1}
        training: {epochs: {{epochs}}, batch_size: 12, learning_rate: {{rate}}, patience: 99, precision: float32, max_batch_tokens: 64, checkpoint_steps: 1}
        """);

    private static (JsonObject Reached, string Console) Train(TemporaryFolder folder, string configuration, string output, bool resume = false)
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, folder[output + ".log.jsonl"], TimeProvider.System);
        return (TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder[output], 1, resume, log, TimeProvider.System), TestContext.Current.CancellationToken), console.ToString());
    }

    private static float[][] Cosines(ITextEncoder encoder, string[] texts)
    {
        var vectors = new float[texts.Length * encoder.Dimension];
        encoder.Encode(texts, vectors);
        float Cosine(int a, int b) => Enumerable.Range(0, encoder.Dimension).Sum(k => vectors[a * encoder.Dimension + k] * vectors[b * encoder.Dimension + k]);
        return [.. Enumerable.Range(0, texts.Length).Select(a => Enumerable.Range(0, texts.Length).Select(b => Cosine(a, b)).ToArray())];
    }

    [Fact]
    public void Run_StartMean_BeginsAsTheStaticEncoder()
    {
        using var folder = new TemporaryFolder();
        using var source = Write(folder);
        Train(folder, Configuration(folder, "0", epochs: 1), "model");
        using var encoder = EncoderLoader.FromFolder(folder["model"]);
        string[] texts = ["a red cat", "cat red", "a white fish", "fish", "green birds and blue dogs"];
        var (expected, found) = (Cosines(source, texts), Cosines(encoder, texts));
        for (var a = 0; a < texts.Length; a++)
            for (var b = 0; b < a; b++) found[a][b].ShouldBe(expected[a][b], 0.12, $"{texts[a]} and {texts[b]}");   // one of 64 numbers is lost, positions and layers add a little
    }

    [Fact]
    public void Run_ParallelText_LearnsAndTellsWhatItReached()
    {
        using var folder = new TemporaryFolder();
        Write(folder).Dispose();
        var (reached, console) = Train(folder, Configuration(folder, "5e-3", epochs: 12), "model");
        console.ShouldContain("24 pairs an epoch from 12 rows of parallel text.");
        console.ShouldContain("Dev: 4 queries over 4 passages.");
        var manifest = JsonNode.Parse(File.ReadAllText(folder["model/manifest.json"]))!;
        var history = manifest["history"]!.AsArray();
        history[^1]!["loss"]!.GetValue<double>().ShouldBeLessThan(0.8 * history[0]!["loss"]!.GetValue<double>());
        manifest["inputs"]!["parallel_1"]!.GetValue<string>().ShouldNotBeEmpty();
        manifest["selection"].ShouldBeNull();
        reached["chosen"]!.GetValue<string>().ShouldEndWith("the best on dev");
    }

    [Fact]
    public void Run_Interrupted_ResumedEqualsUninterrupted()
    {
        using var folder = new TemporaryFolder();
        Write(folder).Dispose();
        var configuration = Configuration(folder, "5e-3");
        Train(folder, configuration, "whole");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using (var log = new TrainingLog(new StringWriter(), null, TimeProvider.System))
        {
            var time = new StoppingTime(() => Directory.Exists(folder["parts.checkpoint/step-1"]), stop);
            Should.Throw<OperationCanceledException>(() => TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder["parts"], 1, false, log, time), stop.Token));
        }
        Train(folder, configuration, "parts", resume: true).Console.ShouldContain("Going on after step");
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
    }

    [Fact]
    public void Open_ParallelTextWithWhatBelongsToACollection_AllIsTold()
    {
        using var folder = new TemporaryFolder();
        Write(folder).Dispose();
        var path = folder.Write("run.yaml", $$"""
            task: bi-encoder
            encoder: {{Encoder.Replace("mean", "matching", StringComparison.Ordinal)}}
            data:
              collection: nowhere
              parallel: {pairs: 1, languages: [en], dev_pairs: ["en xx"], sources: [{path: rows.jsonl, weight: 0}]}
            negatives: {count: 2}
            loss: {name: ranknet}
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldBe(
        [
            "line 2: encoder.start is 'matching'; use random or mean.",
            "line 4: data.collection cannot be given together with data.parallel; leave one out. Rows that data.parallel holds out take the place of dev.",
            "line 5: data.parallel.pairs is '1'; use a whole number, 2 or more.",
            "line 5: data.parallel.dev_pairs has \"en xx\"; write a pair as \"zh > kk\".",
            "line 5: data.parallel.sources have a weight of 0 each, so that nothing can be drawn; give one a weight above 0.",
            "line 5: data.parallel.languages is 'en' alone; a pair needs two, and none at all stands for all languages.",
            "line 6: negatives.count needs a judged collection; pairs of data.parallel have the batch's other pairs as negatives.",
            "line 7: loss.name compares a query's own candidates, of which pairs of data.parallel have one; use info-nce.",
        ], ignoreOrder: true);
    }

    /// <summary>The system's clock that cancels once something is so.</summary>
    private sealed class StoppingTime(Func<bool> isSo, CancellationTokenSource stop) : TimeProvider
    {
        public override long GetTimestamp()
        {
            if (isSo()) stop.Cancel();
            return System.GetTimestamp();
        }
    }
}
