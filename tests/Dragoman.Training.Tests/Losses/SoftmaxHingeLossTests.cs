using Dragoman.Tensors;
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
        new SoftmaxHingeLoss(margin).Forward(LossExamples.Pairs(Tensor.From(Positive), Tensor.From(Negative))).Mean().Item().ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void Forward_ScoresExchanged_LossesSumToOne()
    {
        using var scope = TensorScope.Begin();
        var (a, b) = (Tensor.From(Positive), Tensor.From(Negative));
        var loss = new SoftmaxHingeLoss();
        (loss.Forward(LossExamples.Pairs(a, b)).PerList + loss.Forward(LossExamples.Pairs(b, a)).PerList).ToArray<double>().ShouldAllBe(sum => Math.Abs(sum - 1) < 1e-12);
    }

    [Fact]
    public void Create_MarginOfOne_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new SoftmaxHingeLoss(margin: 1));
}
