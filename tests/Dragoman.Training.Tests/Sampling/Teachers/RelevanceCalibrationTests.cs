using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class RelevanceCalibrationTests
{
    /// <summary>Scores whose label is drawn with probability σ((s − b)/T).</summary>
    private static (double[] Scores, bool[] Relevant) Drawn(int count, double temperature, double offset, double low, double high, int seed = 11)
    {
        var random = new Random(seed);
        var scores = Enumerable.Range(0, count).Select(_ => low + (high - low) * random.NextDouble()).ToArray();
        return (scores, [.. scores.Select(score => random.NextDouble() < RelevanceCalibration.Sigmoid((score - offset) / temperature))]);
    }

    [Theory]
    [InlineData(0.05, 0.7)]                                  // cosines of a model trained at temperature 0.05
    [InlineData(0.2, 0.3)]
    public void Fit_Cosines_FindsThePlantedTemperatureAndOffset(double temperature, double offset)
    {
        var (scores, relevant) = Drawn(20_000, temperature, offset, 0, 1);
        var fitted = RelevanceCalibration.Fit(scores, relevant, withOffset: true);
        // Three standard errors of 20,000 draws.
        fitted.Temperature.ShouldBe(temperature, 0.08 * temperature);
        fitted.Offset.ShouldBe(offset, 0.02);
        fitted.LossAfter.ShouldBeLessThan(fitted.LossBefore - 0.05);
        fitted.ErrorAfter.ShouldBeLessThan(0.02);
        fitted.ErrorBefore.ShouldBeGreaterThan(0.1);
        fitted.Prior.ShouldBe(relevant.Count(is1 => is1) / 20_000.0);
        // With an offset the mean probability is the share that is relevant.
        scores.Average(fitted.Probability).ShouldBe(fitted.Prior, 1e-9);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    public void Fit_Logits_FindsThePlantedTemperatureAlone(double temperature)
    {
        var (scores, relevant) = Drawn(20_000, temperature, 0, -6, 6);
        var fitted = RelevanceCalibration.Fit(scores, relevant, withOffset: false);
        fitted.Temperature.ShouldBe(temperature, 0.08 * temperature);
        fitted.Offset.ShouldBe(0);
        fitted.LossAfter.ShouldBeLessThan(fitted.LossBefore);
        fitted.Temperature.ShouldBe(TemperatureCalibration.Fit([.. scores.Select(score => new[] { 0, score })], [.. relevant.Select(is1 => is1 ? 1 : 0)]).Temperature);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void BalancedProbability_AnyPrior_IsThatOfAsManyRelevantAsNotAndGivesLabelsTheirNoise(double prior)
    {
        // Scores of relevant passages are N(0.6, 0.1), of others N(0.2, 0.1): with one variance the logistic is exact, and b and T are known.
        var random = new Random(5);
        double Normal(double mean) => mean + 0.1 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var relevant = Enumerable.Range(0, 40_000).Select(at => at < 40_000 * prior).ToArray();
        var fitted = RelevanceCalibration.Fit([.. relevant.Select(is1 => Normal(is1 ? 0.6 : 0.2))], relevant, withOffset: true);
        fitted.Probability(0.4).ShouldBe(prior, 0.35 * prior);                            // as probable from both sides
        fitted.BalancedProbability(0.4).ShouldBe(0.5, 0.1);
        double.IsNaN(fitted.BalancedProbability(double.NaN)).ShouldBeTrue();

        // Of labels a fifth is wrong; through the noise matrix the balanced probability gives each its own, and their mean is four fifths.
        var noise = NoiseTransition.Symmetric(2, 0.2);
        double Clean(double score) => fitted.BalancedProbability(score) is var balanced ? noise.Clean([1 - balanced, balanced], 1) : 0;
        var labels = Enumerable.Range(0, 20_000).Select(at => at % 5 != 0).Select(isRight => (IsRight: isRight, Clean: Clean(Normal(isRight ? 0.6 : 0.2)))).ToList();
        labels.Average(label => label.Clean).ShouldBe(0.8, 0.02);
        foreach (var bin in labels.GroupBy(label => (int)(label.Clean * 5)).Where(bin => bin.Count() > 300)) bin.Average(label => label.Clean).ShouldBe(bin.Average(label => label.IsRight ? 1.0 : 0), 0.1);
    }

    [Fact]
    public void Fit_LogitsWhoseZeroIsElsewhere_TemperatureAloneSaysNoMoreThanThePriorAndAnOffsetMendsIt()
    {
        var (scores, relevant) = Drawn(20_000, 1.5, 12, 6, 13);                              // a list loss moved all by 12; a quarter is relevant or less
        var alone = RelevanceCalibration.Fit(scores, relevant, withOffset: false);
        alone.LossAfter.ShouldBeGreaterThanOrEqualTo(alone.PriorLoss);
        var both = RelevanceCalibration.Fit(scores, relevant, withOffset: true);
        both.LossAfter.ShouldBeLessThan(both.PriorLoss - 0.05);
        both.Temperature.ShouldBe(1.5, 0.12);
        both.Offset.ShouldBe(12, 0.2);
    }

    [Fact]
    public void Fit_AnyScores_NeverRaisesTheLossAndChangesNoOrder()
    {
        var random = new Random(4);
        for (var set = 0; set < 60; set++)
        {
            var (count, scale, shift) = (2 + random.Next(30), Math.Pow(10, 4 * random.NextDouble() - 2), 5 * random.NextDouble() - 2.5);
            var scores = Enumerable.Range(0, count).Select(_ => scale * (random.NextDouble() - 0.5) + shift).ToArray();
            var relevant = Enumerable.Range(0, count).Select(at => at == 0 || at > 1 && random.Next(4) == 0).ToArray();
            foreach (var withOffset in new[] { false, true })
            {
                var fitted = RelevanceCalibration.Fit(scores, relevant, withOffset);
                fitted.LossAfter.ShouldBeLessThanOrEqualTo(fitted.LossBefore);
                if (withOffset && scale <= 1) fitted.LossAfter.ShouldBeLessThanOrEqualTo(fitted.PriorLoss + 0.05);               // for scores of this width T = 100 is as good as infinite
                var order = scores.Order().Select(fitted.Probability).ToList();
                order.ShouldBe(order.Order());
                order.ShouldAllBe(probability => probability >= 0 && probability <= 1);
            }
        }
    }

    [Fact]
    public void Fit_ScoresThatAreRightAlready_StayAsTheyAre()
    {
        // A quarter of those with logit −log 3 is relevant, three quarters of those with log 3.
        double[] scores = [.. Enumerable.Repeat(-Math.Log(3), 4), .. Enumerable.Repeat(Math.Log(3), 4)];
        bool[] relevant = [true, false, false, false, true, true, true, false];
        var fitted = RelevanceCalibration.Fit(scores, relevant, withOffset: true);
        fitted.Temperature.ShouldBe(1, 1e-3);
        fitted.Offset.ShouldBe(0, 1e-3);
        fitted.LossAfter.ShouldBeLessThanOrEqualTo(fitted.LossBefore);
        fitted.ErrorAfter.ShouldBe(0, 1e-3);
    }

    [Fact]
    public void Fit_SeparatedOrContrary_GoesToTheEndOfTheRange()
    {
        var sharp = RelevanceCalibration.Fit([0.1, 0.2, 0.8, 0.9], [false, false, true, true], withOffset: true);
        sharp.Temperature.ShouldBeLessThan(0.01);                                          // so sharp that the loss is 0 in floating point
        sharp.Probability(0.8).ShouldBeGreaterThan(0.999);
        sharp.Probability(0.2).ShouldBeLessThan(0.001);
        RelevanceCalibration.Fit([0.1, 0.2, 0.8, 0.9], [true, true, false, false], withOffset: true).Temperature.ShouldBe(100, 1e-3);
    }

    [Fact]
    public void Fit_BadInput_IsRefused()
    {
        Should.Throw<DragomanException>(() => RelevanceCalibration.Fit([1, 2], [true, true], false)).Message.ShouldBe("Of 2 held-out pairs 2 are relevant; to calibrate, both relevant and other ones are needed.");
        Should.Throw<DragomanException>(() => RelevanceCalibration.Fit([], [], true)).Message.ShouldStartWith("Of 0 held-out pairs 0 are relevant");
        Should.Throw<DragomanException>(() => RelevanceCalibration.Fit([1, double.NaN], [true, false], true)).Message.ShouldContain("not a finite number");
        Should.Throw<ArgumentException>(() => RelevanceCalibration.Fit([1], [], true));
    }

    [Fact]
    public void ToJson_ReadBack_IsTheSameToTheLastBit()
    {
        var (scores, relevant) = Drawn(500, 0.07, 0.6, 0, 1);
        var fitted = RelevanceCalibration.Fit(scores, relevant, withOffset: true);
        RelevanceCalibration.FromJson(System.Text.Json.Nodes.JsonNode.Parse(fitted.ToJson().ToJsonString())!.AsObject()).ShouldBe(fitted);
    }
}
