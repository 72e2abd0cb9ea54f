using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Training.Jobs;
using Dragoman.Training.StaticEncoders;

namespace Dragoman.Training.Tests.StaticEncoders;

/// <summary>A whole training run on parallel rows written here: it learns, resumes bit by bit, and reports what it held out.</summary>
public sealed class StaticEncoderJobTests : RequiresTorch, IDisposable
{
    private static readonly string[] Subjects = ["tea|чай|шай", "salt|соль|тұз", "horse|лошадь|жылқы", "river|река|өзен", "book|книга|кітап", "bread|хлеб|нан", "road|дорога|жол", "house|дом|үй"];
    private static readonly string[] Verbs = ["is old|старый|ескі", "is new|новый|жаңа", "is far|далеко|алыс", "is good|хороший|жақсы", "is lost|потерян|жоғалды", "is here|здесь|осында"];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_TinyCorpus_FindsHeldOutTranslations()
    {
        var measures = Train("model", steps: 120);
        var pair = measures["sentence_retrieval"]!.AsArray()[0]!;
        ((int)pair["pairs"]!).ShouldBe(8);
        ((double)pair["recall@1"]!).ShouldBeGreaterThanOrEqualTo(0.75);
        using var encoder = EncoderLoader.FromFolder(_folder["model"]);
        encoder.Dimension.ShouldBe(32);
    }

    [Fact]
    public void Run_StoppedAndResumed_GivesTheSameBytes()
    {
        Train("whole", steps: 12);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Train("parts", steps: 12, stop: stop, stopAtLine: "step 7/"));
        Train("parts", steps: 12, resume: true);
        File.ReadAllBytes(_folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(_folder["whole/model.safetensors"]));
    }

    [Fact]
    public void Run_ResumedWhenFinished_TellsTheSameAndRefusesAnother()
    {
        var measures = Train("model", steps: 8);
        Directory.Exists(_folder["model.checkpoint"]).ShouldBeFalse();
        Train("model", steps: 8, resume: true).ToJsonString().ShouldBe(measures.ToJsonString());
        Should.Throw<DragomanException>(() => Train("model", steps: 9, resume: true)).Message.ShouldContain("is the finished output of another configuration or other data");
    }

    [Fact]
    public void Run_RateThatLosesTheNumbers_TellsWhereAndWhatToTry()
    {
        using var console = new StringWriter();
        var failure = Should.Throw<DragomanException>(() => Train("model", steps: 12, rate: "1e38", console: console));
        failure.Message.ShouldStartWith("The loss is NaN at step ");
        failure.Message.ShouldContain(" of rows.jsonl (");
        failure.Message.ShouldContain("; there is no checkpoint yet. The weights were lost before this step: begin anew with a lower training.learning_rate");
        console.ToString().ShouldContain("  weights    no longer numbers: embeddings.weight");
        console.ToString().ShouldContain("  before     step 1  loss ");
        console.ToString().ShouldContain("Set training.clip_norm: 1, which bounds what one batch can do.");
        File.ReadAllText(_folder["log.jsonl"]).ShouldContain("\"event\":\"failure\"");
    }

    [Fact]
    public void PairBatch_Part_IsThePairsAlone()
    {
        var batch = new PairBatch(new TokenBags([1, 2, 3, 4, 5, 6], [0, 2, 3]), new TokenBags([7, 8, 9], [0, 1, 2]), [1, 2, 3], [4, 5, 6]) { Origins = [(0, 0, 1), (1, 2, 3), (2, 4, 5)] };
        var part = batch.Part([2, 0]);
        part.Left.Tokens.ShouldBe([4, 5, 6, 1, 2]);
        part.Left.Starts.ShouldBe([0, 3]);
        part.Right.Tokens.ShouldBe([9, 7]);
        part.RightHashes.ShouldBe([6UL, 4UL]);
        part.Origins.ShouldBe([(2, 4, 5), (0, 0, 1)]);
    }

    [Fact]
    public void Run_TemperatureLearned_MovesAndResumesToTheSameBytes()
    {
        const string learned = ", first_temperature: 0.2, learn_temperature: true";
        Train("whole", steps: 12, more: learned).ShouldNotBeNull();
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Train("parts", steps: 12, stop: stop, stopAtLine: "step 7/", more: learned));
        Train("parts", steps: 12, resume: true, more: learned);
        File.ReadAllBytes(_folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(_folder["whole/model.safetensors"]));
        Train("fixed", steps: 12, more: ", first_temperature: 0.2, last_temperature: 0.2");
        File.ReadAllBytes(_folder["fixed/model.safetensors"]).ShouldNotBe(File.ReadAllBytes(_folder["whole/model.safetensors"]));
    }

    [Fact]
    public void Open_LearnedTemperatureWithALastOne_IsAProblem()
    {
        var problems = Should.Throw<ConfigurationException>(() => Train("bad", steps: 1, more: ", first_temperature: 0.005, last_temperature: 0.2, learn_temperature: true")).Problems;
        problems.ShouldContain(problem => problem.Contains("training.last_temperature cannot be given together with training.learn_temperature; leave one out.", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("training.first_temperature is below 0.01", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_SeveralProblems_TellsThemTogether()
    {
        var path = _folder["bad.yaml"];
        File.WriteAllText(path, "task: static-encoder\nname: x\nsources:\n  - {path: nowhere.jsonl}\nsampling: {batch_pairs: 1, token_dropot: 0.1}\ntraining: {steps: 0}\n");
        var problems = Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems;
        problems.ShouldContain(problem => problem.Contains("nowhere.jsonl", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("batch_pairs is 1", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("token_dropot", StringComparison.Ordinal) && problem.Contains("token_dropout", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("steps", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private System.Text.Json.Nodes.JsonObject Train(string name, int steps, bool resume = false, CancellationTokenSource? stop = null, string? stopAtLine = null, string more = "", string rate = "0.02", TextWriter? console = null)
    {
        WriteData();
        var config = _folder["train.yaml"];
        File.WriteAllText(config, $$"""
            task: static-encoder
            name: tiny
            model: {dimension: 32}
            vocabulary: {model: vocabulary.model}
            sources:
              - {path: rows.jsonl, running: false, hold_out_from: 40}
            sampling: {batch_pairs: 24, token_dropout: 0}
            training: {steps: {{steps}}, warmup_steps: 2, learning_rate: {{rate}}, checkpoint_steps: 3, precision: float32{{more}}}
            evaluation_pairs: ["en > kk"]
            """);
        var (job, _) = TrainingTasks.Open(config);
        using var stopping = new StoppingWriter(stop, stopAtLine);
        using var log = new TrainingLog(console ?? stopping, console is null ? null : _folder["log.jsonl"], TimeProvider.System) { ConsoleInterval = TimeSpan.Zero };
        return job.Run(new TrainingContext(_folder[name], 1, resume, log, TimeProvider.System), stop?.Token ?? TestContext.Current.CancellationToken);
    }

    private void WriteData()
    {
        File.Copy(TestPaths.Fixture("xlmr-tiny/sentencepiece.bpe.model"), _folder["vocabulary.model"], overwrite: true);
        var rows = from verb in Verbs
                   from subject in Subjects
                   let s = subject.Split('|')
                   let v = verb.Split('|')
                   select $$"""{"_id": "{{s[0]}} {{v[0]}}", "en": "the {{s[0]}} {{v[0]}}", "ru": "{{s[1]}} {{v[1]}}", "kk": "{{s[2]}} {{v[2]}}"}""";
        File.WriteAllLines(_folder["rows.jsonl"], rows);
    }

    /// <summary>Cancels when a line begins with a text.</summary>
    private sealed class StoppingWriter(CancellationTokenSource? stop, string? at) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (at is not null && value?.StartsWith(at, StringComparison.Ordinal) == true) stop!.Cancel();
        }
    }
}
