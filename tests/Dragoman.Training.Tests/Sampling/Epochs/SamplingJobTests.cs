using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Rejection.Ledger;
using Dragoman.Training.Tests.Distillation;

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
        training: {epochs: {{epochs}}, batch_size: 5, learning_rate: 1e-3, precision: float32, checkpoint_steps: 1, patience: 9, max_batch_tokens: 100}
        {{more}}
        """);

    private static string Train(TemporaryFolder folder, string configuration, string output, bool resume = false, TimeProvider? time = null, CancellationTokenSource? stop = null)
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, folder[output + ".log.jsonl"], TimeProvider.System);
        TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder[output], 1, resume, log, time ?? TimeProvider.System), stop?.Token ?? TestContext.Current.CancellationToken);
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
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_InterruptedWithinAnEpochAndResumed_EqualsUninterrupted(string task, string more, string negatives, string loss)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TinyEncoder.Write(folder, "teacher");
        var configuration = Configuration(folder, task, more.Replace("FIXTURE", TestPaths.Fixture("bert-tiny"), StringComparison.Ordinal), negatives, loss);
        Train(folder, configuration, "whole");
        using var stop = new CancellationTokenSource();
        var time = new WatchingTime(() => { if (Directory.Exists(folder["parts.checkpoint/step-4"])) stop.Cancel(); });
        Should.Throw<OperationCanceledException>(() => Train(folder, configuration, "parts", time: time, stop: stop));
        File.Exists(folder["parts.checkpoint/negatives/epoch-2.ledger.jsonl.gz"]).ShouldBeTrue();
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
        Train(folder, Configuration(folder, task, "", negatives, loss), "plain");
        File.ReadAllBytes(folder["plain/model.safetensors"]).ShouldNotBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
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
        Should.Throw<Dragoman.Collections.Errors.DragomanException>(() => Train(folder, configuration, "model")).Message
            .ShouldStartWith($"{folder["teacher.run"]} (sampling.teacher.from) lacks 11 of 12 pairs that sampling asks for, the first being query q01 and passage p01; ");
        Directory.Exists(folder["model"]).ShouldBeFalse();
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
