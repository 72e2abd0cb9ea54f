using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Tests;

public sealed class AutogradTests : RequiresTorch
{
    /// <summary>Each function is smooth where it is tried, so central differences in float64 agree to 1e-5 relative.</summary>
    public static TheoryData<string> Functions => ["softmax", "layernorm", "gelu", "tanh", "logsumexp", "attention", "embedding", "norm", "crossentropy"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Backward_AgainstCentralDifferences_Agrees(string function)
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(3);
        var x = Tensor.Randn([4, 6], DType.Float64).WithGrad();
        var fixedWeights = Tensor.Randn([4, 6], DType.Float64);
        Evaluate(function, x, fixedWeights).Backward();
        var gradient = x.Grad!.ToArray<double>();
        var values = x.Detach().ToArray<double>();
        const double step = 1e-6;
        for (var i = 0; i < values.Length; i++)
        {
            double At(double offset)
            {
                using var inner = TensorScope.Begin();
                using var off = NoGrad.Begin();
                var moved = (double[])values.Clone();
                moved[i] += offset;
                return Evaluate(function, Tensor.From(moved, 4, 6), fixedWeights).Item();
            }
            var difference = (At(step) - At(-step)) / (2 * step);
            Math.Abs(difference - gradient[i]).ShouldBeLessThan(1e-5 * Math.Max(1, Math.Abs(difference)), $"{function}, element {i}");
        }
    }

    [Fact]
    public void NoGrad_Inside_RecordsNothingAndEndsWithItsScope()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.Ones([2]).WithGrad();
        using (NoGrad.Begin())
        {
            (x * 2).RequiresGrad.ShouldBeFalse();
            using (NoGrad.EnableGrad()) (x * 2).RequiresGrad.ShouldBeTrue();
            (x * 2).RequiresGrad.ShouldBeFalse();
        }
        (x * 2).RequiresGrad.ShouldBeTrue();
        x.Detach().RequiresGrad.ShouldBeFalse();
    }

    [Fact]
    public void Grad_CollectsUntilSetToNull()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.Ones([2]).WithGrad();
        x.Grad.ShouldBeNull();
        x.Sum().Backward();
        (x * 3).Sum().Backward();
        x.Grad!.ToArray<float>().ShouldBe([4f, 4f]);
        x.Grad = null;
        x.Grad.ShouldBeNull();
    }

    [Fact]
    public void Backward_NothingRecorded_IsATypedFailure()
    {
        using var x = Tensor.Ones([]);
        var failure = Should.Throw<TensorOperatorException>(() => x.Backward());
        failure.OperatorName.ShouldBe("Backward");
        failure.Message.ShouldContain("does not require grad");
    }

    private static Tensor Evaluate(string function, Tensor x, Tensor weights) => function switch
    {
        "softmax" => (x.Softmax(-1) * weights).Sum(),
        "layernorm" => (x.LayerNorm(weights.Select(0, 0), weights.Select(0, 1), 1e-5) * weights).Sum(),
        "gelu" => (x.Gelu() * weights).Sum(),
        "tanh" => (x.Tanh() * weights).Sum(),
        "logsumexp" => x.LogSumExp(1).Square().Sum(),
        "attention" => (x.MatMul(x.Transpose(0, 1)) / 2).Softmax(-1).MatMul(weights).Square().Sum(),
        "embedding" => (x.Embedding(Tensor.From([1L, 3L, 1L])) * weights.Narrow(0, 0, 3)).Sum(),
        "norm" => (x / x.Norm(1, keepDimension: true) * weights).Sum(),
        _ => x.CrossEntropy(Tensor.From([0L, 5L, 2L, 2L])),
    };
}
