using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Distillation;

public sealed class DistillationJobTests : RequiresTorch
{
    private static readonly string Vocabulary = TestPaths.Fixture("bert-tiny");

    private static string Bi(TemporaryFolder folder, string more, string loss = "{name: info-nce}", int epochs = 12, double rate = 3e-3) => folder.Write("run.yaml", $$"""
        task: bi-encoder
        encoder: {vocabulary: {{Vocabulary}}, hidden: 16, layers: 1, heads: 2, intermediate: 32, dropout: 0, max_length: 24, query_length: 16}
        data: {collection: collection, choose_on_dev: false}
        negatives: {count: 3}
        loss: {{loss}}
        training: {epochs: {{epochs}}, batch_size: 6, learning_rate: {{rate.ToString(System.Globalization.CultureInfo.InvariantCulture)}}, patience: 99, precision: float32, checkpoint_steps: 1, max_batch_tokens: 200}
        {{more}}
        """);

    private static JsonNode Train(TemporaryFolder folder, string configuration, string output, TextWriter? console = null, bool resume = false, CancellationTokenSource? stop = null)
    {
        using var log = new TrainingLog(console ?? new StringWriter(), null, TimeProvider.System);
        TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder[output], 1, resume, log, TimeProvider.System), stop?.Token ?? TestContext.Current.CancellationToken);
        return JsonNode.Parse(File.ReadAllText(folder[output + "/manifest.json"]))!;
    }

    private static double Fall(JsonNode manifest)
    {
        var history = manifest["history"]!.AsArray();
        return history[^1]!["loss"]!.GetValue<double>() / history[0]!["loss"]!.GetValue<double>();
    }

    [Theory]
    [InlineData("{teacher: TEACHER, weight: 1}")]
    [InlineData("{teacher: TEACHER, weight: 0.5, temperature: 2, teacher_temperature: 2}")]
    [InlineData("{teacher: TEACHER, loss: margin-mse, weight: 0.2}")]
    public void Run_CrossEncoderLearnsFromACrossEncoder_LossFallsAndTheTeacherIsRecorded(string distillation)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {vocabulary: {{Vocabulary}}, hidden: 32, layers: 1, heads: 2, intermediate: 32, dropout: 0, max_length: 24}
            data: {collection: collection}
            negatives: {count: 4, fixed: true}
            loss: {name: cross-entropy}
            training: {epochs: 40, batch_size: 12, learning_rate: 1e-2, precision: float32}
            distillation: {{distillation.Replace("TEACHER", Vocabulary)}}
            """);
        var console = new StringWriter();
        var manifest = Train(folder, configuration, "model", console);
        Fall(manifest).ShouldBeLessThan(0.8);
        console.ToString().Split("The teacher scored 60 candidates in").Length.ShouldBe(2);               // the lists stay the same, so one reading will do
        manifest["inputs"]!["teacher_model"]!.GetValue<string>().ShouldBe(Fingerprint.OfFolder(Vocabulary));
    }

    [Theory]
    [InlineData("{teacher: teacher, weight: 1}")]
    [InlineData("{teacher: teacher, loss: margin-mse, weight: 1}")]
    [InlineData("{embeddings: {teacher: teacher, weight: 1}}")]
    [InlineData("{embeddings: {teacher: teacher, weight: 1, source: en, parallel: [{path: rows.tsv}]}}")]
    public void Run_BiEncoderLearnsFromABiEncoder_LossFalls(string distillation)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TinyEncoder.Write(folder, "teacher");
        folder.Write("rows.tsv", "en\tkk\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"a red cat {i}\ta white fish {i}\n")));
        Fall(Train(folder, Bi(folder, "distillation: " + distillation, epochs: 25, rate: 1e-2), "model")).ShouldBeLessThan(0.8);
    }

    [Fact]
    public void Run_VectorsOfParallelText_StudentPutsBothSidesWhereTheTeacherPutsTheSource()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TinyEncoder.Write(folder, "teacher");
        folder.Write("rows.tsv", "en\tkk\nred cat\tgreen dog\na tree\tthe house\n");
        var console = new StringWriter();
        Train(folder, Bi(folder, "distillation: {embeddings: {teacher: teacher, weight: 1, source: en, parallel: [{path: rows.tsv}]}}", epochs: 60, rate: 1e-2), "model", console);
        console.ToString().ShouldContain("2 pairs of parallel text, of which every query of a batch brings one.");
        using var teacher = TransformerTextEncoder.Load(folder["teacher"], Dragoman.Models.Precision.Float32);
        using var student = TransformerTextEncoder.Load(folder["model"], Dragoman.Models.Precision.Float32);
        float Cosine(string taught, string text)
        {
            var (left, right) = (new float[16], new float[16]);
            teacher.Encode([taught], left);
            student.Encode([text], right);
            return System.Numerics.Tensors.TensorPrimitives.Dot<float>(left, right);
        }
        Cosine("red cat", "red cat").ShouldBeGreaterThan(0.9f);
        Cosine("red cat", "green dog").ShouldBeGreaterThan(0.9f);
        Cosine("a tree", "the house").ShouldBeGreaterThan(0.9f);
    }

    [Fact]
    public void Run_TeacherGuideAndVectorsInterrupted_ResumedEqualsUninterrupted()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TinyEncoder.Write(folder, "teacher");
        folder.Write("rows.tsv", "en\tkk\n" + string.Concat(Enumerable.Range(0, 7).Select(i => $"a red cat {i}\ta white fish {i}\n")));
        var configuration = Bi(folder, "distillation: {teacher: teacher, embeddings: {teacher: teacher, source: en, parallel: [{path: rows.tsv}]}}", "{name: info-nce, guide: teacher, guide_margin: 0.1}", epochs: 3);
        Train(folder, configuration, "whole");
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Train(folder, configuration, "parts", new StoppingWriter("Epoch 2:", stop), stop: stop));
        Train(folder, configuration, "parts", resume: true);
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
        JsonNode.Parse(File.ReadAllText(folder["whole/manifest.json"]))!["inputs"]!["guide"]!.GetValue<string>().ShouldBe(Fingerprint.OfFolder(folder["teacher"]));
    }

    [Theory]
    [InlineData("distillation: {embeddings: {teacher: wide}}", "its vectors have 24 values, the trained model's 16")]
    [InlineData("distillation: {embeddings: {teacher: FIXTURE}}", "a cross-encoder, which has no vector of a text")]
    [InlineData("distillation: {embeddings: {teacher: teacher, source: ru, parallel: [{path: rows.tsv}]}}", "has a text in 'ru' (distillation.embeddings.source) and one in another language.")]
    public void Run_TeacherThatDoesNotFit_IsRefused(string more, string expected)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TinyEncoder.Write(folder, "teacher");
        TinyEncoder.Write(folder, "wide", hidden: 24);
        folder.Write("rows.tsv", "en\tkk\na\tb\n");
        Should.Throw<DragomanException>(() => Train(folder, Bi(folder, more.Replace("FIXTURE", Vocabulary), epochs: 1), "model")).Message.ShouldContain(expected);
    }

    [Fact]
    public void Run_GuideIsACrossEncoder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Should.Throw<ConfigurationException>(() => Train(folder, Bi(folder, "", $$"""{name: info-nce, guide: {{Vocabulary}}}"""), "model")).Problems.ShouldHaveSingleItem().ShouldMatch("^line [0-9]+: loss.guide is .*, a cross-encoder, which has no vector of a text; name the folder of a bi-encoder.$");
    }

    [Theory]
    [InlineData("distillation: {teacher: collection}", "distillation.teacher is FOLDER/collection, a folder without a model (a config.json of a static, bert or xlm-roberta encoder); name the folder of a bi-encoder or cross-encoder, or a run.")]
    [InlineData("distillation: {embeddings: {teacher: collection}}", "distillation.embeddings.teacher is FOLDER/collection, which is no folder with a model (a config.json of a static, bert or xlm-roberta encoder); name the folder of a bi-encoder.")]
    [InlineData("negatives: {count: 1, mine: {encoder: collection.run}}", "negatives.mine.encoder is FOLDER/collection.run, which is no folder with a model (a config.json of a static, bert or xlm-roberta encoder); name the folder of a bi-encoder.")]
    public void Open_FolderWithoutAModel_IsToldWithItsLine(string more, string expected)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = folder.Write("run.yaml", $$"""
            task: bi-encoder
            encoder: {from: {{Vocabulary}}, max_length: 24}
            data: {collection: collection}
            {{more}}
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldContain("line 4: " + expected.Replace("FOLDER", folder[""].TrimEnd('/')));
    }

    [Fact]
    public void Open_OptionsThatDoNotFit_AreToldTogether()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = folder.Write("run.yaml", $$"""
            task: bi-encoder
            encoder: {from: {{Vocabulary}}, max_length: 24}
            data: {collection: collection}
            loss: {name: info-nce, guide_margin: 0.1}
            distillation:
              teacher: nobody
              loss: margin-mse
              teacher_temperature: 2
              embeddings:
                parallel: [{path: collection.run}]
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldBe(
        [
            "line 4: loss.guide_margin is given without loss.guide; leave it out.",
            "line 1: negatives.count is 0, but distillation.teacher compares a query's own candidates; take 1 or more.",
            $"line 6: distillation.teacher is 'nobody', but {folder["nobody"]} does not exist.",
            "line 8: distillation.teacher_temperature belongs to distillation.loss kl; leave it out.",
            "line 9: distillation.embeddings.source is missing; name the language of the parallel text that the teacher reads.",
            "line 9: distillation.embeddings.teacher is missing; it has no default.",
        ], ignoreOrder: true);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(folder.Write("own.yaml", $$"""
            task: cross-encoder
            encoder: {from: {{Vocabulary}}, max_length: 24}
            data: {collection: collection}
            loss: {name: margin-mse}
            distillation: {teacher: collection.run, loss: kl}
            """))).Problems.ShouldBe(["line 5: distillation.loss is given, but loss.name learns from the teacher by itself; leave one out."]);
    }

    private sealed class StoppingWriter(string start, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(start, StringComparison.Ordinal) == true) source.Cancel();
        }
    }
}
