using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class SoftmaxHingeLossTests : RequiresTorch
{
    private static readonly double[] Positive = [2.0, -1.0, 0.5, 0.3], Negative = [0.0, 1.5, 0.4, -2.0];

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Forward_Pairs_FollowsTheFormula(double margin)
    {
        using var scope = TensorScope.Begin();
        var expected = Positive.Zip(Negative).Average(pair =>
        {
            var p = 1 / (1 + Math.Exp(pair.Second - pair.First));
            return 0.5 * (1 - p + Math.Max(0, 1 - p - margin));
        });
        SoftmaxHingeLoss.Forward(Tensor.From(Positive), Tensor.From(Negative), margin).Item().ShouldBe(expected, 1e-12);
    }

    /// <summary>No pair lies at the hinge's corner, so central differences in float64 agree to 1e-6.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Backward_AgainstCentralDifferences_Agrees(double margin)
    {
        using var scope = TensorScope.Begin();
        var scores = Tensor.From([.. Positive.Zip(Negative).SelectMany(pair => new[] { pair.First, pair.Second })]).WithGrad();
        SoftmaxHingeLoss.ForwardInterleaved(scores, margin).Backward();
        var (gradient, values) = (scores.Grad!.ToArray<double>(), scores.Detach().ToArray<double>());
        for (var i = 0; i < values.Length; i++)
        {
            double At(double offset) => SoftmaxHingeLoss.ForwardInterleaved(Tensor.From([.. values.Select((value, j) => j == i ? value + offset : value)]), margin).Item();
            gradient[i].ShouldBe((At(1e-6) - At(-1e-6)) / 2e-6, 1e-6);
        }
    }

    [Fact]
    public void Forward_ScoresExchanged_LossesSumToOne()
    {
        using var scope = TensorScope.Begin();
        var (a, b) = (Tensor.From(Positive), Tensor.From(Negative));
        (SoftmaxHingeLoss.Forward(a, b) + SoftmaxHingeLoss.Forward(b, a)).Item().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Forward_ShapesThatDiffer_AreRefused()
    {
        using var scope = TensorScope.Begin();
        Should.Throw<ShapeException>(() => SoftmaxHingeLoss.Forward(Tensor.Ones([3]), Tensor.Ones([2]))).Actual.ShouldBe([2L]);
        Should.Throw<ShapeException>(() => SoftmaxHingeLoss.ForwardInterleaved(Tensor.Ones([3])));
        Should.Throw<ArgumentOutOfRangeException>(() => SoftmaxHingeLoss.Forward(Tensor.Ones([1]), Tensor.Ones([1]), margin: 1));
    }
}
