using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Layers;

namespace Dragoman.Tensors.Tests.Layers;

/// <summary>Against the same layer made of libtorch's operators, one sequence at a time.</summary>
public sealed class FusedTransformerLayerTests : RequiresTorch
{
    private static readonly int[] Lengths = [1, 37, 5, 70];

    /// <summary>Widths of a head below, at and above whole vectors, and an activation each.</summary>
    public static TheoryData<int, int, FusedActivation> Shapes => new()
    {
        { 5, 8, FusedActivation.Gelu },
        { 2, 20, FusedActivation.GeluTanh },
        { 3, 32, FusedActivation.Relu },
        { 1, 64, FusedActivation.Gelu },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_Float32_EqualsTheOperatorsAndTheirGradients(int heads, int size, FusedActivation activation)
    {
        using var scope = TensorScope.Begin();
        var sample = new Sample(heads, size, activation);
        foreach (var firstOnly in new[] { false, true })
        {
            var expected = sample.ByOperators(firstOnly);
            var weights = Tensor.Randn([expected.Size(0), expected.Size(1)]);
            (expected * weights).Sum().Backward();
            var gradients = sample.TakeGradients();
            var fused = sample.Fused.Forward(sample.X, sample.Offsets, firstOnly);
            (fused * weights).Sum().Backward();

            Close(fused, expected, 2e-5);
            foreach (var (mine, theirs) in sample.TakeGradients().Zip(gradients)) Close(mine, theirs, 1e-4);
        }
    }

    [Fact]
    public void Forward_WithoutGradients_GivesTheSame()
    {
        using var scope = TensorScope.Begin();
        var sample = new Sample(3, 16, FusedActivation.Gelu);
        var recorded = sample.Fused.Forward(sample.X, sample.Offsets);
        using var off = NoGrad.Begin();
        sample.Fused.Forward(sample.X, sample.Offsets).ToArray<float>().ShouldBe(recorded.Detach().ToArray<float>());
    }

    [Fact]
    public void Forward_BFloat16_StaysWithinItsDigits()
    {
        using var scope = TensorScope.Begin();
        var sample = new Sample(3, 32, FusedActivation.Gelu);
        var expected = sample.ByOperators(firstOnly: false);
        var weights = Tensor.Randn([expected.Size(0), expected.Size(1)]);
        (expected * weights).Sum().Backward();
        var gradients = sample.TakeGradients();
        Tensor fused;
        using (Autocast.Begin()) fused = sample.Fused.Forward(sample.X, sample.Offsets);
        (fused * weights).Sum().Backward();

        fused.Type.ShouldBe(DType.Float32);
        // bfloat16 keeps 8 bits, 0.4 % of a value; what is computed of such values one after another is off by a few times as much.
        RootMeanSquareError(fused, expected).ShouldBeLessThan(0.02);
        foreach (var (mine, theirs) in sample.TakeGradients().Zip(gradients)) RootMeanSquareError(mine, theirs).ShouldBeLessThan(0.04);
    }

    [Fact]
    public void Forward_AfterAWeightHasChanged_ConvertsItAgain()
    {
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        using var autocast = Autocast.Begin();
        var sample = new Sample(2, 16, FusedActivation.Gelu);
        var before = sample.Fused.Forward(sample.X, sample.Offsets).ToArray<float>();
        sample.Fused.Forward(sample.X, sample.Offsets).ToArray<float>().ShouldBe(before);
        sample.Weights[12].MulInPlace(2);
        sample.Fused.Forward(sample.X, sample.Offsets).ToArray<float>().ShouldNotBe(before);
    }

    [Fact]
    public void Forward_Dropout_FollowsTheSeedAndKeepsTheMean()
    {
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var sample = new Sample(2, 16, FusedActivation.Gelu);
        foreach (var added in new[] { 6, 7, 12, 13 }) sample.Weights[added].MulInPlace(0.02);     // little is added to the residual, so that the norms are nearly linear in it
        float[] Run(long seed)
        {
            Torch.ManualSeed(seed);
            return sample.Fused.Forward(sample.X, sample.Offsets, attentionDropout: 0.2, hiddenDropout: 0.2).ToArray<float>();
        }
        Run(1).ShouldBe(Run(1));
        Run(1).ShouldNotBe(Run(2));
        var plain = sample.Fused.Forward(sample.X, sample.Offsets).ToArray<float>();
        var runs = Enumerable.Range(0, 400).Select(seed => Run(seed)).ToList();
        var mean = runs.Aggregate(new double[plain.Length], (sums, run) => [.. sums.Zip(run, (sum, value) => sum + value / runs.Count)]);
        double Distance(IEnumerable<double> values) => plain.Zip(values, (one, other) => Math.Abs(one - other)).Average();
        Distance(mean).ShouldBeLessThan(0.15 * Distance(runs[0].Select(value => (double)value)));    // 1/√400 is 0.05
    }

    [Fact]
    public void Backward_Dropout_IsTheSlopeOfWhatWasComputed()
    {
        using var scope = TensorScope.Begin();
        var sample = new Sample(2, 16, FusedActivation.Gelu);
        var weights = Tensor.Randn([Lengths.Sum(), 32]);
        Tensor Loss(Tensor x)
        {
            Torch.ManualSeed(7);
            return (sample.Fused.Forward(x, sample.Offsets, attentionDropout: 0.3, hiddenDropout: 0.3) * weights).Sum();
        }
        Loss(sample.X).Backward();
        var direction = Tensor.Randn([Lengths.Sum(), 32]);
        var slope = (sample.X.Grad! * direction).Sum().Item();
        using var off = NoGrad.Begin();
        const double step = 1e-2;
        var measured = (Loss(sample.X + direction * step).Item() - Loss(sample.X - direction * step).Item()) / (2 * step);
        measured.ShouldBe(slope, 0.01 * Math.Abs(slope) + 0.05);
    }

    [Fact]
    public void Backward_WithAGraphOfItsOwn_IsRefused()
    {
        using var scope = TensorScope.Begin();
        var sample = new Sample(2, 8, FusedActivation.Gelu);
        var loss = sample.Fused.Forward(sample.X, sample.Offsets).Sum();
        Should.Throw<TensorOperatorException>(() => loss.Backward(createGraph: true)).Message.ShouldContain("second derivative");
    }

    private static void Close(Tensor actual, Tensor expected, double tolerance)
    {
        actual.Shape.ShouldBe(expected.Shape);
        using var off = NoGrad.Begin();
        var scale = Math.Max(1, expected.Detach().Abs().Max().Item());
        (actual.Detach() - expected.Detach()).Abs().Max().Item().ShouldBeLessThan(tolerance * scale);
    }

    private static double RootMeanSquareError(Tensor actual, Tensor expected)
    {
        using var off = NoGrad.Begin();
        // The gradient of the keys' bias is zero but for rounding; its error is measured against 1.
        return (actual.Detach() - expected.Detach()).Norm().Item() / Math.Max(expected.Detach().Norm().Item(), Math.Sqrt(expected.Count));
    }

    private sealed class Sample
    {
        private readonly int _heads, _size;
        private readonly FusedActivation _activation;

        internal Sample(int heads, int size, FusedActivation activation)
        {
            Torch.ManualSeed(3);
            (_heads, _size, _activation) = (heads, size, activation);
            var (h, inner) = (heads * size, 3 * heads * size);
            Tensor Draw(double mean, params long[] shape) => (Tensor.Randn(shape) * 0.3 + mean).WithGrad();
            Weights = [Draw(0, h, h), Draw(0, h), Draw(0, h, h), Draw(0, h), Draw(0, h, h), Draw(0, h), Draw(0, h, h), Draw(0, h), Draw(1, h), Draw(0, h),
                Draw(0, inner, h), Draw(0, inner), Draw(0, h, inner), Draw(0, h), Draw(1, h), Draw(0, h)];
            X = Tensor.Randn([Lengths.Sum(), h]).WithGrad();
            Offsets = Tensor.From([0L, .. Lengths.Select((_, index) => (long)Lengths[..(index + 1)].Sum())], Lengths.Length + 1);
            (Tensor, Tensor) Pair(int index) => (Weights[2 * index], Weights[2 * index + 1]);
            Fused = new FusedTransformerLayer(new FusedLayerWeights(Pair(0), Pair(1), Pair(2), Pair(3), Pair(4), Pair(5), Pair(6), Pair(7)), heads, activation, 1e-12);
        }

        internal Tensor[] Weights { get; }

        internal Tensor X { get; }

        internal Tensor Offsets { get; }

        internal FusedTransformerLayer Fused { get; }

        internal Tensor ByOperators(bool firstOnly)
        {
            var (results, start) = (new List<Tensor>(), 0);
            foreach (var length in Lengths)
            {
                var one = Layer(X.Narrow(0, start, length));
                results.Add(firstOnly ? one.Narrow(0, 0, 1) : one);
                start += length;
            }
            return Tensor.Cat([.. results]);
        }

        internal Tensor[] TakeGradients()
        {
            var all = Weights.Append(X).ToArray();
            var gradients = all.Select(tensor => tensor.Grad!).ToArray();
            foreach (var tensor in all) tensor.Grad = null;
            return gradients;
        }

        private Tensor Layer(Tensor x)
        {
            var (w, t) = (Weights, x.Size(0));
            Tensor Split(Tensor projected) => projected.View(t, _heads, _size).Transpose(0, 1);
            var scores = Split(x.Linear(w[0], w[1]) * (1 / Math.Sqrt(_size))).MatMul(Split(x.Linear(w[2], w[3])).Transpose(1, 2));
            var context = scores.Softmax(-1).MatMul(Split(x.Linear(w[4], w[5]))).Transpose(0, 1).Reshape(t, _heads * _size);
            var middle = (x + context.Linear(w[6], w[7])).LayerNorm(w[8], w[9], 1e-12);
            var up = middle.Linear(w[10], w[11]);
            var activated = _activation switch { FusedActivation.Gelu => up.Gelu(), FusedActivation.GeluTanh => up.GeluTanh(), _ => up.Relu() };
            return (middle + activated.Linear(w[12], w[13])).LayerNorm(w[14], w[15], 1e-12);
        }
    }
}
