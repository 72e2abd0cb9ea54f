using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Configuration;

public sealed class PresetsTests : RequiresTorch
{
    [Fact]
    public void Run_SourcePresetWithOverriddenKeys_TheOthersAreTheSources()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var lines = Enumerable.Range(0, 16).Where(i => i % 4 != 3).SelectMany(i => new[] { $"q{i:00}\tp{i:00}\t6", $"q{i:00}\tp{(i + 5) % 16:00}\t0", $"q{i:00}\tp{(i + 7) % 16:00}\t0" });
        folder.Write("collection/qrels/train.tsv", "query-id\tcorpus-id\tscore\n" + string.Join('\n', lines) + "\n");
        var configuration = folder.Write("run.yaml", $$"""
            preset: source-mbert
            encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 16, layers: 1, heads: 2, intermediate: 16, max_length: 24}
            data: {collection: collection, dev_run: collection.run}
            training: {epochs: 2, batch_size: 4}
            """);
        using var log = new TrainingLog(new StringWriter(), folder["log.jsonl"], TimeProvider.System);
        TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder["model"], 1, false, log, TimeProvider.System), TestContext.Current.CancellationToken);
        var effective = JsonNode.Parse(File.ReadAllText(folder["model/training.json"]))!;
        ((string?)effective["preset"]).ShouldBe("source-mbert");
        ((int?)effective["encoder"]!["max_length"]).ShouldBe(24);
        ((int?)effective["training"]!["epochs"]).ShouldBe(2);
        ((double?)effective["training"]!["learning_rate"]).ShouldBe(1e-5);
        ((double?)effective["training"]!["weight_decay"]).ShouldBe(0.01);
        ((double?)effective["training"]!["clip_norm"]).ShouldBe(0);
        ((double?)effective["training"]!["warmup_epochs"]).ShouldBe(1);
        ((string?)effective["negatives"]!["pool"]).ShouldBe("judged-zero");
        ((string?)effective["loss"]!["name"]).ShouldBe("softmax-hinge");
        Directory.EnumerateFiles(folder["model/negatives"]).Select(Path.GetFileName).ShouldBe(["epoch-1.tsv.gz"]);          // one for all epochs
        var steps = File.ReadAllLines(folder["log.jsonl"]).Select(line => JsonNode.Parse(line)!).Where(entry => (string?)entry["event"] == "step").Select(entry => entry["learning_rate"]!.GetValue<double>()).ToList();
        steps.Count.ShouldBe(6);
        steps.Max().ShouldBe(1e-5, 1e-12);                                                 // at the end of the first epoch's warm-up
    }

    [Fact]
    public void Open_UnknownPreset_NamesThoseThatAre()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(folder.Write("run.yaml", "preset: source-bert\n"))).Problems.ShouldBe(
            ["line 1: preset is 'source-bert'; use source-mbert or source-xlmr. Did you mean source-mbert?"]);
    }

    [Fact]
    public void Open_PresetOfAnotherTask_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(folder.Write("run.yaml", "task: bi-encoder\npreset: source-mbert\n"))).Problems.ShouldBe(
            ["line 1: task is 'bi-encoder', but the preset is of a cross-encoder; leave one of the two out."]);
    }

    [Fact]
    public void Open_PresetWithSeveralSeeds_EachIsRead()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        TrainingTasks.Open(folder.Write("run.yaml", $$"""
            preset: source-xlmr
            seeds: [1, 2]
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}}
            data: {collection: collection, dev_run: collection.run}
            """)).Job.ShouldBeOfType<SeedsJob>();
    }

    [Fact]
    public void Open_TeacherLossAndMistakesInNegatives_AllAreTold()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}}
            data: {collection: collection}
            negatives: {max_share: 2, run_first: 60, mine: {}, pool: zero}
            loss: {name: margin-mse}
            training: {warmup: 0.1, warmup_epochs: 1}
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldBe(
        [
            "line 4: negatives.pool is 'zero'; use collection, judged-zero or last-judged-zero.",
            "line 4: negatives.max_share is '2'; use a number from 0.001 to 1.",
            "line 4: negatives.run_first is 60, which is beyond negatives.run_depth, 50; the ranks are taken from run_first to run_depth.",
            "line 4: negatives.mine.encoder is missing; this model does not search a collection, so name the folder of an encoder that does.",
            "line 5: loss.name is margin-mse, which learns from a teacher's scores, and there are none here; use a loss that learns from grades.",
            "line 6: training.warmup is given beside training.warmup_epochs; leave one out, or set it to null where a preset gives it.",
        ], ignoreOrder: true);
    }
}
