using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.CrossEncoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Teachers;
using Dragoman.Training.Tests.Workers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class TeacherJobTests : RequiresTorch
{
    private static readonly TeacherSettings Folds = new() { Kind = TeacherKind.Folds, Folds = 3, Epochs = 2 };

    private static ITrainingJob Job(bool isBi, string collection, TeacherSettings? teacher) =>
        isBi ? new BiEncoderJob(TeacherRun.Bi(collection, teacher), new JsonObject { ["kind"] = "bi" }) : new CrossEncoderJob(TeacherRun.Cross(collection, teacher), new JsonObject { ["kind"] = "cross" });

    [Theory]
    [InlineData(true, "Fold 2 of 3", "step 2/")]             // within a fold's epoch
    [InlineData(false, "Fold 2 of 3", "step 2/")]
    [InlineData(true, "Fold 2 of 3", "step 3/")]             // after its first epoch
    [InlineData(true, "Fold 3 is calibrated", "step 7/")]    // within the run's own training
    [InlineData(false, "Fold 3 is calibrated", "step 7/")]
    public void Run_StoppedAndResumed_EqualsUninterruptedAndTheFoldsAreGone(bool isBi, string after, string stopAt)
    {
        using var folder = new TemporaryFolder();
        var collection = TinyCollection.WriteWords(folder, 48);
        var whole = TeacherRun.Train(Job(isBi, collection, Folds), folder["whole"], new StringWriter());
        whole["teacher"]!["from"]!.GetValue<string>().ShouldBe("folds");
        whole["teacher"]!["folds"]!.AsArray().Select(fold => fold!["queries"]!.GetValue<int>()).ShouldBe([24, 24, 24]);
        foreach (var fold in whole["teacher"]!["folds"]!.AsArray())
        {
            fold!["calibration"]!["nll_after"]!.GetValue<double>().ShouldBeLessThan(fold["calibration"]!["nll_before"]!.GetValue<double>());
            fold["calibration"]!["offset"]!.GetValue<double>().ShouldBe(isBi ? fold["calibration"]!["offset"]!.GetValue<double>() : 0);
        }
        whole["inputs"]!["dev"].ShouldNotBeNull();
        whole["teacher"]!["pairs"]!.GetValue<int>().ShouldBe(36);
        Directory.Exists(folder["whole.checkpoint"]).ShouldBeFalse();
        var events = File.ReadAllLines(folder["whole.log.jsonl"]).Select(line => JsonNode.Parse(line)!["event"]!.GetValue<string>()).ToList();
        (events.Count(name => name == "fold"), events.Count(name => name == "calibration")).ShouldBe((3, 3));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var console = new TeacherRun.StoppingWriter(stop, after, stopAt);
        Should.Throw<OperationCanceledException>(() => TeacherRun.Train(Job(isBi, collection, Folds), folder["parts"], console, token: stop.Token));
        Directory.Exists(folder["parts.checkpoint/folds/1.model"]).ShouldBeTrue();
        var again = new StringWriter();
        var parts = TeacherRun.Train(Job(isBi, collection, Folds), folder["parts"], again, resume: true);
        again.ToString().ShouldContain("Going on after ");
        again.ToString().ShouldNotContain("Fold 1 of 3");
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
        File.ReadAllBytes(folder["parts/negatives/folds.scores.tsv.gz"]).ShouldBe(File.ReadAllBytes(folder["whole/negatives/folds.scores.tsv.gz"]));
        File.ReadAllBytes(folder["parts/negatives/epoch-2.tsv.gz"]).ShouldBe(File.ReadAllBytes(folder["whole/negatives/epoch-2.tsv.gz"]));
        JsonNode.DeepEquals(parts["teacher"], whole["teacher"]).ShouldBeTrue();
        Directory.Exists(folder["parts.checkpoint"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_FoldsKeptByARunOfOtherSampling_EqualsTheRunThatTrainsItsOwn(bool isBi)
    {
        using var folder = new TemporaryFolder();
        var collection = TinyCollection.WriteWords(folder, 48);
        var kept = Folds with { Keep = folder["kept"] };
        ITrainingJob Of(TeacherSettings teacher, bool weighs, int epochs = 2)
        {
            // What the program makes of the settings, as far as they differ.
            JsonObject Configuration() => new() { ["epochs"] = epochs, ["sampling"] = new JsonObject { ["weighs"] = weighs, ["keep"] = teacher.Keep } };
            if (isBi)
            {
                var bi = TeacherRun.Bi(collection, teacher, TeacherRun.Fit with { Epochs = epochs });
                return new BiEncoderJob(bi with { Sampling = bi.Sampling! with { Examples = bi.Sampling!.Examples! with { Weighs = weighs } } }, Configuration());
            }
            var cross = TeacherRun.Cross(collection, teacher, TeacherRun.Fit with { Epochs = epochs });
            return new CrossEncoderJob(cross with { Sampling = cross.Sampling! with { Examples = cross.Sampling!.Examples! with { Weighs = weighs } } }, Configuration());
        }
        var first = new StringWriter();
        TeacherRun.Train(Of(kept, weighs: false), folder["first"], first);
        first.ToString().ShouldContain("a model for 12 queries is trained");
        Directory.GetDirectories(Directory.GetDirectories(folder["kept"]).ShouldHaveSingleItem()).Length.ShouldBe(3);

        var second = new StringWriter();
        TeacherRun.Train(Of(kept, weighs: true), folder["second"], second);
        second.ToString().ShouldNotContain("is trained on");
        second.ToString().ShouldContain("Fold 3 of 3: its model is in ");
        static string[] Calibrated(StringWriter told) => [.. told.ToString().Split('\n').Where(line => line.Contains(" is calibrated on ", StringComparison.Ordinal) || line.StartsWith("warning: its probabilities", StringComparison.Ordinal))];
        Calibrated(first).Length.ShouldBeGreaterThanOrEqualTo(3);
        Calibrated(second).ShouldBe(Calibrated(first));                                                                        // who takes a model hears the same of it
        var own = TeacherRun.Train(Of(Folds, weighs: true), folder["own"], new StringWriter());
        File.ReadAllBytes(folder["second/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["own/model.safetensors"]));
        File.ReadAllBytes(folder["second/negatives/folds.scores.tsv.gz"]).ShouldBe(File.ReadAllBytes(folder["own/negatives/folds.scores.tsv.gz"]));
        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(folder["second/manifest.json"]))!["teacher"], own["teacher"]).ShouldBeTrue();

        var other = new StringWriter();
        TeacherRun.Train(Of(kept, weighs: true, epochs: 3), folder["other"], other);
        other.ToString().ShouldContain("a model for 12 queries is trained");                                                  // another configuration has models of its own
    }

    [Fact]
    public void Run_WithAndWithoutFolds_TheModelIsTheSame()
    {
        using var folder = new TemporaryFolder();
        var collection = TinyCollection.WriteWords(folder, 48);
        var settings = TeacherRun.Bi(collection, Folds);
        TeacherRun.Train(new BiEncoderJob(settings with { Sampling = settings.Sampling! with { Examples = null } }, []), folder["with"], new StringWriter());
        TeacherRun.Train(Job(true, collection, null), folder["without"], new StringWriter());
        File.ReadAllBytes(folder["with/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["without/model.safetensors"]));       // nobody asked; and no random number was taken away
    }

    [Fact]
    public void Run_BegunAnew_DoesNotTakeWhatAnotherRunLeft()
    {
        using var folder = new TemporaryFolder();
        var collection = TinyCollection.WriteWords(folder, 48);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Should.Throw<OperationCanceledException>(() => TeacherRun.Train(Job(true, collection, Folds), folder["model"], new TeacherRun.StoppingWriter(stop, "Fold 2 of 3", "step 3/"), token: stop.Token));
        var console = new StringWriter();
        TeacherRun.Train(Job(true, collection, Folds), folder["model"], console);
        console.ToString().ShouldContain("Fold 1 of 3");
        console.ToString().ShouldNotContain("Going on");
    }

    [Fact]
    public async Task Run_TwoWorkers_TrainTheFoldsTogetherAndTheFirstKeepsThem()
    {
        WorkerThreads.OrSkip();
        using var folder = new TemporaryFolder();
        var settings = TeacherRun.Bi(TinyCollection.WriteWords(folder, 48), null);
        var all = await WorkerThreads.RunAsync(2, workers =>
        {
            using var log = new TrainingLog(TextWriter.Null, null, TimeProvider.System);
            var context = TeacherRun.Context(folder, FormattableString.Invariant($"worker-{workers.Rank}"), log, workers: workers);
            using var trainee = TeacherRun.Start(settings, folder[FormattableString.Invariant($"start-{workers.Rank}")]);
            var sources = TeacherRun.Sources(settings, trainee, new TrainingWeights(), context);
            using var teacher = RelevanceTeachers.Open(Folds with { Folds = 2 }, sources, TestContext.Current.CancellationToken);
            return (IsThere: teacher is not null, Models: Directory.Exists(context.CheckpointPath + "/folds") ? Directory.GetDirectories(context.CheckpointPath + "/folds", "*.model").Length : 0);
        });
        foreach (var (_, failure) in all) failure.ShouldBeNull();
        all.Select(outcome => outcome.Value).ShouldBe([(true, 2), (false, 0)]);
    }

    [Fact]
    public void Run_TeacherThatCannotBe_IsRefusedBeforeTraining()
    {
        using var folder = new TemporaryFolder();
        var collection = TinyCollection.WriteWords(folder, 48);
        string Message(TeacherSettings teacher) => Should.Throw<DragomanException>(() => TeacherRun.Train(Job(true, collection, teacher), folder["model"], new StringWriter())).Message;
        Message(Folds with { Folds = 37 }).ShouldBe("36 queries or groups of them cannot be cut into 37 folds; use fewer folds.");
        Message(new TeacherSettings { Kind = TeacherKind.Average }).ShouldContain("is ema, the running mean of the weights, and training.average is 0; set training.average, to 0.99 or 0.999, say.");
        string Of(string run)
        {
            File.WriteAllText(folder["teacher.run"], run);
            return Message(new TeacherSettings { Kind = TeacherKind.Path, Path = folder["teacher.run"], Calibrates = false });
        }
        Of("nobody Q0 p1 1 2.5 teacher\n").ShouldStartWith($"{folder["teacher.run"]}, the run that is the teacher, holds none of the 36 training queries (");
        var query = File.ReadLines(folder["words/qrels/train.tsv"]).Select(line => line.Split('\t')[0]).First(id => id != "query-id");
        Of($"{query} Q0 elsewhere 1 2.5 teacher\n").ShouldContain(" lacks 36 of 36 positives (query and passage: ");
        File.Delete(folder["words/qrels/dev.tsv"]);
        var settings = TeacherRun.Bi(collection, Folds) with { DevSplit = null };
        Should.Throw<DragomanException>(() => TeacherRun.Train(new BiEncoderJob(settings, []), folder["model"], new StringWriter())).Message.ShouldContain("no split 'dev'");
        Directory.Exists(folder["model"]).ShouldBeFalse();
    }
}
