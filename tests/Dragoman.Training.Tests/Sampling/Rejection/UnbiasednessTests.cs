using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Tests.Sampling.Rejection;

/// <summary>T1 to T6: what is accepted follows the target, at the rate it should, and tests that must fail do.</summary>
public sealed class UnbiasednessTests
{
    private const int Many = 200_000;

    [Fact]
    public void Rejection_ExactBound_FollowsTheTargetAtRateOneOverM()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();
        var bound = DrawnQuery.ExactBound(ratios);

        var draws = RejectionSampler.Draw(list, proposal, ratios, bound, DrawnQuery.Proposals(Many), DrawnQuery.Key);

        draws.Account.Accepted.ShouldBeGreaterThan(200 * list.Count);
        Fit(draws, target).Fits.ShouldBeTrue();
        var rate = 1 / Math.Exp(bound);
        draws.Account.ExpectedRate.ShouldBe(rate, 1e-12);
        (Math.Abs(draws.Account.Accepted - Many * rate) / Math.Sqrt(Many * rate * (1 - rate))).ShouldBeLessThan(4);
        draws.Account.AboveBound.ShouldBe(0);
    }

    [Fact]
    public void Rejection_TargetKnownUpToAConstant_FollowsItAtRateZOverM()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();
        const double LogConstant = 3.7;
        var unnormalised = CandidateRatios.Lazy(list, at => ratios[at] + LogConstant);
        var bound = DrawnQuery.ExactBound(ratios) + 0.5 + LogConstant;                       // a valid bound, but not the least

        var draws = RejectionSampler.Draw(list, proposal, unnormalised, bound, DrawnQuery.Proposals(Many), DrawnQuery.Key);

        Fit(draws, target).Fits.ShouldBeTrue();
        var rate = Math.Exp(LogConstant - bound);
        (Math.Abs(draws.Account.Accepted - Many * rate) / Math.Sqrt(Many * rate * (1 - rate))).ShouldBeLessThan(4);
    }

    [Fact]
    public void Rejection_ProposalsPerAcceptance_AreGeometric()
    {
        var (list, proposal, _, ratios) = DrawnQuery.Parts();
        var bound = Math.Exp(DrawnQuery.ExactBound(ratios));
        var draws = RejectionSampler.Draw(list, proposal, ratios, Math.Log(bound), DrawnQuery.Proposals(Many), DrawnQuery.Key);
        var (gaps, last) = (new List<double>(), -1);
        for (var at = 0; at < draws.Draws.Count; at++)
        {
            if (!draws.Draws[at].IsTaken) continue;
            gaps.Add(at - last);
            last = at;
        }
        var mean = gaps.Average();
        mean.ShouldBe(bound, 4 * Math.Sqrt(bound * (bound - 1) / gaps.Count));
        gaps.Average(gap => (gap - mean) * (gap - mean)).ShouldBe(bound * (bound - 1), 0.05 * bound * bound);
    }

    [Theory]
    [InlineData(0.05, false)]
    [InlineData(0.2, false)]
    [InlineData(0.05, true)]
    [InlineData(0.2, true)]
    public void QuasiRejection_QuantileOrVariation_FollowsTheCappedTargetWithinAlpha(double alpha, bool exactly)
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();
        var quasi = exactly ? QuasiRejection.AtVariation(list, proposal, target, alpha) : QuasiRejection.AtQuantile(list, proposal, target, alpha);

        var draws = RejectionSampler.Draw(list, proposal, ratios, quasi.LogBound, DrawnQuery.Proposals(Many), DrawnQuery.Key, SamplingScheme.QuasiRejection);

        GoodnessOfFit.Of(draws.Taken.Select(draw => draw.Candidate), [.. quasi.LogProbabilities.Select(value => Math.Exp(value))]).Fits.ShouldBeTrue();
        (Math.Abs(draws.Account.Accepted - Many * quasi.Rate) / Math.Sqrt(Many * quasi.Rate * (1 - quasi.Rate))).ShouldBeLessThan(4);
        draws.Account.ExpectedRate.ShouldBe(quasi.Rate, 1e-12);
        quasi.Variation.ShouldBeLessThanOrEqualTo(quasi.MostVariation);
        quasi.MostVariation.ShouldBeLessThanOrEqualTo(alpha + 1e-12);
        if (exactly) quasi.MostVariation.ShouldBe(alpha, 1e-9);
        if (exactly) quasi.LogBound.ShouldBeLessThanOrEqualTo(QuasiRejection.AtQuantile(list, proposal, target, alpha).LogBound);
        // Z' is what proposals alone would estimate, mean(min(p/q, M')).
        draws.Draws.Average(draw => Math.Exp(Math.Min(ratios[draw.Candidate], quasi.LogBound))).ShouldBe(quasi.Mass, 0.01);
    }

    [Fact]
    public void QuasiRejection_SmallBound_IsFarFromTheTargetAndAsFarAsPromised()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();
        var quasi = QuasiRejection.Of(proposal, target, DrawnQuery.ExactBound(ratios) + Math.Log(0.5));

        var draws = RejectionSampler.Draw(list, proposal, ratios, quasi.LogBound, DrawnQuery.Proposals(Many), DrawnQuery.Key);

        draws.Account.AboveBound.ShouldBeGreaterThan(0);                                      // counted
        GoodnessOfFit.Of(draws.Taken.Select(draw => draw.Candidate), [.. quasi.LogProbabilities.Select(value => Math.Exp(value))]).Fits.ShouldBeTrue();
        Fit(draws, target).Fits.ShouldBeFalse();                                              // negative control
        quasi.Variation.ShouldBeInRange(0.01, quasi.MostVariation);
    }

    [Fact]
    public void NegativeControl_AcceptanceWithoutTheTarget_FailsTheTest()
    {
        var (list, proposal, target, _) = DrawnQuery.Parts();
        var wrong = CandidateRatios.Lazy(list, at => -proposal.LogProbabilities[at]);          // u <= 1/(M q), as in the source's code
        var most = Enumerable.Range(0, list.Count).Max(at => -proposal.LogProbabilities[at]);

        var draws = RejectionSampler.Draw(list, proposal, wrong, most, DrawnQuery.Proposals(Many), DrawnQuery.Key);

        Fit(draws, target).Fits.ShouldBeFalse();
        GoodnessOfFit.Of(draws.Taken.Select(draw => draw.Candidate), [.. Enumerable.Repeat(1.0 / list.Count, list.Count)]).Fits.ShouldBeTrue();     // it undoes the proposal, and that is all
    }

    [Fact]
    public void NegativeControl_ProposedByAStaleModel_FailsTheTest()
    {
        var (list, fresh, target, ratios) = DrawnQuery.Parts();
        var stale = Proposal.Softmax(DrawnQuery.Of([.. list.Scores.Select((score, at) => score + 0.4 * Math.Sin(at))], [.. list.Grades]), new ProposalOptions());

        var draws = RejectionSampler.Draw(list, stale, ratios, DrawnQuery.ExactBound(ratios), DrawnQuery.Proposals(Many), DrawnQuery.Key);

        Fit(draws, target).Fits.ShouldBeFalse();
        fresh.Count.ShouldBe(stale.Count);
    }

    [Fact]
    public void RunningBound_Thinned_IsConsistentWithTheLastBound()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();
        // Many short runs, so that the bound grows in most of them after something was accepted.
        var runs = Enumerable.Range(0, 4000).Select(number => RejectionSampler.Draw(DrawnQuery.List($"q{number}"), proposal, CandidateRatios.Lazy(list, at => ratios[at]), null, DrawnQuery.Proposals(60), DrawnQuery.Key)).ToList();
        var exact = DrawnQuery.ExactBound(ratios);
        var reached = runs.Where(run => Math.Abs(run.Account.LogBound - exact) < 1e-12).ToList();

        runs.Sum(run => run.Draws.Count(draw => draw.Decision == Decision.Thinned)).ShouldBeGreaterThan(5000);
        reached.Count.ShouldBeGreaterThan(3000);
        // Given that the greatest ratio was met, the proposals before it are independent of it but for that; leaving out the candidate that has it, the rest must follow p.
        var best = Array.IndexOf(ratios.Known(), exact);
        var p = DrawnQuery.Probabilities(target);
        var others = Enumerable.Range(0, list.Count).Select(at => at == best ? 0 : p[at] / (1 - p[best])).ToArray();
        GoodnessOfFit.Of(reached.SelectMany(run => run.Taken).Select(draw => draw.Candidate).Where(at => at != best), others).Fits.ShouldBeTrue();
        // Without thinning it would not: what was accepted under the smaller bounds is too much.
        GoodnessOfFit.Of(reached.SelectMany(run => run.Draws).Where(draw => draw.IsTaken || draw.Decision == Decision.Thinned).Select(draw => draw.Candidate).Where(at => at != best), others).Fits.ShouldBeFalse();
    }

    [Fact]
    public void RunningBound_LongRuns_FollowTheTarget()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();

        var raised = 0;
        for (var seed = 1; seed <= 3; seed++)
        {
            var draws = RejectionSampler.Draw(list, proposal, ratios, null, DrawnQuery.Proposals(Many), new DrawKey(seed, 1));
            Fit(draws, target).Fits.ShouldBeTrue();
            draws.Account.LogBound.ShouldBe(DrawnQuery.ExactBound(ratios), 1e-12);
            raised += draws.Account.BoundRaised;
            draws.Draws.ShouldAllBe(draw => draw.LogBound >= 0);                              // known from the start: p and q both sum to 1
        }
        raised.ShouldBeGreaterThan(0);
    }

    private static GoodnessOfFit Fit(QueryDraws draws, Target target) => GoodnessOfFit.Of(draws.Taken.Select(draw => draw.Candidate), DrawnQuery.Probabilities(target));
}
