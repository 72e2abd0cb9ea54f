using Dragoman.Evaluation.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace Dragoman.Evaluation.Tests.Charts;

public sealed class NiceAxisTests
{
    private static readonly Arbitrary<double> Values = Arb.From(
        from mantissa in Gen.Choose(-100_000, 100_000)
        from exponent in Gen.Choose(-40, 40)
        select mantissa * Math.Pow(10, exponent));

    [Fact]
    public void Of_AnyTwoValues_HoldsThemBetweenRoundDistinctTicks() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20261122, 7), Prop.ForAll(Values, Values, (first, second) =>
    {
        var axis = NiceAxis.Of([first, second]);
        var slack = axis.Step * 1e-6;
        return axis.Low <= Math.Min(first, second) + slack && axis.High >= Math.Max(first, second) - slack
            && axis.Ticks.Count is >= 2 and <= 12
            && axis.Ticks.Zip(axis.Ticks.Skip(1)).All(pair => pair.Second > pair.First)
            && axis.Ticks.Select(axis.Label).Distinct().Count() == axis.Ticks.Count
            && RoundMantissa(axis.Step);
    }));

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 0.43, "0.0 0.1 0.2 0.3 0.4 0.5")]
    [InlineData(-0.3, 0.7, "-0.4 -0.2 0.0 0.2 0.4 0.6 0.8")]
    [InlineData(0, 12_345, "0 5,000 10,000 15,000")]
    [InlineData(0, 2e-5, "0 5e-6 1e-5 1.5e-5 2e-5")]
    [InlineData(0, 5e-8, "0 1e-8 2e-8 3e-8 4e-8 5e-8")]
    [InlineData(0.5, 0.5, "0.2 0.3 0.4 0.5 0.6 0.7 0.8")]
    [InlineData(0, 0, "0.0 0.2 0.4 0.6 0.8 1.0")]
    public void Label_Ticks_ReadAsExpected(double low, double high, string expected)
    {
        var axis = NiceAxis.Of([low, high]);

        string.Join(' ', axis.Ticks.Select(axis.Label)).ShouldBe(expected);
    }

    [Fact]
    public void Of_NothingFinite_IsZeroToOne()
    {
        var axis = NiceAxis.Of([double.NaN, double.PositiveInfinity]);

        (axis.Low, axis.High).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData(double.MinValue, double.MaxValue)]
    [InlineData(1e15, 1e15 + 1)]
    [InlineData(double.Epsilon, double.Epsilon)]
    [InlineData(-1e-310, 1e-310)]
    public void Of_ExtremeValues_HasFiniteAscendingTicks(double low, double high)
    {
        var axis = NiceAxis.Of([low, high]);

        axis.Ticks.ShouldAllBe(tick => double.IsFinite(tick));
        axis.Ticks.ShouldBe(axis.Ticks.Distinct().Order());
        axis.ShareOf(axis.High).ShouldBe(1);
    }

    private static bool RoundMantissa(double step)
    {
        var mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        return new[] { 1.0, 2, 5 }.Any(round => Math.Abs(mantissa - round) < 1e-6);
    }
}
