using Dragoman.Collections;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.CrossEncoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Tests.CrossEncoders;

public sealed class CrossEncoderObjectiveTests : RequiresTorch
{
    private static readonly string[] Queries = ["red cat", "green dog", "blue bird in a tall tree", "white fish"];
    private static readonly int[] All = [0, 1, 2, 3];

    private static TrainingGroup[] Groups()
    {
        Passage About(int query) => new("p" + query, "", $"this is a {Queries[query % 4]}", "en");
        return [.. All.Select(at => new TrainingGroup(new Query("q" + at, Queries[at], "en"), [new(About(at), 1), new(About(at + 1), 0), new(About(at + 2), 0)]))];
    }

    private static CrossEncoderObjective Objective(SequenceClassifier model, IRankingLoss loss, int maxBatchTokens = 0)
    {
        var objective = new CrossEncoderObjective(model, _ => Groups(), new PairTokenizer(TokenizerLoader.FromFolder(TestPaths.Fixture("bert-tiny")), 32, 12), loss,
            new CrossEncoderObjectiveOptions { Groups = 4, MaxBatchTokens = maxBatchTokens, Precision = Precision.Float32 });
        objective.Begin(1, TestContext.Current.CancellationToken);
        return objective;
    }

    private static SequenceClassifier Model() => EncoderFolder.LoadClassifier(TestPaths.Fixture("bert-tiny"), allowNewHead: false, out _);

    private static Dictionary<string, float[]> Gradients(SequenceClassifier model)
    {
        using var scope = TensorScope.Begin();
        return model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Grad!.ToArray<float>(), StringComparer.Ordinal);
    }

    public static TheoryData<string> Losses => ["softmax-hinge", "cross-entropy"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Backward_SameBatchAgain_IsOverfitted(string name)
    {
        IRankingLoss loss = name == "softmax-hinge" ? new SoftmaxHingeLoss() : new ListwiseCrossEntropyLoss();
        using var model = Model();
        model.Train();
        using var optimiser = new AdamW(ParameterGroup.WithoutDecayOnBiases(model.Parameters, 1e-3, 0.01));
        var objective = Objective(model, loss);
        var first = objective.Backward(All, 1);
        for (var i = 0; i < 60; i++)
        {
            optimiser.ZeroGrad();
            objective.Backward(All, 1);
            optimiser.Step();
        }
        var last = objective.Backward(All, 1);
        first.Loss.ShouldBeGreaterThan(0.3);
        last.Loss.ShouldBeLessThan(0.03);
        last.Numbers.ShouldBe([("accuracy", 1.0), ("skipped", 0.0)]);
    }

    [Fact]
    public void Backward_EveryParameter_HasAGradient()
    {
        using var model = Model();
        Objective(model, new SoftmaxHingeLoss()).Backward(All, 1);
        // The output's bias moves all scores of a list alike, so its gradient is 0 up to rounding; keys' biases cancel in softmax.
        Gradients(model).Where(gradient => gradient.Key != "classifier.bias" && !gradient.Key.EndsWith("key.bias", StringComparison.Ordinal))
            .ShouldAllBe(gradient => gradient.Value.Any(value => Math.Abs(value) > 1e-7));
    }

    [Theory]
    [InlineData(1)]                                        // every list by itself
    [InlineData(60)]
    [InlineData(100_000)]
    public void Backward_CutByTokens_GivesTheSameLossAndGradient(int maxBatchTokens)
    {
        using var whole = Model();
        using var parts = Model();
        var expected = Objective(whole, new ListwiseCrossEntropyLoss()).Backward(All, 0.5);
        var cut = Objective(parts, new ListwiseCrossEntropyLoss(), maxBatchTokens).Backward(All, 0.5);
        cut.Loss.ShouldBe(expected.Loss, 1e-6);
        cut.Numbers.ShouldBe(expected.Numbers);
        var (left, right) = (Gradients(whole), Gradients(parts));
        foreach (var (name, values) in left)
            for (var place = 0; place < values.Length; place++) right[name][place].ShouldBe(values[place], 1e-6, name);
    }

    [Fact]
    public void Describe_ManyItems_NamesTheFirstFive()
    {
        using var model = Model();
        var objective = Objective(model, new SoftmaxHingeLoss());
        objective.Describe([2]).ShouldBe("query q2 with passage p2 against p3, p4");
        objective.Describe([0, 1, 2, 3, 0, 1]).ShouldBe("queries q0, q1, q2, q3, q0 and 1 more");
    }

    /// <summary>A word whose vector overflows inside the first layers: its query and passages, the layer and the parameter are named.</summary>
    [Fact]
    public void Failure_PlantedOverflow_NamesQueryPassagesLayerAndParameter()
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var objective = Objective(model, new ListwiseCrossEntropyLoss());
        var norm = model.Parameters.Single(parameter => parameter.Name.EndsWith("layer.1.output.LayerNorm.weight", StringComparison.Ordinal)).Value;
        using (NoGrad.Begin()) norm.Detach().MulInPlace(1e25);
        var outcome = objective.Backward([2], 1);
        double.IsFinite(outcome.Loss).ShouldBeFalse();
        var report = new FailureReport(objective, new FitSettings { Precision = Precision.Float32 }, new FitCheckpoint(folder["none"], "", 1), new RecentSteps()).Of(outcome.Loss, "loss", [2], 41, 1e-3);
        report.Sentence.ShouldStartWith("The loss is NaN at step 41, for query q2 with passage p2 against p3, p4; the first part of the model that gives no number is layer 1; no longer a number are the gradients of");
        report.Lines.ShouldContain(line => line.StartsWith("  forward    the first that gives none is: layer 1", StringComparison.Ordinal));
        report.Entry["items"]![0]!["passages"]!.AsArray().Select(id => (string)id!).ShouldBe(["p2", "p3", "p4"]);
        report.Entry["part"]!.GetValue<string>().ShouldBe("layer 1");
    }

    /// <summary>The loss is a number and one gradient is not: the parameter nearest to the loss is named.</summary>
    [Fact]
    public void Failure_GradientIsNoNumber_NamesTheFirstParameter()
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var objective = Objective(model, new ListwiseCrossEntropyLoss());
        objective.Backward(All, 1).Loss.ShouldBeLessThan(100);
        foreach (var lost in model.Parameters.Where(parameter => parameter.Name.Contains("layer.0.output.dense.bias", StringComparison.Ordinal) || parameter.Name.Contains("layer.0.attention.self.value.weight", StringComparison.Ordinal)))
            lost.Value.Grad!.Detach().MulInPlace(double.NaN);
        var report = new FailureReport(objective, new FitSettings { Precision = Precision.Float32 }, new FitCheckpoint(folder["none"], "", 1), new RecentSteps()).Of(double.NaN, "gradient", All, 3, 1e-3);
        report.Sentence.ShouldContain("no longer a number are the gradients of layer 0, first that of bert.encoder.layer.0.output.dense.bias");
        report.Lines.ShouldContain("  alone      no item fails when it is run alone");
    }
}
