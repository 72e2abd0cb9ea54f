using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class EmbeddingDistillationTests : RequiresTorch
{
    [Fact]
    public void Compute_TwoPairs_EqualsTheFormulaAndTeachesBothSides()
    {
        using var scope = TensorScope.Begin();
        double[] source = [1, 0, 0.5, 2], target = [0, 1, 1, 1], teacher = [1, 1, 0, 2];
        var (x, y, t) = (Tensor.From(source, 2, 2).WithGrad(), Tensor.From(target, 2, 2).WithGrad(), Tensor.From(teacher, 2, 2).WithGrad());
        var loss = EmbeddingDistillation.Compute(x, y, t);
        loss.Item().ShouldBe(((0 + 1 + 0.25 + 0) + (1 + 0 + 1 + 1)) / 4.0, 1e-12);
        loss.Backward();
        x.Grad!.ToArray<double>().ShouldBe([.. source.Zip(teacher, (a, b) => (a - b) / 2)]);              // d/da (a − b)²/4
        y.Grad!.ToArray<double>().ShouldBe([.. target.Zip(teacher, (a, b) => (a - b) / 2)]);
        t.Grad.ShouldBeNull();
        Should.Throw<ShapeException>(() => EmbeddingDistillation.Compute(x, Tensor.Ones([2, 3]), t)).Message.ShouldBe("student target has shape [2, 3]; expected [2, 2].");
    }
}
