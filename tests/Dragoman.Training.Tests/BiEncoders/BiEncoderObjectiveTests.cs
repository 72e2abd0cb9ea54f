using Dragoman.Training.Fitting;
using Dragoman.Training.Adversarial;
using Dragoman.Collections;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Tests.Workers;

namespace Dragoman.Training.Tests.BiEncoders;

public sealed class BiEncoderObjectiveTests : RequiresTorch
{
    private static readonly string[] Texts = ["red cat", "green dog", "a blue bird in a tall tree", "white fish", "the quick brown fox", "a house"];
    private static readonly int[] All = [0, 1, 2, 3, 4, 5];

    private static TrainingGroup[] Groups(int negatives)
    {
        Passage About(int text) => new("p" + (text % 6), "", "this is " + Texts[text % 6], "en");
        return [.. All.Select(at => new TrainingGroup(new Query("q" + at, Texts[at], "en"), [new(About(at), 1), .. Enumerable.Range(1, negatives).Select(off => new TrainingCandidate(About(at + off), 0))]))];
    }

    private static BiEncoderModule Module(IBiEncoderLoss loss) => new(EncoderFolder.LoadEncoder(TestPaths.Fixture("bert-tiny")), loss.Learned);

    private static BiEncoderObjective Objective(BiEncoderModule module, IBiEncoderLoss loss, int maxBatchTokens, int negatives = 2, PassSettings? passes = null)
    {
        var objective = new BiEncoderObjective(module, _ => Groups(negatives), TokenizerLoader.FromFolder(TestPaths.Fixture("bert-tiny")), loss,
            new BiEncoderObjectiveOptions { Groups = 6, Sentence = new SentenceModel { MaxLength = 24 }, MaxBatchTokens = maxBatchTokens, Precision = Precision.Float32, Passes = passes ?? new PassSettings() });
        objective.Begin(1, TestContext.Current.CancellationToken);
        return objective;
    }

    private static InBatchLoss InBatch(bool learned = false, Func<string, string, bool>? isRelevant = null) =>
        new(0.1, learned ? new LearnableTemperature(0.1) : null, 0.05, isRelevant ?? ((_, _) => false));

    private static Dictionary<string, float[]> Gradients(Module module)
    {
        using var scope = TensorScope.Begin();
        return module.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Grad?.ToArray<float>() ?? [], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0, 40, false)]
    [InlineData(2, 40, false)]
    [InlineData(2, 1, false)]                              // every text by itself
    [InlineData(2, 40, true)]                              // with dropout: the second pass draws what the first drew
    public void Backward_InParts_GivesTheGradientOfTheWholeBatch(int negatives, int maxBatchTokens, bool ownOnly)
    {
        IBiEncoderLoss Loss() => ownOnly ? new OwnCandidatesLoss(new ListwiseCrossEntropyLoss(), 0.1) : InBatch(learned: true);
        var (wholeLoss, partsLoss) = (Loss(), Loss());
        using var whole = Module(wholeLoss);
        using var parts = Module(partsLoss);
        var expected = Objective(whole, wholeLoss, 0, negatives).Backward(All, 0.5);
        var cached = Objective(parts, partsLoss, maxBatchTokens, negatives).Backward(All, 0.5);
        cached.Loss.ShouldBe(expected.Loss, 1e-5);
        foreach (var (left, right) in cached.Numbers.Zip(expected.Numbers)) left.Value.ShouldBe(right.Value, 1e-5, left.Name);
        var gradients = Gradients(parts);
        foreach (var (name, values) in Gradients(whole))
        {
            var scale = values.Length == 0 ? 0 : values.Max(value => Math.Abs(value));
            gradients[name].Length.ShouldBe(values.Length, name);
            for (var place = 0; place < values.Length; place++) gradients[name][place].ShouldBe(values[place], 1e-6 + 1e-4 * scale, name);
        }
    }

    [Theory]
    [InlineData(2, 2, 0, false)]
    [InlineData(2, 2, 0, false, AdversarialMethod.Fgm)]
    [InlineData(3, 2, 40, false, AdversarialMethod.FreeLb)]
    [InlineData(7, 2, 0, false, AdversarialMethod.Fgm)]
    [InlineData(2, 2, 0, false, AdversarialMethod.Smart)]
    [InlineData(3, 2, 40, false, AdversarialMethod.Smart)]
    [InlineData(2, 2, 40, true, AdversarialMethod.Smart)]
    [InlineData(2, 2, 0, false, null, 0.5)]                // without dropout R-Drop's passes are alike
    [InlineData(3, 2, 40, true, null, 0.5)]
    [InlineData(3, 1, 40, false)]                          // in parts
    [InlineData(4, 0, 40, false)]                          // shares of 2, 2, 1 and 1 of six
    [InlineData(7, 2, 0, false)]                           // one worker has nothing to encode
    [InlineData(2, 2, 40, true)]
    public async Task Backward_SharedByWorkers_AddsUpToTheGradientOfTheWholeBatch(int count, int negatives, int maxBatchTokens, bool ownOnly, AdversarialMethod? method = null, double rDrop = 0)
    {
        WorkerThreads.OrSkip();
        var adversary = method is { } named ? new AdversarialSettings { Method = named, Step = 0.1, Steps = named == AdversarialMethod.Fgm ? 1 : 2, Start = named == AdversarialMethod.Smart ? 0.05 : 0, Noise = Waves } : null;
        var passes = new PassSettings { Adversarial = adversary, RDrop = rDrop };
        // Near its least value a divergence has a small gradient, whose rounding grows when it is brought to the size of a move.
        var rounding = method == AdversarialMethod.Smart ? 20 : 1;
        IBiEncoderLoss Loss() => ownOnly ? new OwnCandidatesLoss(new ListwiseCrossEntropyLoss(), 0.1) : InBatch(learned: true);
        var aloneLoss = Loss();
        using var alone = Module(aloneLoss);
        var expected = Objective(alone, aloneLoss, 0, negatives, passes).Backward(All, 0.5);
        var wanted = Gradients(alone);
        var shared = await WorkerThreads.RunAsync(count, workers =>
        {
            var loss = Loss();
            using var module = Module(loss);
            var outcome = Objective(module, loss, maxBatchTokens, negatives, passes).Backward(All, 0.5, workers);
            workers.SumGradients(module.Parameters);
            return (Outcome: outcome, Gradients: Gradients(module));
        });
        foreach (var (value, failure) in shared)
        {
            failure.ShouldBeNull();
            value.Outcome.Loss.ShouldBe(expected.Loss, 1e-5 * rounding);
            if (method == AdversarialMethod.Smart) value.Outcome.Numbers.Single(number => number.Name == "divergence").Value.ShouldBeGreaterThan(1e-4);
            foreach (var (left, right) in value.Outcome.Numbers.Zip(expected.Numbers)) left.Value.ShouldBe(right.Value, 1e-5 * rounding, left.Name);
            foreach (var (name, values) in wanted)
            {
                var scale = values.Length == 0 ? 0 : values.Max(number => Math.Abs(number));
                value.Gradients[name].Length.ShouldBe(values.Length, name);
                for (var place = 0; place < values.Length; place++) value.Gradients[name][place].ShouldBe(values[place], 1e-6 + 1e-4 * rounding * scale, name);
            }
        }
    }

    /// <summary>Noise that every sequence of a batch has alike, so that it does not matter who draws it.</summary>
    private static Tensor Waves(IReadOnlyList<long> shape)
    {
        var values = new float[shape[0] * shape[1] * shape[2]];
        for (var at = 0; at < values.Length; at++) values[at] = (float)Math.Sin(1 + at % (shape[1] * shape[2]) / shape[2] * 7 + at % shape[2]);
        return Tensor.From(values, shape[0], shape[1], shape[2]);
    }

    [Fact]
    public async Task Backward_RDropWithDropoutSharedByWorkers_AllSeeTheSameTwoPasses()
    {
        WorkerThreads.OrSkip();
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(TestPaths.Fixture("bert-tiny"))) File.Copy(file, folder[Path.GetFileName(file)]);
        folder.Write("config.json", File.ReadAllText(folder["config.json"]).Replace("\"hidden_dropout_prob\": 0.0", "\"hidden_dropout_prob\": 0.3", StringComparison.Ordinal));
        var passes = new PassSettings { RDrop = 0.5 };
        var shared = await WorkerThreads.RunAsync(3, workers =>
        {
            var loss = InBatch();
            using var module = new BiEncoderModule(EncoderFolder.LoadEncoder(folder.Path), loss.Learned);
            module.Train();
            return Objective(module, loss, 0, passes: passes).Backward(All, 1, workers).Loss;
        });
        foreach (var (_, failure) in shared) failure.ShouldBeNull();
        shared.Select(worker => worker.Value).ShouldAllBe(loss => Math.Abs(loss - shared[0].Value) < 1e-6);
        var plainLoss = InBatch();
        using var plain = Module(plainLoss);
        Math.Abs(shared[0].Value - Objective(plain, plainLoss, 0).Backward(All, 1).Loss).ShouldBeGreaterThan(1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Backward_OnCuda_IsNearTheGradientOnTheCpu(int maxBatchTokens)
    {
        Assert.SkipUnless(Torch.CudaAvailable, "there is no CUDA device");
        var (hereLoss, thereLoss) = (InBatch(learned: true), InBatch(learned: true));
        using var here = Module(hereLoss);
        using var there = Module(thereLoss);
        there.To(Device.Cuda());
        var expected = Objective(here, hereLoss, 0).Backward(All, 0.5);
        Objective(there, thereLoss, maxBatchTokens).Backward(All, 0.5).Loss.ShouldBe(expected.Loss, 1e-4);
        var gradients = Gradients(there);
        foreach (var (name, values) in Gradients(here))
        {
            var scale = values.Length == 0 ? 0 : values.Max(value => Math.Abs(value));
            for (var place = 0; place < values.Length; place++) gradients[name][place].ShouldBe(values[place], 1e-5 + 1e-3 * scale, name);
        }
    }

    [Fact]
    public void Backward_InPartsWithDropout_IsTheGradientOfTheLossThatWasDrawn()
    {
        Torch.ManualSeed(5);
        var config = EncoderConfigFile.Load(TestPaths.Fixture("bert-tiny")) with { HiddenDropout = 0.2, AttentionDropout = 0.2, InitializerRange = 0.2 };
        var encoder = new TransformerEncoder(config, withPooler: false);
        EncoderInitialiser.Initialise(encoder, config);
        using var module = new BiEncoderModule(encoder, null);
        module.Train();
        var objective = Objective(module, InBatch(), 40);
        double Loss()
        {
            module.ZeroGrad();
            Torch.ManualSeed(1);
            return objective.Backward(All, 1).Loss;
        }
        var before = Loss();
        Loss().ShouldBe(before);
        using var scope = TensorScope.Begin();
        var squared = module.Parameters.Sum(parameter => parameter.Value.Grad is { } gradient ? Math.Pow(gradient.Norm().Item(), 2) : 0);
        var step = 0.01 / squared;
        using (NoGrad.Begin())
        {
            foreach (var parameter in module.Parameters)
            {
                if (parameter.Value.Grad is { } gradient) parameter.Value.CopyInPlace(parameter.Value - gradient * step);
            }
        }
        (before - Loss()).ShouldBe(0.01, 0.001);
    }

    [Fact]
    public void Backward_LearnedTemperature_HasAGradientAndStaysWithinItsLimits()
    {
        var loss = InBatch(learned: true);
        using var module = Module(loss);
        Objective(module, loss, 0).Backward(All, 1);
        var scale = module.Parameters.Single(parameter => parameter.Name == "logit_scale").Value;
        scale.Grad!.Item().ShouldNotBe(0);
        using (NoGrad.Begin()) scale.FillInPlace(50);
        Objective(module, loss, 0).AfterStep();
        scale.Item().ShouldBe(Math.Log(100), 1e-5);
    }

    [Fact]
    public void Backward_EveryOtherPassageIsRelevant_NothingIsLearned()
    {
        var loss = InBatch(isRelevant: (_, _) => true);
        using var module = Module(loss);
        Objective(module, loss, 0, negatives: 0).Backward(All, 1);
        Gradients(module).Values.ShouldAllBe(gradient => gradient.All(value => value == 0));
    }
}
