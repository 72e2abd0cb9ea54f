using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Tests.Sampling.Rejection.Schemes;

public sealed class SchemeTests
{
    [Fact]
    public void Importance_EffectiveShare_IsOneOverOnePlusChiSquaredAndBeatsRejection()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();
        var p = DrawnQuery.Probabilities(target);
        var chi = p.Select((value, at) => value * value / Math.Exp(proposal.LogProbabilities[at])).Sum() - 1;

        var draws = ImportanceSampler.Weigh(list, proposal, ratios, DrawnQuery.Proposals(100_000), DrawnQuery.Key, truncate: false);

        (draws.Account.EffectiveSize / 100_000).ShouldBe(1 / (1 + chi), 0.01);
        (1 / (1 + chi)).ShouldBeGreaterThan(Math.Exp(-DrawnQuery.ExactBound(ratios)));
        draws.Taken.Sum(draw => draw.Weight).ShouldBe(1, 1e-9);
        draws.Taken.Sum(draw => draw.Weight * list.Grades[draw.Candidate]).ShouldBe(p.Select((value, at) => value * list.Grades[at]).Sum(), 0.05);
        BoundEstimate.Of(list, proposal, target, 0.05).ImportanceCost.ShouldBe(1 + chi, 1e-9);
    }

    [Fact]
    public void Importance_GreatWeight_IsCutAndMarked()
    {
        // One candidate is proposed once in a thousand and wanted half the time.
        var list = DrawnQuery.Of([0, 0], [0, 1]);
        var (proposal, target) = (Proposal.FromLogWeights([Math.Log(0.999), Math.Log(0.001)]), Target.FromLogWeights([0, 0]));
        var draws = ImportanceSampler.Weigh(list, proposal, CandidateRatios.Of(list, proposal, target), DrawnQuery.Proposals(2000), DrawnQuery.Key);

        var great = draws.Draws.Where(draw => draw.Candidate == 1).ToList();
        great.ShouldNotBeEmpty();
        great.ShouldAllBe(draw => draw.Decision == Decision.AboveBound);
        draws.Account.AboveBound.ShouldBe(great.Count);
        draws.Taken.Sum(draw => draw.Weight).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Resampling_ManyProposals_FollowsTheTarget()
    {
        var (list, proposal, target, ratios) = DrawnQuery.Parts();

        var taken = Enumerable.Range(0, 300).SelectMany(number => ImportanceSampler.Resample(DrawnQuery.List($"q{number}"), proposal, ratios, wanted: 10, factor: 100, DrawnQuery.Key).Taken).ToList();

        taken.Count.ShouldBe(3000);
        GoodnessOfFit.Of(taken.Select(draw => draw.Candidate), DrawnQuery.Probabilities(target)).Fits.ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => ImportanceSampler.Resample(list, proposal, ratios, 10, 9, DrawnQuery.Key));
    }

    [Fact]
    public void GumbelTopK_First_FollowsTheTargetAndWeightsAreUnbiased()
    {
        var (list, _, target, _) = DrawnQuery.Parts();
        const int Count = 4, Runs = 40_000;
        var (first, sum, squares) = (new List<int>(), 0.0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var draws = GumbelTopK.Draw(DrawnQuery.List($"q{run}"), target, Count, DrawnQuery.Key);
            var taken = draws.Taken.ToList();
            taken.Select(draw => draw.Candidate).Distinct().Count().ShouldBe(Count);
            first.Add(taken[0].Candidate);
            var estimate = taken.Sum(draw => draw.Weight * list.Grades[draw.Candidate]);
            (sum, squares) = (sum + estimate, squares + estimate * estimate);
        }
        GoodnessOfFit.Of(first, DrawnQuery.Probabilities(target)).Fits.ShouldBeTrue();
        var mean = sum / Runs;
        mean.ShouldBe(DrawnQuery.Probabilities(target).Select((p, at) => p * list.Grades[at]).Sum(), 4 * Math.Sqrt((squares / Runs - mean * mean) / Runs));
    }

    [Fact]
    public void GumbelTopK_AsManyAsThereAre_WeighsByTheTarget()
    {
        var (list, _, target, _) = DrawnQuery.Parts();
        var p = DrawnQuery.Probabilities(target);
        GumbelTopK.Draw(list, target, 50, DrawnQuery.Key).Taken.ShouldAllBe(draw => Math.Abs(draw.Weight - p[draw.Candidate]) < 1e-15);
        var few = GumbelTopK.Draw(list, Target.Graded(list, 0), 10, DrawnQuery.Key);
        few.Taken.Count().ShouldBe(6);                                                         // there are six with a grade above 0
        few.Account.Capped.ShouldBeTrue();
    }

    [Fact]
    public void Rso_IsExactForTheTiltedTargetAndAsksForProposalsOnly()
    {
        var list = DrawnQuery.List();
        var proposal = Proposal.Softmax(list, new ProposalOptions { Defence = 0 });
        var rewards = list.Grades.Select(grade => grade / 6.0).ToArray();
        var asked = new List<int>();

        var draws = RewardSelection.Soft(list, proposal, at => { asked.Add(at); return rewards[at]; }, 1, 0.25, DrawnQuery.Proposals(150_000), DrawnQuery.Key);

        GoodnessOfFit.Of(draws.Taken.Select(draw => draw.Candidate), DrawnQuery.Probabilities(Target.RewardTilted(list, proposal, rewards, 0.25))).Fits.ShouldBeTrue();
        asked.ShouldBeUnique();
        var rate = proposal.LogProbabilities.ToArray().Select((q, at) => Math.Exp(q + (rewards[at] - 1) / 0.25)).Sum();
        (Math.Abs(draws.Account.Accepted - 150_000 * rate) / Math.Sqrt(150_000 * rate * (1 - rate))).ShouldBeLessThan(4);
    }

    [Fact]
    public void Rso_LargeAndSmallBeta_AcceptAllOrTheBest()
    {
        var (list, rewards) = (DrawnQuery.List(), DrawnQuery.List().Grades.Select(grade => grade / 6.0).ToArray());
        QueryDraws Draw(double beta) => RewardSelection.Soft(list, Proposal.Uniform(list.Count), at => rewards[at], 1, beta, DrawnQuery.Proposals(500), DrawnQuery.Key);

        Draw(1e9).Account.AcceptanceRate.ShouldBe(1);
        Draw(1e-3).Taken.Select(draw => draw.Candidate).Distinct().ShouldBe([5]);
        Should.Throw<ConfigurationException>(() => Draw(0)).Message.ShouldContain("beta is 0");
    }

    [Fact]
    public void RaftAndRest_TakeTheBestAndWhatIsAboveTheThreshold()
    {
        var list = DrawnQuery.List();
        var (proposal, rewards) = (Proposal.Uniform(list.Count), list.Grades.Select(grade => grade / 6.0).ToArray());

        var raft = RewardSelection.Best(list, proposal, rewards, proposals: 200, count: 3, DrawnQuery.Key);
        raft.Taken.Select(draw => list.Grades[draw.Candidate]).OrderDescending().ShouldBe([6, 4, 3]);
        raft.Draws.ShouldContain(draw => draw.Decision == Decision.Repeated);
        var (early, late) = (RewardSelection.Above(list, proposal, rewards, 200, [0.1, 0.6], new DrawKey(1, 1)), RewardSelection.Above(list, proposal, rewards, 200, [0.1, 0.6], new DrawKey(1, 9)));
        early.Taken.Select(draw => list.Grades[draw.Candidate]).Order().ShouldBe([1, 1, 2, 3, 4, 6]);
        late.Taken.Select(draw => list.Grades[draw.Candidate]).Order().ShouldBe([4, 6]);
        Should.Throw<ConfigurationException>(() => RewardSelection.Above(list, proposal, rewards, 10, [0.6, 0.1], DrawnQuery.Key));
        Should.Throw<DragomanException>(() => RewardSelection.Best(list, proposal, [.. rewards.Select(_ => double.NaN)], 10, 1, DrawnQuery.Key)).Message.ShouldContain("the reward of passage p1 is NaN");
    }

    [Fact]
    public void Worse_ThanWhatWasTaken_IsWorseEnoughAndNotTaken()
    {
        var list = DrawnQuery.List();
        var rewards = list.Grades.Select(grade => grade / 6.0).ToArray();
        var draws = RewardSelection.Best(list, Proposal.Uniform(list.Count), rewards, 200, 3, DrawnQuery.Key);

        var taken = draws.Taken.Select(draw => draw.Candidate).Distinct().ToList();
        taken.Count.ShouldBe(3);
        foreach (var better in taken)
        {
            var worse = RewardSelection.Worse(draws, rewards, better, 0.2, 2, DrawnQuery.Key);
            worse.Distinct().Count().ShouldBe(2);
            worse.ShouldAllBe(other => rewards[better] - rewards[other] >= 0.2 && !taken.Contains(other));
        }
    }

    [Fact]
    public void SeedLiteral_KeepsWhatTheModelContradicts()
    {
        SeedLiteral.Acceptance(Math.Log(0.9)).ShouldBe(1 / 9.0, 1e-12);
        SeedLiteral.Acceptance(Math.Log(0.1)).ShouldBe(1, 1e-12);
        SeedLiteral.Acceptance(double.NegativeInfinity).ShouldBe(1);
        SeedLiteral.Acceptance(Math.Log(0.5)).ShouldBe(0.2, 1e-12);                             // a fresh head: a random fifth
        Should.Throw<ConfigurationException>(() => SeedLiteral.Acceptance(0, 0));
    }

    [Fact]
    public void Rejection_OneHotTargetWithAValidBound_IsAgreementAcceptance()
    {
        // Labels are proposed by the model; the target is the given label alone. What the source set out to do.
        var labels = DrawnQuery.Of([0, 0, 0], [0, 1, 0]);
        var (model, given) = (Proposal.FromLogWeights([Math.Log(0.2), Math.Log(0.7), Math.Log(0.1)]), Target.FromLogWeights([double.NegativeInfinity, 0, double.NegativeInfinity]));
        var ratios = CandidateRatios.Of(labels, model, given);

        var draws = RejectionSampler.Draw(labels, model, ratios, ratios.Known().Max(), DrawnQuery.Proposals(20_000), DrawnQuery.Key);

        Math.Exp(draws.Account.LogBound).ShouldBe(1 / 0.7, 1e-9);
        draws.Account.ExpectedRate.ShouldBe(0.7, 1e-12);                                       // P(keep) = q of the label: monotone the other way
        draws.Draws.ShouldAllBe(draw => draw.IsTaken == (draw.Candidate == 1));
    }
}
