using Dragoman.Tensors.Optimisation;

namespace Dragoman.Tensors.Tests.Optimisation;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Linear_WarmsUpThenFallsToZero() =>
        Enumerable.Range(0, 7).Select(step => LearningRateSchedule.Linear(2, 6).Factor(step)).ShouldBe([0, 0.5, 1, 0.75, 0.5, 0.25, 0]);

    [Fact]
    public void Cosine_IsHalfWayInTheMiddle()
    {
        var schedule = LearningRateSchedule.Cosine(4, 14);
        schedule.Factor(2).ShouldBe(0.5);
        schedule.Factor(4).ShouldBe(1);
        schedule.Factor(9).ShouldBe(0.5, 1e-12);
        schedule.Factor(14).ShouldBe(0, 1e-12);
        schedule.Factor(20).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Constant_StaysAtOne() => LearningRateSchedule.Constant().Factor(1000).ShouldBe(1);
}
