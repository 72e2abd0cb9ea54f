using Dragoman.Tensors;
using Dragoman.Training.Adversarial;
using Dragoman.Training.Fitting;

namespace Dragoman.Training.Tests.Adversarial;

public sealed class AdversaryTests : RequiresTorch
{
    private static AdversarialSettings Absolute(AdversarialMethod method) => AdversarialSettings.Defaults(method, isRelative: false);

    private static (double Loss, Tensor Outputs, double Number) Backward(PerturbedModel model, AdversarialSettings settings, int part = 8, double weight = 1) =>
        new Adversary(settings, model.Model).Backward(model.Passes(part), model, weight);

    private static void Plain(PerturbedModel model, int part = 8, double weight = 1) => model.Passes(part).Backward([new SequenceRun()], model.Loss, weight);

    private static Perturbations At(PerturbedModel model, SequencePasses passes, AdversarialSettings settings, int moves)
    {
        var perturbations = new Perturbations(passes, settings);
        for (var move = 0; move < moves; move++)
        {
            passes.Backward([new SequenceRun(perturbations.WithGrad().Added)], model.Loss, 1);
            perturbations.Move(settings.Method == AdversarialMethod.Fgm ? settings.Epsilon : settings.Step);
            if (settings.Epsilon > 0) perturbations.Project();
        }
        return perturbations;
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(3, false)]
    [InlineData(8, true)]
    public void Move_AlongTheGradient_HasItsLengthInEverySequenceAndLeavesPadding(int part, bool isRelative)
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var passes = model.Passes(part);
        var added = At(model, passes, new AdversarialSettings { Epsilon = 0.25, IsRelative = isRelative }, 1).Added;
        var at = 0;
        for (var piece = 0; piece < added.Count; piece++)
        {
            var (lengths, means) = (added[piece].Norm(2).ToArray<float>(), passes.TokenLengths()[piece].ToArray<float>());                // [B, T], [B]
            var columns = (int)added[piece].Size(1);
            for (var row = 0; row < added[piece].Size(0); row++, at++)
            {
                var tokens = PerturbedModel.TokensOf[at];
                var unit = isRelative ? Math.Sqrt(tokens) * means[row] : 1;
                Math.Sqrt(lengths.Skip(row * columns).Take(tokens).Sum(length => (double)length * length)).ShouldBe(0.25 * unit, 1e-5 * unit);
                lengths.Skip(row * columns + tokens).Take(columns - tokens).ShouldAllBe(length => length == 0);
            }
        }
        at.ShouldBe(8);
    }

    [Fact]
    public void Project_ManyMoves_StaysWithinTheBall()
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var settings = Absolute(AdversarialMethod.Pgd) with { Epsilon = 0.5 };
        At(model, model.Passes(), settings, 1).Added[0].Flatten(1).Norm(1).ToArray<float>().ShouldAllBe(length => Math.Abs(length - 0.3) < 1e-5);
        At(model, model.Passes(), settings, 4).Added[0].Flatten(1).Norm(1).ToArray<float>().ShouldAllBe(length => length > 0.4 && length < 0.5 + 1e-5);
    }

    [Theory]
    [InlineData(AdversarialMethod.Fgm, 8)]
    [InlineData(AdversarialMethod.Fgm, 3)]
    [InlineData(AdversarialMethod.Pgd, 8)]
    [InlineData(AdversarialMethod.FreeLb, 8)]
    [InlineData(AdversarialMethod.FreeLb, 3)]
    public void Backward_NothingIsAdded_GradientEqualsPlainBitForBit(AdversarialMethod method, int part)
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel(dropout: 0.2);
        var settings = new AdversarialSettings { Method = method, Epsilon = 0, Step = 0, Steps = method == AdversarialMethod.Pgd ? 3 : 1 };
        var expected = model.Gradients(() => Plain(model, part, 0.5));
        var actual = model.Gradients(() => Backward(model, settings, part, 0.5));
        foreach (var (name, values) in expected) actual[name].ShouldBe(values, name);
    }

    [Fact]
    public void Backward_Fgm_RaisesTheLossByItsLengthTimesTheGradientsToFirstOrder()
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        const double epsilon = 1e-3;
        var zero = new Perturbations(model.Passes(), Absolute(AdversarialMethod.Fgm)).WithGrad();
        model.Passes().Backward([new SequenceRun(zero.Added)], model.Loss, 1);
        var slope = zero.Added[0].Grad!.Flatten(1).Norm(1).Sum().Item();
        var (clean, _, perturbed) = Backward(model, Absolute(AdversarialMethod.Fgm) with { Epsilon = epsilon });
        slope.ShouldBeGreaterThan(0.01);
        (perturbed - clean).ShouldBe(epsilon * slope, 0.05 * epsilon * slope);
    }

    [Theory]
    [InlineData(AdversarialMethod.Fgm, 1, 8)]
    [InlineData(AdversarialMethod.Pgd, 3, 8)]
    [InlineData(AdversarialMethod.Pgd, 3, 3)]
    public void Backward_Ascent_GradientIsThePlainOneAndThatOfTheLastPass(AdversarialMethod method, int moves, int part)
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var settings = Absolute(method);
        var passes = model.Passes(part);
        var last = At(model, passes, settings, moves).Added;
        var expected = model.Gradients(() =>
        {
            Plain(model, part);
            passes.Backward([new SequenceRun(last)], model.Loss, 1);
        });
        var actual = model.Gradients(() => Backward(model, settings, part));
        foreach (var (name, values) in expected)
            for (var place = 0; place < values.Length; place++) actual[name][place].ShouldBe(values[place], 1e-5, name);
    }

    [Fact]
    public void Backward_FreeLb_GradientIsTheMeanOfItsPasses()
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var settings = Absolute(AdversarialMethod.FreeLb) with { Start = 0, Steps = 2 };
        var passes = model.Passes();
        var second = At(model, passes, settings, 1).Added;
        var expected = model.Gradients(() =>
        {
            Plain(model, weight: 0.5);
            passes.Backward([new SequenceRun(second)], model.Loss, 0.5);
        });
        var actual = model.Gradients(() => Backward(model, settings));
        foreach (var (name, values) in expected)
            for (var place = 0; place < values.Length; place++) actual[name][place].ShouldBe(values[place], 1e-6, name);
    }

    [Fact]
    public void DrawUniform_FreeLb_IsWithinItsBoundsAndFillsThem()
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var perturbations = new Perturbations(model.Passes(), Absolute(AdversarialMethod.FreeLb) with { Start = 0.6 });
        perturbations.DrawUniform();
        var largest = perturbations.Added[0].Abs().Flatten(1).Max(1).Values.ToArray<float>();
        for (var row = 0; row < 8; row++) ((double)largest[row]).ShouldBeInRange(0.8 * 0.6 / Math.Sqrt(PerturbedModel.TokensOf[row] * 16), 0.6 / Math.Sqrt(PerturbedModel.TokensOf[row] * 16));
    }

    [Fact]
    public void Backward_Smart_LargestValueOfEveryTokenIsEpsilonAndTheDistributionMoves()
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var settings = Absolute(AdversarialMethod.Smart) with { Epsilon = 0.05 };
        var perturbations = new Perturbations(model.Passes(), settings);
        perturbations.DrawNormal();
        model.Passes().Backward([new SequenceRun(perturbations.WithGrad().Added)], model.Loss, 1);
        perturbations.MoveByLargest();
        var largest = perturbations.Added[0].Abs().Max(2).Values.ToArray<float>();
        for (var row = 0; row < 8; row++)
            for (var column = 0; column < 9; column++) largest[row * 9 + column].ShouldBe(column < PerturbedModel.TokensOf[row] ? 0.05f : 0, 1e-6f);

        double Divergence(double epsilon) => Backward(model, settings with { Epsilon = epsilon }).Number;
        Divergence(0).ShouldBe(0, 1e-9);
        Divergence(0.05).ShouldBeGreaterThan(0);
        (Divergence(0.1) / Divergence(0.05)).ShouldBe(4, 1.5);                                 // a divergence grows with the square
        var (loss, _, divergence) = Backward(model, settings with { Weight = 3 });
        var (plain, _) = model.Passes().Backward([new SequenceRun()], model.Loss, 1);
        loss.ShouldBe(plain + 3 * divergence, 1e-6);
    }

    [Theory]
    [InlineData(AdversarialMethod.Fgm)]
    [InlineData(AdversarialMethod.Pgd)]
    [InlineData(AdversarialMethod.FreeLb)]
    [InlineData(AdversarialMethod.Smart)]
    public void Backward_InParts_IsTheWholeBatchsAndWeightsAreAsTheyWere(AdversarialMethod method)
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel();
        var settings = AdversarialSettings.Defaults(method, isRelative: true) with { Start = 0 };
        // Without a random start SMART has no gradient to go along; what is compared is then the plain loss and the divergence of nothing.
        var before = model.Model.Parameters.Select(parameter => parameter.Value.Detach().Clone().ToArray<float>()).ToList();
        var whole = model.Gradients(() => Backward(model, settings));
        var parts = model.Gradients(() => Backward(model, settings, part: 3));
        foreach (var (name, values) in whole)
            for (var place = 0; place < values.Length; place++) parts[name][place].ShouldBe(values[place], 1e-5, name);
        model.Model.Parameters.Select(parameter => parameter.Value.Detach().ToArray<float>()).ToList().ShouldBe(before);
        model.Model.Parameters.ShouldAllBe(parameter => parameter.Value.RequiresGrad);
    }

    [Fact]
    public void Backward_RDropWithoutDropout_IsTheLossAndWithItIsMore()
    {
        using var scope = TensorScope.Begin();
        double Loss(double dropout, double rDrop)
        {
            using var model = new PerturbedModel(dropout);
            Torch.ManualSeed(1);
            return new BatchGradient(new PassSettings { RDrop = rDrop }, model.Model).Backward(model.Passes(), model, 1).Loss;
        }
        Loss(0, 0.7).ShouldBe(Loss(0, 0), 1e-6);
        (Loss(0.3, 5) - Loss(0.3, 1e-9)).ShouldBeGreaterThan(1e-4);
    }

    [Fact]
    public void Backward_RDropInParts_IsTheGradientOfTheLossThatWasDrawn()
    {
        using var scope = TensorScope.Begin();
        using var model = new PerturbedModel(dropout: 0.2);
        double Loss()
        {
            model.Model.ZeroGrad();
            Torch.ManualSeed(1);
            return new BatchGradient(new PassSettings { RDrop = 1 }, model.Model).Backward(model.Passes(part: 3), model, 1).Loss;
        }
        var before = Loss();
        Loss().ShouldBe(before);
        var step = 0.005 / model.Model.Parameters.Sum(parameter => parameter.Value.Grad is { } gradient ? Math.Pow(gradient.Norm().Item(), 2) : 0);
        using (NoGrad.Begin())
            foreach (var parameter in model.Model.Parameters)
                if (parameter.Value.Grad is { } gradient) parameter.Value.CopyInPlace(parameter.Value - gradient * step);
        (before - Loss()).ShouldBe(0.005, 0.001);
    }
}
