using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Rejection.Ledger;
using Dragoman.Training.Tests.Distillation;
using Dragoman.Training.Tests.Workers;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Sampling.Epochs;

/// <summary>Trainings with a section <c>sampling</c>, from beginning to end.</summary>
public sealed class SamplingJobTests : RequiresTorch
{
    private const string AllParts = """
        sampling:
          warm_up: 1
          depth: 12
          teacher: {from: self, calibrate: false}
          examples: {scheme: agreement, detector: mixture, mode: sample, budget: examples, least: 0.6}
          positives: {scheme: rso, count: 2, reward: mixed, best_grade: 1}
          negatives: {rule: calibrated, draw: stream, depth: 12}
        """;

    private static string Configuration(TemporaryFolder folder, string task, string more, string negatives, string loss, int epochs = 3) => folder.Write("run.yaml", $$"""
        task: {{task}}
        encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 16, layers: 1, heads: 2, intermediate: 16, dropout: 0.1, max_length: 24}
        data: {collection: collection{{(task == "cross-encoder" ? ", dev_run: collection.run" : "")}}}
        negatives: {{negatives}}
        loss: {{loss}}
        training: {epochs: {{epochs}}, batch_size: 5, learning_rate: 1e-3, precision: float32, checkpoint_steps: 1, patience: 9, max_batch_tokens: 100{{(more.Contains("from: ema", StringComparison.Ordinal) ? ", average: 0.5" : "")}}}
        {{more}}
        """);

    private static string Train(TemporaryFolder folder, string configuration, string output, bool resume = false, TimeProvider? time = null, CancellationTokenSource? stop = null, WorkerGroup? workers = null)
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, folder[output + ".log.jsonl"], TimeProvider.System);
        TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder[output], 1, resume, log, time ?? TimeProvider.System) { Workers = workers ?? WorkerGroup.Alone }, stop?.Token ?? TestContext.Current.CancellationToken);
        return console.ToString();
    }

    public static TheoryData<string, string, string, string> Runs => new()
    {
        { "cross-encoder", AllParts, "{count: 2, run: collection.run}", "{name: cross-entropy}" },
        { "cross-encoder", AllParts + "\ndistillation: {teacher: FIXTURE}\nadversarial: {method: fgm}", "{count: 2, run: collection.run}", "{name: cross-entropy}" },
        { "bi-encoder", AllParts, "{count: 2}", "{name: info-nce}" },
        { "bi-encoder", AllParts + "\ndistillation: {teacher: teacher}\nadversarial: {method: freelb, steps: 2}", "{count: 2}", "{name: info-nce}" },
        { "bi-encoder", "sampling: {examples: {scheme: agreement}, positives: {scheme: importance, count: 3}, depth: 9}", "{count: 1, run: collection.run}", "{name: info-nce, r_drop: 0.5}" },
        { "cross-encoder", "sampling: {warm_up: 0, examples: {scheme: agreement, informative: true}, negatives: {rule: simans}, temperature: 0.5}", "{count: 3, run: collection.run}", "{name: listnet}" },
        { "cross-encoder", "sampling: {depth: 6, teacher: {from: folds, folds: 3, calibrate: offset}, examples: {scheme: agreement}}", "{count: 2}", "{name: cross-entropy}" },
        { "bi-encoder", "sampling: {preset: false-negatives, depth: 6, teacher: {folds: 2}}", "{count: 2}", "{name: info-nce}" },
        { "bi-encoder", "sampling: {depth: 6, teacher: {from: ema}, examples: {scheme: agreement, mode: sample}}", "{count: 1}", "{name: info-nce}" },
        { "cross-encoder", "sampling: {depth: 6, teacher: {from: ema, calibrate: false}, negatives: {rule: gist, depth: 9}}", "{count: 2, run: collection.run}", "{name: cross-entropy}" },
        { "cross-encoder", "sampling: {warm_up: 0, depth: 6, teacher: {from: teacher}, negatives: {rule: calibrated, draw: stream, depth: 9}, examples: {scheme: agreement}}", "{count: 2, run: collection.run}", "{name: cross-entropy}" },
        { "bi-encoder", "sampling: {depth: 6, teacher: {from: teacher}, examples: {scheme: agreement, noise_rate: 0.3}}", "{count: 2}", "{name: info-nce}" },
        { "bi-encoder", "sampling: {teacher: {from: teacher.run, calibrate: false}, negatives: {rule: rocketqa, positives: 1, depth: 9}}", "{count: 2, run: collection.run}", "{name: info-nce}" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_InterruptedWithinAnEpochAndResumed_EqualsUninterrupted(string task, string more, string negatives, string loss)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TinyEncoder.Write(folder, "teacher");
        WriteTeacherRun(folder, (query, passage) => passage - query is 0 or 1 ? 4 : -4);                                  // the next query's passage is an answer too
        var configuration = Configuration(folder, task, more.Replace("FIXTURE", TestPaths.Fixture("bert-tiny"), StringComparison.Ordinal), negatives, loss);
        Train(folder, configuration, "whole");
        using var stop = new CancellationTokenSource();
        var time = new WatchingTime(() => { if (Directory.Exists(folder["parts.checkpoint/step-4"])) stop.Cancel(); });
        Should.Throw<OperationCanceledException>(() => Train(folder, configuration, "parts", time: time, stop: stop));
        File.Exists(folder["parts.checkpoint/negatives/epoch-2.ledger.jsonl.gz"]).ShouldBeTrue();
        // A model that does not learn is asked once for a pair, and what it said is kept.
        File.Exists(folder[$"parts.checkpoint/{FitCheckpoint.PartsName}/scores.tsv"]).ShouldBe(more.Contains("from: teacher}", StringComparison.Ordinal) || more.Contains("folds", StringComparison.Ordinal) || more.Contains("preset", StringComparison.Ordinal));
        Train(folder, configuration, "parts", resume: true).ShouldContain("in epoch 2");
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
        foreach (var epoch in new[] { 1, 2, 3 }) File.ReadAllBytes(folder[$"parts/negatives/epoch-{epoch}.tsv.gz"]).ShouldBe(File.ReadAllBytes(folder[$"whole/negatives/epoch-{epoch}.tsv.gz"]));

        var manifest = JsonNode.Parse(File.ReadAllText(folder["parts/manifest.json"]))!;
        manifest["candidates"]!["negatives/epoch-3.ledger.jsonl.gz"]!.GetValue<string>().ShouldBe(Fingerprint.OfFile(folder["parts/negatives/epoch-3.ledger.jsonl.gz"]));
        var accounts = manifest["sampling"]!.AsArray();
        accounts.Select(entry => entry!["epoch"]!.GetValue<int>()).Distinct().ShouldBe(more.Contains("warm_up: 0", StringComparison.Ordinal) ? [1, 2, 3] : [2, 3]);
        foreach (var entry in accounts)
        {
            var part = SamplingLedger.Read(folder[$"parts/negatives/epoch-{entry!["epoch"]}.ledger.jsonl.gz"]).Where(line => line.Part == entry["part"]!.GetValue<string>()).ToList();
            part.Sum(line => line.Draws.Count).ShouldBe(entry["proposals"]!.GetValue<int>());
            part.Sum(line => line.Taken.Count()).ShouldBe(entry["accepted"]!.GetValue<int>());
        }
        if (more.Contains("calibrate: offset", StringComparison.Ordinal)) manifest["teacher"]!["folds"]!.AsArray().ShouldAllBe(fold => fold!["calibration"]!["offset"]!.GetValue<double>() != 0);
        Train(folder, Configuration(folder, task, "", negatives, loss), "plain");
        File.ReadAllBytes(folder["plain/negatives/epoch-2.tsv.gz"]).ShouldNotBe(File.ReadAllBytes(folder["whole/negatives/epoch-2.tsv.gz"]));
        // Where the best epoch is the first, which is not sampled, the models are the same.
        if (JsonNode.Parse(File.ReadAllText(folder["whole/manifest.json"]))!["reached"]!["chosen"]!.GetValue<string>().StartsWith("epoch 1,", StringComparison.Ordinal) is false) File.ReadAllBytes(folder["plain/model.safetensors"]).ShouldNotBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
    }

    [Fact]
    public void Run_ShorterEpochs_ScheduleFollowsTheShareThatIsDoneAndTotalsAreReplanned()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 24}
            data: {collection: collection}
            negatives: {count: 2}
            training: {epochs: 4, batch_size: 2, learning_rate: 1e-4, warmup: 0, precision: float32}
            sampling:
              examples: {scheme: random, rate: 0.5, budget: examples}
            """);
        var console = Train(folder, configuration, "model");
        var entries = File.ReadAllLines(folder["model.log.jsonl"]).Select(line => JsonNode.Parse(line)!).ToList();
        var steps = entries.Where(entry => (string?)entry["event"] == "step").ToList();
        steps.Count.ShouldBeInRange(6 + 3, 6 + 17);                                        // 12 groups make 6 steps
        var rates = steps.Select(step => step["learning_rate"]!.GetValue<double>()).ToList();
        rates.ShouldBe(rates.OrderDescending());
        rates[0].ShouldBe(1e-4, 1e-12);
        rates[6].ShouldBe(0.75e-4, 1e-12);                                                 // the second of four epochs begins
        rates[^1].ShouldBeLessThan(0.25e-4);
        var plans = entries.Where(entry => (string?)entry["event"] == "plan").Select(entry => entry["total_steps"]!.GetValue<long>()).ToList();
        plans.Count.ShouldBe(3);
        plans[^1].ShouldBe(steps.Count);
        console.ShouldContain("epoch 4/4)");
        JsonNode.Parse(File.ReadAllText(folder["model/manifest.json"]))!["reached"]!["steps"]!.GetValue<int>().ShouldBe(steps.Count);
    }

    [Fact]
    public void Run_FixedNegativesWithinTheWarmUp_ShareAFileAndSampledEpochsHaveTheirOwn()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 24}
            data: {collection: collection}
            negatives: {count: 2, fixed: true}
            training: {epochs: 4, batch_size: 6, precision: float32}
            sampling:
              warm_up: 2
              examples: {scheme: random}
            """);
        Train(folder, configuration, "model");
        Directory.EnumerateFiles(folder["model/negatives"]).Select(Path.GetFileName).Order().ShouldBe(["epoch-1.tsv.gz", "epoch-3.ledger.jsonl.gz", "epoch-3.tsv.gz", "epoch-4.ledger.jsonl.gz", "epoch-4.tsv.gz"]);
    }

    [Fact]
    public void Run_TeacherIsARunThatLacksPairs_SaysWhichAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        folder.Write("teacher.run", "q00 Q0 p00 1 3 teacher\n");
        var configuration = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 24}
            data: {collection: collection}
            training: {epochs: 1, batch_size: 6, precision: float32}
            sampling:
              warm_up: 0
              teacher: {from: teacher.run, calibrate: false}
              examples: {scheme: agreement}
            """);
        Should.Throw<DragomanException>(() => Train(folder, configuration, "model")).Message
            .ShouldStartWith($"{folder["teacher.run"]} (sampling.teacher.from) lacks 11 of 12 pairs that sampling asks for, the first being query q01 and passage p01; ");
        Directory.Exists(folder["model"]).ShouldBeFalse();
    }

    /// <summary>How the guide measures what a filter could gain at most.</summary>
    [Fact]
    public void Run_TeacherIsARunThatKnowsWhichLabelsAreWrong_TrainsOnAllOthersAndOnNothingElse()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        WriteTeacherRun(folder, (query, _) => query % 3 == 0 ? -20 : 20);
        var configuration = Configuration(folder, "bi-encoder", "sampling: {teacher: {from: teacher.run, calibrate: false}, examples: {scheme: agreement, mode: sample, least: 0}}", "{count: 0}", "{name: info-nce}", epochs: 2);
        Train(folder, configuration, "model");
        List<string> Queries(int epoch) => [.. Lines(folder[$"model/negatives/epoch-{epoch}.tsv.gz"]).Skip(1).Select(line => line.Split('\t')[0]).Distinct().Order()];

        var all = Queries(1);
        all.Count.ShouldBe(12);
        Queries(2).ShouldBe(all.Where(query => int.Parse(query[1..], CultureInfo.InvariantCulture) % 3 != 0));
    }

    /// <summary>Where weights decide nothing, or are still those of the start, two workers draw what one draws: gradients are summed in another order, so that scores of a model that has learned differ in the last bits.</summary>
    [Theory]
    [InlineData("cross-encoder", "scores: run, warm_up: 0", 3)]
    [InlineData("bi-encoder", "scores: run, warm_up: 1", 3)]
    [InlineData("bi-encoder", "scores: model, warm_up: 0", 1)]
    public async Task Run_TwoWorkers_SameGroupsAndLedgersAsOne(string task, string scores, int epochs)
    {
        WorkerThreads.OrSkip();
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        WriteTeacherRun(folder, (query, passage) => query == passage ? 2 : -passage / 4.0);
        var more = $"sampling: {{{scores}, depth: 12, teacher: {{from: teacher.run, calibrate: false}}, examples: {{scheme: agreement}}, positives: {{scheme: rejection, bound: running, count: 2}}, negatives: {{rule: calibrated, draw: stream}}}}";
        var configuration = folder.Write("run.yaml", $$"""
            task: {{task}}
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 24}
            data: {collection: collection}
            negatives: {count: 2, run: collection.run}
            training: {epochs: {{epochs}}, batch_size: 5, learning_rate: 1e-3, precision: float32}
            {{more}}
            """);
        Train(folder, configuration, "one");
        var all = await WorkerThreads.RunAsync(2, workers => Train(folder, configuration, workers.IsFirst ? "two" : "two.worker-1", workers: workers));
        foreach (var (_, failure) in all) failure.ShouldBeNull();
        JsonNode.Parse(File.ReadAllText(folder["two/manifest.json"]))!["workers"]!.GetValue<int>().ShouldBe(2);
        var files = Directory.GetFiles(folder["one/negatives"]).Select(file => Path.GetFileName(file)!).Order().ToList();
        files.Count.ShouldBe(scores.EndsWith('1') ? 2 * epochs - 1 : 2 * epochs);
        Directory.GetFiles(folder["two/negatives"]).Select(file => Path.GetFileName(file)!).Order().ShouldBe(files);
        foreach (var file in files)
        {
            // The last line of a ledger has the seconds that it took.
            if (file.EndsWith(".tsv.gz", StringComparison.Ordinal)) File.ReadAllBytes(folder["two/negatives/" + file]).ShouldBe(File.ReadAllBytes(folder["one/negatives/" + file]), file);
            else Lines(folder["two/negatives/" + file]).SkipLast(1).ShouldBe(Lines(folder["one/negatives/" + file]).SkipLast(1), file);
        }
    }

    [Fact]
    public void Run_ResumedWithAnEpochOfOtherData_IsRefusedInOneSentence()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = Configuration(folder, "bi-encoder", "sampling: {examples: {scheme: random}}", "{count: 2}", "{name: info-nce}");
        using var stop = new CancellationTokenSource();
        var time = new WatchingTime(() => { if (Directory.Exists(folder["model.checkpoint/step-4"])) stop.Cancel(); });
        Should.Throw<OperationCanceledException>(() => Train(folder, configuration, "model", time: time, stop: stop));
        string Message() => Should.Throw<DragomanException>(() => Train(folder, configuration, "model", resume: true)).Message;
        var (ledger, groups) = (folder["model.checkpoint/negatives/epoch-2.ledger.jsonl.gz"], folder["model.checkpoint/negatives/epoch-2.tsv.gz"]);
        var (own, drawn, data) = (File.ReadAllBytes(ledger), File.ReadAllBytes(groups), SamplingLedger.Header(ledger).Data);

        SamplingLedger.Write(ledger, new LedgerHeader("other", 42), []);
        Message().ShouldBe($"{ledger} is the ledger of another data set (other; this one is {data}); train without --resume to draw anew.");
        File.WriteAllBytes(ledger, own);
        AtomicFile.WriteText(groups, writer => writer.Write("query\tpassage\tgrade\trank\tscore\twhy\tweight\nsomebody\tp00\t1\t\t\tpositive\t\n"));
        Message().ShouldBe($"{groups}, line 2: expected query, passage, grade, rank, score, why, weight of a query and a passage of this collection, found 'somebody\tp00\t1\t\t\tpositive\t'; train without --resume to draw anew.");
        File.WriteAllBytes(groups, drawn);
        File.Delete(ledger);
        Message().ShouldBe($"{ledger}: this epoch's ledger is missing, though its groups are there; train without --resume to draw anew.");
        Directory.Exists(folder["model"]).ShouldBeFalse();
        File.WriteAllBytes(ledger, own);
        Train(folder, configuration, "model", resume: true).ShouldContain("in epoch 2");
    }

    private static void WriteTeacherRun(TemporaryFolder folder, Func<int, int, double> score) =>
        folder.Write("teacher.run", string.Concat(Enumerable.Range(0, 16).SelectMany(query => Enumerable.Range(0, 16).Select(passage => FormattableString.Invariant($"q{query:00} Q0 p{passage:00} {passage + 1} {score(query, passage)} teacher\n")))));

    private static List<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The system's clock that does something whenever it is looked at.</summary>
    private sealed class WatchingTime(Action look) : TimeProvider
    {
        public override long GetTimestamp()
        {
            look();
            return System.GetTimestamp();
        }
    }
}
