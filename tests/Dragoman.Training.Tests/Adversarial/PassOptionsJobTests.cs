using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Adversarial;

/// <summary>R-Drop and adversaries as options of both neural rankers.</summary>
public sealed class PassOptionsJobTests : RequiresTorch
{
    private static string Configuration(TemporaryFolder folder, string task, string option, string loss) => folder.Write("run.yaml", $$"""
        task: {{task}}
        encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 16, layers: 1, heads: 2, intermediate: 16, dropout: 0.1, max_length: 24}
        data: {collection: collection{{(task == "cross-encoder" ? ", dev_run: collection.run" : "")}}}
        negatives: {count: 2}
        loss: {{loss}}
        training: {epochs: 2, batch_size: 5, learning_rate: 1e-3, precision: float32, checkpoint_steps: 1, patience: 9, max_batch_tokens: 100}
        {{option}}
        """);

    public static TheoryData<string, string> Options
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var task in new[] { "cross-encoder", "bi-encoder" })
                foreach (var option in new[] { "r-drop", "{method: fgm}", "{method: pgd, steps: 2}", "{method: freelb, steps: 2}", "{method: smart}" }) data.Add(task, option);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Run_InterruptedWithinAnEpochAndResumed_EqualsUninterrupted(string task, string option)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var name = task == "bi-encoder" ? "info-nce" : "cross-entropy";
        var plain = folder["plain.yaml"];
        File.Move(Configuration(folder, task, "", $"{{name: {name}}}"), plain);
        var configuration = option == "r-drop" ? Configuration(folder, task, "", $"{{name: {name}, r_drop: 0.5}}") : Configuration(folder, task, "adversarial: " + option, $"{{name: {name}}}");
        Train(folder, configuration, "whole", TimeProvider.System, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var time = new WatchingTime(() => { if (Directory.Exists(folder["parts.checkpoint/step-4"])) stop.Cancel(); });
        Should.Throw<OperationCanceledException>(() => Train(folder, configuration, "parts", time, stop.Token));
        Train(folder, configuration, "parts", TimeProvider.System, CancellationToken.None, resume: true).ShouldContain("in epoch 2");
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
        Train(folder, plain, "plain", TimeProvider.System, CancellationToken.None);
        File.ReadAllBytes(folder["plain/model.safetensors"]).ShouldNotBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
    }

    [Fact]
    public void Open_OptionsThatDoNotFit_AreToldTogether()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = folder.Write("run.yaml", $$"""
            task: cross-encoder
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 24}
            data: {collection: collection}
            loss: {name: cross-entropy, r_drop: 0.5}
            adversarial: {method: fgm, steps: 3, epsilon: -1, unit: relative}
            distillation: {weight: 0.3, missing: maybe, embeddings: {teacher: collection} }
            negatives: {teacher: collection.run}
            """);
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.Select(problem => problem.Split(" Known")[0]).ShouldBe(
        [
            "line 4: loss.r_drop compares two passes that differ by dropout, and the encoder has none; take an encoder whose config.json has hidden_dropout_prob above 0, or leave r_drop out.",
            "line 5: adversarial is given beside loss.r_drop; both run a batch more than once, so use one of the two.",
            "line 5: adversarial.epsilon is '-1'; use a number, 0 or more.",
            "line 5: adversarial.steps belongs to adversarial.method pgd, freelb, smart; leave it out.",
            "line 5: adversarial.unit is not a key used here. Did you mean units?",
            "line 6: distillation.embeddings belongs to task: bi-encoder; a cross-encoder has no vector of a text.",
            "line 6: distillation.missing is 'maybe'; use skip or error.",
            "line 6: distillation.weight is given without distillation.teacher; leave it out.",
            "line 7: negatives.teacher is distillation.teacher; move it there.",
        ], ignoreOrder: true);
    }

    [Fact]
    public void Open_RDropWithoutDropoutOfARandomEncoder_SaysWhatToSet()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        var path = Configuration(folder, "bi-encoder", "", "{name: info-nce, r_drop: 1}");
        File.WriteAllText(path, File.ReadAllText(path).Replace("dropout: 0.1", "dropout: 0", StringComparison.Ordinal));
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems.ShouldHaveSingleItem().ShouldContain("set encoder.dropout above 0, or leave r_drop out.");
    }

    private static string Train(TemporaryFolder folder, string configuration, string output, TimeProvider time, CancellationToken token, bool resume = false)
    {
        var console = new StringWriter();
        using var log = new TrainingLog(console, null, TimeProvider.System);
        TrainingTasks.Open(configuration).Job.Run(new TrainingContext(folder[output], 1, resume, log, time), token);
        return console.ToString();
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
