using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class LearnableTemperatureTests : RequiresTorch
{
    [Fact]
    public void Limit_EasyBatchForManySteps_StopsAtTheLeastTemperature()
    {
        using var temperature = new LearnableTemperature(0.07);
        temperature.Value.ShouldBe(0.07, 1e-7);
        using var optimiser = new AdamW([new ParameterGroup(temperature.Parameters, 0.1, 0)]);
        for (var step = 0; step < 60; step++)
        {
            using var scope = TensorScope.Begin();
            // Cosines 0.6 and 0.58: right, and so near each other that the gradient does not fade on the way.
            var (left, right) = (Tensor.From([1f, 0f, 0f, 1f], 2, 2), Tensor.From([0.6f, 0.58f, 0.58f, 0.6f], 2, 2));
            optimiser.ZeroGrad();
            BidirectionalInfoNce.Compute(new ContrastiveBatch(left, right), temperature).Mean().Backward();
            optimiser.Step(1);
            temperature.Limit();
            temperature.Value.ShouldBeGreaterThanOrEqualTo(0.01 - 1e-8);
        }
        temperature.Value.ShouldBe(0.01, 1e-7);
    }

    [Fact]
    public void Backward_WrongPairs_RaisesTheTemperature()
    {
        using var temperature = new LearnableTemperature(0.07);
        using var optimiser = new AdamW([new ParameterGroup(temperature.Parameters, 0.1, 0)]);
        using var scope = TensorScope.Begin();
        BidirectionalInfoNce.Compute(new ContrastiveBatch(Tensor.From([1f, 0f, 0f, 1f], 2, 2), Tensor.From([0f, 1f, 1f, 0f], 2, 2)), temperature).Mean().Backward();
        optimiser.Step(1);
        temperature.Value.ShouldBeGreaterThan(0.07);
    }

    [Fact]
    public void Constructor_TemperaturesOutOfRange_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new LearnableTemperature(0.005));
        Should.Throw<ArgumentOutOfRangeException>(() => new LearnableTemperature(1.5));
        Should.Throw<ArgumentOutOfRangeException>(() => new LearnableTemperature(0.5, 0));
    }
}
