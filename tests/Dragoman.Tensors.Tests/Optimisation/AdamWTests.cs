using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Tensors.Weights;

namespace Dragoman.Tensors.Tests.Optimisation;

public sealed class AdamWTests : RequiresTorch
{
    /// <summary>Float32 against the formula in float64: three steps differ by rounding only.</summary>
    [Theory]
    [InlineData(DType.Float32, 1e-6)]
    [InlineData(DType.Float64, 1e-12)]
    public void Step_ThreeTimes_FollowsTheFormula(DType type, double tolerance)
    {
        double[] values = [1, -2, 0.5, 3, -0.25, 0.125, 8, -7, 6, 2, 1];
        double[][] gradients = [.. Enumerable.Range(1, 3).Select(step => values.Select((_, i) => Math.Sin(step * 3 + i)).ToArray())];
        using var parameter = new Parameter("w", Tensor.From(values).To(type));
        using var optimiser = new AdamW([new ParameterGroup([parameter], 0.1, 0.02)]);
        var (mean, square) = (new double[values.Length], new double[values.Length]);
        for (var step = 1; step <= 3; step++)
        {
            using var scope = TensorScope.Begin();
            parameter.Value.Grad = Tensor.From(gradients[step - 1]).To(type);
            optimiser.Step(rateFactor: 0.5);
            for (var i = 0; i < values.Length; i++)
            {
                var g = gradients[step - 1][i];
                mean[i] = 0.9 * mean[i] + 0.1 * g;
                square[i] = 0.999 * square[i] + 0.001 * g * g;
                values[i] -= 0.05 * 0.02 * values[i];
                values[i] -= 0.05 * (mean[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
            parameter.Value.Detach().To(DType.Float64).ToArray<double>().Zip(values).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < tolerance * 10);
        }
    }

    [Fact]
    public void Apply_OnePassAndOperators_GiveTheSame()
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(4);
        var step = new AdamWStep { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Decay = 0.99, Size = 0.01, SquareCorrection = 0.3 };
        Tensor[] Fresh() => [Tensor.From(Enumerable.Range(0, 200_003).Select(i => MathF.Sin(i)).ToArray()), Tensor.From(Enumerable.Range(0, 200_003).Select(i => MathF.Cos(i)).ToArray()),
            Tensor.Full([200_003], 0.1), Tensor.Full([200_003], 0.2)];
        var (fast, slow) = (Fresh(), Fresh());
        step.Apply(fast[0], fast[1], fast[2], fast[3]);
        step.ByOperators(slow[0], slow[1], slow[2], slow[3]);
        for (var i = 0; i < 4; i++) fast[i].IsCloseTo(slow[i], 1e-5, 1e-7).ShouldBeTrue($"array {i}");
    }

    [Fact]
    public void Step_SparseGradient_MovesOnlyRowsUsedAndAsTheDenseOneWould()
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(6);
        var first = Tensor.Randn([10, 4]);
        using var sparse = new Parameter("s", first.Clone());
        using var dense = new Parameter("d", first.Clone());
        using var optimiser = new AdamW([new ParameterGroup([sparse, dense], 0.01, 0.1)]);
        var ids = Tensor.From([3L, 7L, 3L]);
        sparse.Value.Embedding(ids, sparse: true).Square().Sum().Backward();
        dense.Value.Embedding(ids).Square().Sum().Backward();
        sparse.Value.Grad!.IsSparse.ShouldBeTrue();
        optimiser.Step();
        var rows = Tensor.From([3L, 7L]);
        sparse.Value.IndexSelect(0, rows).IsCloseTo(dense.Value.IndexSelect(0, rows)).ShouldBeTrue();
        sparse.Value.Select(0, 0).IsEqualTo(first.Select(0, 0)).ShouldBeTrue();
        dense.Value.Select(0, 0).IsEqualTo(first.Select(0, 0)).ShouldBeFalse();
    }

    [Fact]
    public void Load_AfterState_GoesOnBitByBit()
    {
        using var folder = new TemporaryFolder();
        var path = folder["optimiser.safetensors"];
        using var scope = TensorScope.Begin();
        using var whole = new Parameter("w", Tensor.Full([5, 3], 0.7));
        using var first = new AdamW([new ParameterGroup([whole], 0.05, 0.01)]);
        for (var step = 0; step < 4; step++) Take(first, whole, step);
        SafetensorsWriter.Write(path, first.State());
        using var resumed = new Parameter("w", whole.Value.Detach().Clone());
        using var second = new AdamW([new ParameterGroup([resumed], 0.05, 0.01)]);
        using (var source = WeightFile.Open(path)) second.Load(source);
        second.Steps.ShouldBe(4);
        for (var step = 4; step < 8; step++)
        {
            Take(first, whole, step);
            Take(second, resumed, step);
        }
        resumed.Value.IsEqualTo(whole).ShouldBeTrue();
    }

    [Fact]
    public void WithoutDecayOnBiases_SplitsByDimensions()
    {
        using var weight = new Parameter("a.weight", Tensor.Ones([2, 2]));
        using var bias = new Parameter("a.bias", Tensor.Ones([2]));
        var groups = ParameterGroup.WithoutDecayOnBiases([weight, bias], 0.1, 0.01);
        groups[0].Parameters.ShouldBe([weight]);
        groups[1].Parameters.ShouldBe([bias]);
        groups[1].WeightDecay.ShouldBe(0);
        Should.Throw<ArgumentException>(() => new AdamW([.. groups, groups[0]])).Message.ShouldContain("'a.weight' is in two groups");
    }

    private static void Take(AdamW optimiser, Parameter parameter, int step)
    {
        optimiser.ZeroGrad();
        (parameter.Value * Math.Cos(step)).Square().Sum().Backward();
        optimiser.Step();
    }
}
