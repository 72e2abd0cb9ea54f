using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;

namespace Dragoman.Tensors.Tests.Optimisation;

public sealed class GradientClippingTests : RequiresTorch
{
    [Fact]
    public void ByNorm_LongGradient_IsScaledAndItsLengthReturned()
    {
        using var scope = TensorScope.Begin();
        using var a = new Parameter("a", Tensor.Zeros([2]));
        using var b = new Parameter("b", Tensor.Zeros([1]));
        using var unused = new Parameter("c", Tensor.Zeros([1]));
        a.Value.Grad = Tensor.From([2f, 3f]);
        b.Value.Grad = Tensor.From([6f]);
        GradientClipping.ByNorm([a, b, unused], 1).ShouldBe(7, 1e-5);
        a.Value.Grad!.ToArray<float>()[1].ShouldBe(3f / 7, 1e-5f);
        GradientClipping.ByNorm([a, b, unused], 1).ShouldBe(1, 1e-5);
        GradientClipping.ByNorm([unused], 1).ShouldBe(0);
    }

    [Fact]
    public void ByNorm_SparseGradient_CountsEachRowOnce()
    {
        using var scope = TensorScope.Begin();
        using var table = new Parameter("t", Tensor.Ones([5, 2]));
        table.Value.Embedding(Tensor.From([1L, 1L, 4L]), sparse: true).Sum().Backward();
        GradientClipping.ByNorm([table], 1).ShouldBe(Math.Sqrt(2 * 4 + 2), 1e-5);
        GradientClipping.ByNorm([table], 1).ShouldBe(1, 1e-5);
    }
}
