using Dragoman.Collections;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.CrossEncoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Tests.Workers;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Fitting;

/// <summary>What a group's weight does to loss and gradient.</summary>
public sealed class GroupWeightTests : RequiresTorch
{
    private static readonly string[] Texts = ["red cat", "green dog", "a blue bird in a tall tree", "white fish"];
    private static readonly string Fixture = TestPaths.Fixture("bert-tiny");

    private static TrainingGroup Group(int at, double weight = 1)
    {
        Passage About(int text) => new("p" + (text % 4), "", "this is " + Texts[text % 4], "en");
        return new TrainingGroup(new Query("q" + at, Texts[at], "en"), [new(About(at), 1, 2), new(About(at + 1), 0, 1), new(About(at + 2), 0, -1)]) { Weight = weight };
    }

    private static CrossEncoderObjective Cross(SequenceClassifier model, TrainingGroup[] groups, int maxBatchTokens, PassSettings? passes = null, IRankingLoss? loss = null)
    {
        var objective = new CrossEncoderObjective(model, _ => groups, new PairTokenizer(TokenizerLoader.FromFolder(Fixture), 32, 12), loss ?? new ListwiseCrossEntropyLoss(),
            new CrossEncoderObjectiveOptions { Groups = groups.Length, MaxBatchTokens = maxBatchTokens, Precision = Precision.Float32, Passes = passes ?? new PassSettings() });
        objective.Begin(1, TestContext.Current.CancellationToken);
        return objective;
    }

    private static BiEncoderObjective Bi(BiEncoderModule module, IBiEncoderLoss loss, TrainingGroup[] groups, int maxBatchTokens)
    {
        var objective = new BiEncoderObjective(module, _ => groups, TokenizerLoader.FromFolder(Fixture), loss,
            new BiEncoderObjectiveOptions { Groups = groups.Length, Sentence = new SentenceModel { MaxLength = 24 }, MaxBatchTokens = maxBatchTokens, Precision = Precision.Float32 });
        objective.Begin(1, TestContext.Current.CancellationToken);
        return objective;
    }

    private static Dictionary<string, float[]> Gradients(Module module)
    {
        using var scope = TensorScope.Begin();
        return module.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Grad?.ToArray<float>() ?? [], StringComparer.Ordinal);
    }

    private static void ShouldBeNear(Dictionary<string, float[]> gradients, Dictionary<string, float[]> expected)
    {
        foreach (var (name, values) in expected)
        {
            var scale = values.Length == 0 ? 0 : values.Max(value => Math.Abs(value));
            for (var place = 0; place < values.Length; place++) gradients[name][place].ShouldBe(values[place], 1e-6 + 1e-4 * scale, name);
        }
    }

    private static readonly TrainingGroup[] Weighed = [Group(0, 2), Group(1, 1), Group(2, 0), Group(3, 1)], Twice = [Group(0), Group(0), Group(1), Group(3)];

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]                                  // every list by itself
    [InlineData(60, false)]
    [InlineData(60, true)]                                  // with a teacher
    public void CrossEncoder_WeightOfTwo_IsAsIfTheGroupWereThereTwice(int maxBatchTokens, bool distils)
    {
        IRankingLoss loss = distils ? new DistilledLoss(new ListwiseCrossEntropyLoss(), new KlDistillationLoss(), 0.4) : new ListwiseCrossEntropyLoss();
        using var weighed = EncoderFolder.LoadClassifier(Fixture, allowNewHead: false, out _);
        using var twice = EncoderFolder.LoadClassifier(Fixture, allowNewHead: false, out _);
        var expected = Cross(twice, Twice, 0, loss: loss).Backward([0, 1, 2, 3], 0.5);
        Cross(weighed, Weighed, maxBatchTokens, loss: loss).Backward([0, 1, 2, 3], 0.5).Loss.ShouldBe(expected.Loss, 1e-5);
        ShouldBeNear(Gradients(weighed), Gradients(twice));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void BiEncoderOverOwnCandidates_WeightOfTwo_IsAsIfTheGroupWereThereTwice(int maxBatchTokens)
    {
        var loss = new OwnCandidatesLoss(new ListwiseCrossEntropyLoss(), 0.1);
        using var weighed = new BiEncoderModule(EncoderFolder.LoadEncoder(Fixture), null);
        using var twice = new BiEncoderModule(EncoderFolder.LoadEncoder(Fixture), null);
        var expected = Bi(twice, loss, Twice, 0).Backward([0, 1, 2, 3], 0.5);
        Bi(weighed, loss, Weighed, maxBatchTokens).Backward([0, 1, 2, 3], 0.5).Loss.ShouldBe(expected.Loss, 1e-5);
        ShouldBeNear(Gradients(weighed), Gradients(twice));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void BiEncoderInBatch_Weights_MakeAWeightedMeanOfThePairsLosses(int maxBatchTokens)
    {
        double Loss(params double[] weights)
        {
            using var module = new BiEncoderModule(EncoderFolder.LoadEncoder(Fixture), null);
            return Bi(module, new InBatchLoss(0.1, null, 0, (_, _) => false), [.. weights.Select((weight, at) => Group(at, weight))], maxBatchTokens).Backward([0, 1, 2, 3], 1).Loss;
        }
        double[] alone = [Loss(1, 0, 0, 0), Loss(0, 1, 0, 0), Loss(0, 0, 1, 0), Loss(0, 0, 0, 1)];
        alone.Max().ShouldBeGreaterThan(alone.Min() + 0.01);
        Loss(2, 1, 0, 0.5).ShouldBe((2 * alone[0] + alone[1] + 0.5 * alone[3]) / 3.5, 1e-5);
        Loss(1, 1, 1, 1).ShouldBe(alone.Average(), 1e-5);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 2)]                                      // accumulated
    public async Task Fitted_SeveralWorkersOrAccumulated_WeighAsOneBatch(int workers, int accumulate)
    {
        WorkerThreads.OrSkip();
        using var folder = new TemporaryFolder();
        double[] Fit(WorkerGroup group, string name, int batch, int accumulated)
        {
            using var log = new TrainingLog(TextWriter.Null, null, TimeProvider.System);
            using var model = EncoderFolder.LoadClassifier(Fixture, allowNewHead: false, out _);
            var settings = new FitSettings { Epochs = 1, BatchSize = batch, Accumulate = accumulated, LearningRate = 1e-2, Warmup = 0, Precision = Precision.Float32 };
            var context = new TrainingContext(folder[$"{name}-{group.Rank}"], 1, false, log, TimeProvider.System) { Workers = group };
            var progress = new ModelFitter(Cross(model, Weighed, 0), null, settings, new FitCheckpoint(context.CheckpointPath, "the same", 1), context).Run(TestContext.Current.CancellationToken);
            return [progress.History[0]!["loss"]!.GetValue<double>(), progress.Step];
        }
        var expected = Fit(WorkerGroup.Alone, "alone", 4, 1);
        var shared = workers == 1 ? [(Fit(WorkerGroup.Alone, "parts", 4 / accumulate, accumulate), null)] : await WorkerThreads.RunAsync(workers, group => Fit(group, "shared", 4, 1));
        foreach (var (value, failure) in shared)
        {
            failure.ShouldBeNull();
            value![0].ShouldBe(expected[0], 1e-5);
            value[1].ShouldBe(1);
        }
    }

    [Fact]
    public void Backward_NothingWeighsAnything_LearnsNothing()
    {
        using var model = EncoderFolder.LoadClassifier(Fixture, allowNewHead: false, out _);
        Cross(model, [Group(0, 0), Group(1, 0)], 1).Backward([0, 1], 1).Loss.ShouldBe(0);
        Gradients(model).Values.ShouldAllBe(gradient => gradient.All(value => value == 0));
    }

    [Fact]
    public void RDrop_Weights_CountForTheDivergenceToo()
    {
        using var weighed = EncoderFolder.LoadClassifier(Fixture, allowNewHead: false, out _);
        using var twice = EncoderFolder.LoadClassifier(Fixture, allowNewHead: false, out _);
        var passes = new PassSettings { RDrop = 0.5 };
        var expected = Cross(twice, Twice, 0, passes).Backward([0, 1, 2, 3], 1);
        Cross(weighed, Weighed, 0, passes).Backward([0, 1, 2, 3], 1).Loss.ShouldBe(expected.Loss, 1e-5);
        ShouldBeNear(Gradients(weighed), Gradients(twice));
    }
}
