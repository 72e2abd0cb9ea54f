using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Tests.Sampling.Rejection.Agreement;

public sealed class AgreementTests
{
    [Fact]
    public void NoiseAfter_SeedRuleAndAgreement_AreTheNumbersOfTheGuide()
    {
        // A fifth of the labels is wrong; the model gives right labels .9 and wrong ones .1.
        AgreementAcceptance.NoiseAfter(0.2, SeedLiteral.Acceptance(Math.Log(0.1)), SeedLiteral.Acceptance(Math.Log(0.9))).ShouldBe(0.69, 0.005);
        AgreementAcceptance.NoiseAfter(0.2, acceptNoisy: 0.1, acceptClean: 0.9).ShouldBe(0.027, 0.0005);
    }

    [Fact]
    public void Thinning_NoisyExamples_LeavesAsMuchNoiseAsTheFormulaSays()
    {
        const int Count = 40_000;
        var noisy = Enumerable.Range(0, Count).Select(at => at % 5 == 0).ToArray();
        var list = DrawnQuery.Of(new double[Count], new int[Count]);
        double Share(double[] acceptance)
        {
            var kept = ExampleThinning.Draw(SamplingScheme.Agreement, list, acceptance, weigh: false, DrawnQuery.Key).Taken.ToList();
            return kept.Count(draw => noisy[draw.Candidate]) / (double)kept.Count;
        }

        Share([.. noisy.Select(wrong => wrong ? 0.1 : 0.9)]).ShouldBe(0.027, 0.004);
        Share([.. noisy.Select(wrong => SeedLiteral.Acceptance(Math.Log(wrong ? 0.1 : 0.9)))]).ShouldBe(0.69, 0.02);
    }

    [Fact]
    public void Thinning_Weighed_EstimatesTheSameWithoutNoise()
    {
        var list = DrawnQuery.List();
        var acceptance = list.Scores.Select(score => 1 / (1 + Math.Exp(-score))).ToArray();
        var draws = ExampleThinning.Draw(SamplingScheme.Agreement, list, acceptance, weigh: true, DrawnQuery.Key);

        draws.Draws.Select(draw => draw.Weight).ShouldBe(acceptance);
        draws.Account.ExpectedRate.ShouldBe(acceptance.Average(), 1e-12);
        Should.Throw<DragomanException>(() => ExampleThinning.Draw(SamplingScheme.Agreement, list, [.. acceptance.Select(share => 2 * share)], true, DrawnQuery.Key)).Message.ShouldContain("must be within 0 and 1");
    }

    [Fact]
    public void Acceptance_WarmUpThenFloor()
    {
        var rule = new AgreementAcceptance { Gamma = 2, WarmupEpochs = 2 };
        rule.Acceptance(0.3, 2).ShouldBe(1);
        rule.Acceptance(0.3, 3).ShouldBe(0.09, 1e-12);
        rule.Acceptance(0.01, 3).ShouldBe(0.05);
        Should.Throw<DragomanException>(() => rule.Acceptance(double.NaN, 3)).Message.ShouldContain("Has the teacher diverged?");
        new AgreementAcceptance { Least = -1, Gamma = 0, WarmupEpochs = -1 }.Problems().Count().ShouldBe(3);
    }

    [Fact]
    public void Informative_LearnedAndNot_AreClippedAroundTheMean()
    {
        AgreementAcceptance.Informative([1, 1, 0.5, 1], [0.99, 0.5, 0.5, 0.0]).ShouldBe([0.5, 0.5 / 0.5025, 0.25 / 0.5025, 1 / 0.5025], 1e-9);
        AgreementAcceptance.Informative([1, 0.5], [1, 1]).ShouldBe([1, 0.5]);
        AgreementAcceptance.Informative([1, 1, 1, 1], [0.99, 0.99, 0.99, 0.0])[3].ShouldBe(2);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(3.0)]
    public void Calibration_LogitsTimesATemperature_FindsIt(double temperature)
    {
        var (logits, labels) = Drawn(6000, temperature);
        var fitted = TemperatureCalibration.Fit(logits, labels);

        fitted.Temperature.ShouldBe(temperature, 0.1 * temperature);
        fitted.LossAfter.ShouldBeLessThan(fitted.LossBefore);
        fitted.ErrorBefore.ShouldBeGreaterThan(0.08);
        fitted.ErrorAfter.ShouldBeLessThan(0.03);
        fitted.ErrorAfter.ShouldBe(TemperatureCalibration.ExpectedError(logits, labels, fitted.Temperature), 1e-12);
    }

    [Fact]
    public void Calibration_ByHand_GivesTheGapOfEachBin()
    {
        // Two examples with confidence .75, one right: .25 off; two with .9526, both right.
        double[][] logits = [[0, Math.Log(3)], [0, Math.Log(3)], [0, 3], [0, 3]];
        var sure = 1 / (1 + Math.Exp(-3));
        TemperatureCalibration.ExpectedError(logits, [1, 0, 1, 1], 1).ShouldBe((2 * 0.25 + 2 * (1 - sure)) / 4, 1e-12);
        Should.Throw<DragomanException>(() => TemperatureCalibration.Fit([], [])).Message.ShouldStartWith("There are no held-out examples");
        Should.Throw<DragomanException>(() => TemperatureCalibration.Fit([[0, double.NaN]], [1])).Message.ShouldContain("not a finite number");
    }

    [Fact]
    public void Noise_Estimated_IsNearTheTruth()
    {
        // Two classes told apart well; a fifth of class 0 and a tenth of class 1 get the other label.
        var random = new Random(5);
        var (probabilities, observed) = (new List<double[]>(), new List<int>());
        for (var example = 0; example < 20_000; example++)
        {
            var actual = random.Next(2);
            var sure = 0.85 + 0.14 * random.NextDouble();
            probabilities.Add(actual == 1 ? [1 - sure, sure] : [sure, 1 - sure]);
            observed.Add(random.NextDouble() < (actual == 0 ? 0.2 : 0.1) ? 1 - actual : actual);
        }
        var noise = NoiseTransition.Estimate(probabilities, observed);

        noise[0, 1].ShouldBe(0.2, 0.02);
        noise[1, 0].ShouldBe(0.1, 0.02);
        var thresholds = new ConfidentThresholds(probabilities, observed);
        thresholds.IsDoubted([0.95, 0.05], 1).ShouldBeTrue();
        thresholds.IsDoubted([0.05, 0.95], 1).ShouldBeFalse();
        thresholds.ConfidentClass([0.5, 0.5]).ShouldBeNull();
    }

    [Fact]
    public void Clean_SymmetricNoise_FollowsBayesAndGrowsWithTheProbability()
    {
        var noise = NoiseTransition.Symmetric(3, 0.3);
        noise.Clean([0.6, 0.3, 0.1], 0).ShouldBe(0.7 * 0.6 / (0.7 * 0.6 + 0.15 * 0.4), 1e-12);
        var clean = Enumerable.Range(0, 11).Select(tenth => noise.Clean([tenth / 10.0, 1 - tenth / 10.0, 0], 0)).ToList();
        clean.ShouldBe(clean.Order());
        clean[0].ShouldBe(0);
        Should.Throw<DragomanException>(() => new NoiseTransition(new double[,] { { 1, 0 }, { 0.5, 0.6 } })).Message.ShouldContain("Row 1 of the noise matrix sums to 1.1");
        Should.Throw<DragomanException>(() => new NoiseTransition(new double[1, 2])).Message.ShouldContain("must be square");
    }

    [Fact]
    public void Mixture_TwoKindsOfPairs_TellsThemApart()
    {
        var random = new Random(3);
        double Normal(double mean, double deviation) => mean + deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var losses = Enumerable.Range(0, 3000).Select(at => at % 10 < 3 ? Normal(4, 1) : Normal(0.5, 0.3)).ToList();

        var mixture = PairLossMixture.Fit(losses);

        mixture.Means[0].ShouldBe(0.5, 0.05);
        mixture.Means[1].ShouldBe(4, 0.15);
        mixture.Shares[1].ShouldBe(0.3, 0.02);
        mixture.LogLikelihoods.Zip(mixture.LogLikelihoods.Skip(1)).ShouldAllBe(pair => pair.Second >= pair.First - 1e-9);
        mixture.Clean(0.5).ShouldBeGreaterThan(0.99);
        mixture.Clean(4).ShouldBeLessThan(0.01);
        // A very low loss is not taken for the wide, upper Gaussian.
        var clean = Enumerable.Range(0, 200).Select(at => mixture.Clean(-5 + at * 0.1)).ToList();
        clean.ShouldBe(clean.OrderDescending());
    }

    [Fact]
    public void Mixture_LossesThatSayNothing_CallEveryPairRight()
    {
        PairLossMixture.Fit([1, 1, 1]).Clean(7).ShouldBe(1);
        Should.Throw<DragomanException>(() => PairLossMixture.Fit([1])).Message.ShouldStartWith("Two training pairs or more");
        Should.Throw<DragomanException>(() => PairLossMixture.Fit([1, double.NaN])).Message.ShouldContain("not a finite number");
    }

    [Fact]
    public void Folds_AnyOrder_AreTheSameEvenAndKeepGroups()
    {
        var ids = Enumerable.Range(0, 103).Select(number => $"q{number}").ToList();
        var (plan, reversed) = (new FoldPlan(ids, 5, 1), new FoldPlan(ids.AsEnumerable().Reverse(), 5, 1));
        ids.ShouldAllBe(id => plan[id] == reversed[id]);
        Enumerable.Range(0, 5).Select(fold => plan.Scored(fold).Count).Order().ShouldBe([20, 20, 21, 21, 21]);
        plan.Trained(2).Concat(plan.Scored(2)).Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
        ids.Count(id => plan[id] != new FoldPlan(ids, 5, 2)[id]).ShouldBeGreaterThan(50);
        var grouped = new FoldPlan(ids, 5, 1, id => id[..^1]);
        ids.GroupBy(id => id[..^1]).ShouldAllBe(group => group.Select(id => grouped[id]).Distinct().Count() == 1);
        Should.Throw<DragomanException>(() => plan["q999"]).Message.ShouldStartWith("Query q999 is not in the plan");
        Should.Throw<DragomanException>(() => new FoldPlan(["a", "b"], 3, 1)).Message.ShouldStartWith("2 queries");
    }

    // Logits whose softmax at the temperature is right.
    private static (List<double[]> Logits, List<int> Labels) Drawn(int count, double temperature)
    {
        var random = new Random(11);
        var (logits, labels) = (new List<double[]>(), new List<int>());
        for (var example = 0; example < count; example++)
        {
            double[] honest = [3 * random.NextDouble(), 3 * random.NextDouble(), 3 * random.NextDouble()];
            var p = TemperatureCalibration.Probabilities(honest, 1);
            var u = random.NextDouble();
            labels.Add(u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2);
            logits.Add([.. honest.Select(value => value * temperature)]);
        }
        return (logits, labels);
    }
}
