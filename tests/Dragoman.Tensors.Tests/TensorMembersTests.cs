namespace Dragoman.Tensors.Tests;

/// <summary>Members that are one call of an operator each: a wrong name or argument order would only show when they run.</summary>
public sealed class TensorMembersTests : RequiresTorch
{
    private static Tensor Grid => Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], 2, 3);

    [Fact]
    public void Elementwise_KnownNumbers_AreComputed()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From([-1f, 0f, 3f], 3);
        (x + 1.5).Log1p().ToArray<float>().ShouldBe([MathF.Log(1.5f), MathF.Log(2.5f), MathF.Log(5.5f)], 1e-6f);
        x.Sigmoid().ToArray<float>().ShouldBe([0.26894142f, 0.5f, 0.95257413f], 1e-6f);
        x.LogSigmoid().ToArray<float>().ShouldBe([-1.3132617f, -0.6931472f, -0.04858735f], 1e-6f);
        (x + 2).Rsqrt().ToArray<float>().ShouldBe([1f, 0.70710678f, 0.4472136f], 1e-6f);
        x.ClampMax(0.5).ToArray<float>().ShouldBe([-1f, 0f, 0.5f]);
        x.Exp2().ToArray<float>().ShouldBe([0.5f, 1f, 8f]);
        (x * 1e-6).Expm1().ToArray<float>().ShouldBe([-9.999995e-7f, 0f, 3.0000045e-6f], 1e-12f);
        Tensor.From([-1f, 0f, 3f], 3).ClampInPlace(-0.5, 2).ToArray<float>().ShouldBe([-0.5f, 0f, 2f]);
        x.OnesLike().ToArray<float>().ShouldBe([1f, 1f, 1f]);
    }

    [Fact]
    public void Comparisons_KnownNumbers_GiveMasks()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From([1f, 2f, 3f], 3);
        x.Le(2).ToArray<bool>().ShouldBe([true, true, false]);
        x.Ge(2).ToArray<bool>().ShouldBe([false, true, true]);
        x.Le(2).Not().ToArray<bool>().ShouldBe([false, false, true]);
        x.Le(2).And(x.Ge(2)).ToArray<bool>().ShouldBe([false, true, false]);
        x.Le(1).Or(x.Ge(3)).ToArray<bool>().ShouldBe([true, false, true]);
    }

    [Fact]
    public void Shapes_Grid_AreRearranged()
    {
        using var scope = TensorScope.Begin();
        Grid.Permute(1, 0).Contiguous().ToArray<float>().ShouldBe([1f, 4f, 2f, 5f, 3f, 6f]);
        Grid.Flip(1).ToArray<float>().ShouldBe([3f, 2f, 1f, 6f, 5f, 4f]);
        Grid.Diagonal().ToArray<float>().ShouldBe([1f, 5f]);
        Grid.Flatten().Shape.ShouldBe([6L]);
        Grid.Unsqueeze(0).Expand(2, 2, 3).Sum().Item().ShouldBe(42);
        Grid.View(1, 2, 3, 1).Shape4("B C H W").ShouldBe((1L, 2L, 3L, 1L));
        Grid.Unbind(0).Select(row => row.ToArray<float>()).ShouldBe([[1f, 2f, 3f], [4f, 5f, 6f]]);
        Tensor.Cat([Grid, Grid.Narrow(1, 0, 1)], 1).ToArray<float>().ShouldBe([1f, 2f, 3f, 1f, 4f, 5f, 6f, 4f]);
        Grid.Gather(1, Tensor.From([2L, 0L], 2, 1)).ToArray<float>().ShouldBe([3f, 4f]);
        Grid.ArgMax(1).ToArray<long>().ShouldBe([2L, 2L]);
    }

    [Fact]
    public void Products_Grid_AreComputed()
    {
        using var scope = TensorScope.Begin();
        float[] product = [14f, 32f, 32f, 77f];
        var (left, right) = (Grid, Grid.Transpose(0, 1));
        left.Unsqueeze(0).Bmm(right.Unsqueeze(0)).ToArray<float>().ShouldBe(product);
        Tensor.Ones([2, 2]).Addmm(left, right, beta: 10, alpha: 2).ToArray<float>().ShouldBe([.. product.Select(value => 10 + 2 * value)]);
        Tensor.Ones([1, 2, 2]).Baddbmm(left.Unsqueeze(0), right.Unsqueeze(0), beta: 3).ToArray<float>().ShouldBe([.. product.Select(value => 3 + value)]);
    }

    [Fact]
    public void Draws_Bounds_AreKept()
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(5);
        var whole = Tensor.Randint(3, 6, [200]).ToArray<long>();
        whole.Min().ShouldBe(3);
        whole.Max().ShouldBe(5);
        var real = Tensor.Zeros([200]).UniformInPlace(-2, -1).ToArray<float>();
        real.ShouldAllBe(value => value >= -2 && value <= -1);
        real.Distinct().Count().ShouldBeGreaterThan(150);
    }
}
