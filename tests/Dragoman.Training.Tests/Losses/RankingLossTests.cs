using System.Text.Json;
using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class RankingLossTests : RequiresTorch
{
    [Fact]
    public void SoftmaxHinge_BertTinyLogits_MatchesReference()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestPaths.Fixture("bert-tiny"), "model.golden.json")));
        var logits = golden.RootElement.GetProperty("logits").GetProperty("data").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        using var scope = TensorScope.Begin();
        new SoftmaxHingeLoss().Forward(Tensor.From(logits, 3, 2)).Item()
            .ShouldBe(golden.RootElement.GetProperty("pairwise_softmax_loss").GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData(0, 0, 0.3, 0.5 * (0.5 + 0.2))]
    [InlineData(2, 0, 0.3, 0.5 * 0.11920292)]               // P- = 0.119 is below the margin
    [InlineData(0, 2, 0.3, 0.5 * (0.88079708 + 0.58079708))]
    [InlineData(0, 2, 0, 0.88079708)]
    public void SoftmaxHinge_OnePair_EqualsFormula(double positive, double negative, double margin, double expected)
    {
        using var scope = TensorScope.Begin();
        new SoftmaxHingeLoss(margin).Forward(Tensor.From(new[] { positive, negative }, 1, 2)).Item().ShouldBe(expected, 1e-7);
    }

    [Fact]
    public void SoftmaxHinge_NoMarginManyNegatives_IsOneMinusPositive()
    {
        using var scope = TensorScope.Begin();
        var p = Math.Exp(1) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(-1));
        new SoftmaxHingeLoss().Forward(Tensor.From(new double[] { 1, 2, -1 }, 1, 3)).Item().ShouldBe(1 - p, 1e-12);
    }

    [Fact]
    public void ListwiseCrossEntropy_Scores_EqualsFormulaAndSurvivesExtremes()
    {
        using var scope = TensorScope.Begin();
        var p = Math.Exp(1) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(-1));
        new ListwiseCrossEntropyLoss().Forward(Tensor.From(new double[] { 1, 2, -1 }, 1, 3)).Item().ShouldBe(-Math.Log(p), 1e-12);
        new ListwiseCrossEntropyLoss().Forward(Tensor.From(new double[] { -1e4, 1e4 }, 1, 2)).Item().ShouldBe(2e4, 1e-6);
    }

    [Fact]
    public void Forward_OneColumn_NamesTheShape()
    {
        using var scope = TensorScope.Begin();
        Should.Throw<ShapeException>(() => new SoftmaxHingeLoss().Forward(Tensor.Zeros([4, 1]))).Message
            .ShouldBe("scores has shape [4, 1]; expected [B, P of 2 or more].");
    }
}
