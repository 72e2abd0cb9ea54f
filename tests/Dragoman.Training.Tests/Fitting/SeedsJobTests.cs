using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Fitting;

public sealed class SeedsJobTests : RequiresTorch
{
    private static string Configuration(TemporaryFolder folder, string seeds) => folder.Write("run.yaml", $$"""
        task: cross-encoder
        {{seeds}}
        encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 32}
        data: {collection: collection, dev_run: collection.run}
        negatives: {count: 3}
        training: {epochs: 1, batch_size: 4, learning_rate: 1e-3, precision: float32}
        """);

    private static (JsonObject Reached, string Console) Train(TemporaryFolder folder, string configuration, bool resume = false)
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, null, TimeProvider.System);
        return (TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder["models"], 1, resume, log, TimeProvider.System), TestContext.Current.CancellationToken), console.ToString());
    }

    [Fact]
    public void Run_TwoSeeds_TrainsBothAndSumsUp()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var configuration = Configuration(folder, "seeds: [7, 8]");
        var (reached, console) = Train(folder, configuration);
        console.ShouldContain("Seed 7:");
        var values = reached["runs"]!.AsArray().Select(run => run!["reached"]!["dev_after"]!["nDCG@10"]!.GetValue<double>()).ToArray();
        values.Length.ShouldBe(2);
        reached["measures"]!["nDCG@10"]!["mean"]!.GetValue<double>().ShouldBe(values.Average(), 1e-4);
        reached["measures"]!["nDCG@10"]!["sd"]!.GetValue<double>().ShouldBe(Math.Abs(values[0] - values[1]) / Math.Sqrt(2), 1e-4);
        File.ReadAllBytes(folder["models/seed-7/model.safetensors"]).ShouldNotBe(File.ReadAllBytes(folder["models/seed-8/model.safetensors"]));
        File.Exists(folder["models/seed-8.log.jsonl"]).ShouldBeTrue();
        JsonNode.Parse(File.ReadAllText(folder["models/seed-8/training.json"]))!["seed"]!.GetValue<int>().ShouldBe(8);

        // A third seed: what is there already is not done again.
        var (more, said) = Train(folder, Configuration(folder, "seeds: [7, 8, 9]"), resume: true);
        said.ShouldContain("seed-7 is finished: ");
        said.ShouldContain("seed-8 is finished: ");
        said.ShouldNotContain("seed-9 is finished: ");
        more["runs"]!.AsArray().Count.ShouldBe(3);
        more["runs"]![0]!.ToJsonString().ShouldBe(reached["runs"]![0]!.ToJsonString());
    }

    [Fact]
    public void Run_StoppedInTheSecondSeed_SaysWhichAreDone()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var job = TrainingTasks.Open(Configuration(folder, "seeds: [7, 8, 9]")).Job;
        job.Standing("models").ShouldBe("Stopped; no seed of 3 is done yet, and there is no checkpoint, so that training begins anew next time.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using (var log = new TrainingLog(new CancellingWriter("Seed 8:", stop), null, TimeProvider.System))
            Should.Throw<OperationCanceledException>(() => job.Run(new TrainingContext(folder["models"], 1, false, log, TimeProvider.System), stop.Token));
        job.Standing(folder["models"]).ShouldBe("Stopped; seed 7 of 3 is done; --resume goes on from there.");
        Directory.CreateDirectory(folder["models/seed-8.checkpoint/step-2"]);
        job.Standing(folder["models"]).ShouldBe($"Stopped; seed 7 of 3 is done, seed 8 has a checkpoint in {folder["models"]}; --resume goes on from there.");
    }

    [Theory]
    [InlineData("seeds: [1, 1]", "seeds holds a number twice.")]
    [InlineData("seeds: [1, x]", "seeds holds 'x'; use whole numbers, 0 or more.")]
    [InlineData("seeds: []", "seeds is an empty list; name at least one.")]
    [InlineData("seeds: [1]\nseed: 2", "seed is given beside seeds; leave it out.")]
    public void Open_WrongSeeds_SaysSo(string seeds, string expected)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(Configuration(folder, seeds))).Message.ShouldContain(expected);
    }

    [Fact]
    public void Open_WrongSeedsAndMore_TellsAllTogether()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = folder.Write("run.yaml", $$"""
            task: cross-encoder
            seeds: [1, x]
            output: ${NO_SUCH_VARIABLE}/model
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 3}
            data: {collection: nowhere}
            training: {epoch: 1}
            """);
        var problems = Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems;
        problems.Count.ShouldBe(5);
        problems[0].ShouldBe("line 2: seeds holds 'x'; use whole numbers, 0 or more.");
        problems[1].ShouldStartWith("line 3: output is '${NO_SUCH_VARIABLE}/model'");
        problems[2].ShouldStartWith("line 4: encoder.max_length is '3'");
        problems[3].ShouldStartWith("line 5: data.collection is 'nowhere'");
        problems[4].ShouldStartWith("line 6: training.epoch is not a key used here. Did you mean epochs?");
    }

    [Fact]
    public void Open_WrongSeedsOfNoTask_TellsBoth()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(folder.Write("run.yaml", "task: cross\nseeds: [2, 2]\n"))).Problems.Count.ShouldBe(2);
    }
}
