using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Tests.Sampling.Rejection;

/// <summary>T5 and T6, and the bad input of every part.</summary>
public sealed class ExtremeInputTests
{
    [Fact]
    public void Rejection_TargetIsTheProposal_AcceptsAll()
    {
        var list = DrawnQuery.List();
        var proposal = Proposal.Softmax(list, new ProposalOptions());
        var ratios = CandidateRatios.Of(list, proposal, Target.FromLogWeights(proposal.LogProbabilities.ToArray()));

        var draws = RejectionSampler.Draw(list, proposal, ratios, ratios.Known().Max(), DrawnQuery.Proposals(1000), DrawnQuery.Key);

        Math.Exp(draws.Account.LogBound).ShouldBe(1, 1e-12);
        draws.Account.AcceptanceRate.ShouldBe(1);
        draws.Account.EffectiveSize.ShouldBe(1000, 1e-6);
    }

    [Fact]
    public void Rejection_NotWantedAtAll_IsNeverAccepted()
    {
        var list = DrawnQuery.List();
        var (proposal, target) = (Proposal.Softmax(list, new ProposalOptions()), Target.Graded(list, smoothing: 0));
        var ratios = CandidateRatios.Of(list, proposal, target);

        var draws = RejectionSampler.Draw(list, proposal, ratios, ratios.Known().Max(), DrawnQuery.Proposals(50_000), DrawnQuery.Key);

        draws.Draws.ShouldContain(draw => list.Grades[draw.Candidate] == 0);                 // proposed
        draws.Taken.ShouldAllBe(draw => list.Grades[draw.Candidate] > 0);
        GoodnessOfFit.Of(draws.Taken.Select(draw => draw.Candidate), DrawnQuery.Probabilities(target)).Fits.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.0)]
    public void EveryScheme_ScoresOfTenThousand_GivesNumbers(double defence)
    {
        var list = DrawnQuery.Of([1e4, -1e4, 0, 1e4], [0, 3, 1, 0]);
        foreach (var scheme in SamplingScheme.All)
        {
            var options = new SamplingOptions { Scheme = scheme, Proposal = new ProposalOptions { Defence = defence }, Bound = new BoundOptions { Kind = scheme == SamplingScheme.QuasiRejection ? BoundKind.Quantile : BoundKind.Exact } };
            var draws = new QuerySampler(options).Draw(list, 2);
            draws.Draws.Count.ShouldBeInRange(1, 160, scheme);
            draws.Draws.ShouldAllBe(draw => double.IsFinite(draw.Weight) && draw.Weight >= 0, scheme);
            draws.Account.AcceptanceRate.ShouldBeInRange(0, 1, scheme);
            double.IsNaN(draws.Account.GradeEntropy).ShouldBeFalse(scheme);
        }
    }

    [Fact]
    public void EveryScheme_OneCandidate_TakesItOrNothing()
    {
        var list = DrawnQuery.Of([0.5], [3]);
        foreach (var scheme in SamplingScheme.All.Except([SamplingScheme.Rso, SamplingScheme.Agreement, SamplingScheme.SeedLiteral, SamplingScheme.Rest]))
        {
            var options = new SamplingOptions { Scheme = scheme, Bound = new BoundOptions { Kind = scheme == SamplingScheme.QuasiRejection ? BoundKind.Quantile : BoundKind.Exact } };
            new QuerySampler(options).Draw(list, 1).Taken.Select(draw => draw.Candidate).Distinct().ShouldBe([0], scheme);
        }
        new QuerySampler(new SamplingOptions { Scheme = SamplingScheme.Rejection }).Draw(list, 1).Account.AcceptanceRate.ShouldBe(1);
    }

    [Fact]
    public void Draw_AnyNumberOfThreads_IsTheSame()
    {
        var queries = Enumerable.Range(0, 600).Select(number => DrawnQuery.List($"q{number}")).ToList();
        foreach (var scheme in SamplingScheme.All)
        {
            var sampler = new QuerySampler(new SamplingOptions { Scheme = scheme, Bound = new BoundOptions { Kind = scheme == SamplingScheme.QuasiRejection ? BoundKind.Quantile : BoundKind.Running } });
            var one = sampler.Draw(queries, 3, threads: 1, TestContext.Current.CancellationToken).ToDictionary(draws => draws.Candidates.QueryId, draws => draws.Draws);
            var many = sampler.Draw(queries.AsEnumerable().Reverse(), 3, threads: 8, TestContext.Current.CancellationToken).ToList();
            foreach (var draws in many) draws.Draws.ShouldBe(one[draws.Candidates.QueryId], scheme);
            many.Select(draws => draws.Candidates.QueryId).ShouldBe(queries.Select(query => query.QueryId).Reverse());
        }
    }

    [Fact]
    public void Draw_OtherSeedEpochOrQuery_IsAnother()
    {
        static IEnumerable<int> Proposed(int seed, int epoch, string query) => new QuerySampler(new SamplingOptions { Seed = seed, Stop = DrawnQuery.Proposals(40) }).Draw(DrawnQuery.List(query), epoch).Draws.Select(draw => draw.Candidate);

        var first = Proposed(1, 1, "q1").ToList();
        Proposed(1, 1, "q1").ShouldBe(first);
        Proposed(2, 1, "q1").ShouldNotBe(first);
        Proposed(1, 2, "q1").ShouldNotBe(first);
        Proposed(1, 1, "q2").ShouldNotBe(first);
    }

    [Fact]
    public void Ratios_WantedAndNeverProposed_NamesThePassage()
    {
        var list = DrawnQuery.List();
        var proposal = Proposal.Softmax(list, new ProposalOptions { Depth = 5 });

        Should.Throw<DragomanException>(() => CandidateRatios.Of(list, proposal, Target.Graded(list))).Message
            .ShouldMatch("^Query q1: passage p2 has probability 0\\.\\d+ in the target and 0 in the proposal, so that it would never be drawn; use defence above 0, or propose deeper\\.$");
    }

    [Fact]
    public void Proposal_WithDepth_ProposesTheBestAlone()
    {
        var list = DrawnQuery.List();
        var proposal = Proposal.Softmax(list, new ProposalOptions { Depth = 3 });

        Enumerable.Range(0, list.Count).Where(at => !double.IsNegativeInfinity(proposal.LogProbabilities[at])).ShouldBe([0, 3, 7]);
        proposal.LogProbabilities.ToArray().Sum(value => Math.Exp(value)).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Temperature_AsSmallAsANumberCanBe_ProposesAndWantsTheBest()
    {
        var list = DrawnQuery.List();
        Math.Exp(Proposal.Softmax(list, new ProposalOptions { Temperature = double.Epsilon, Defence = 0 }).LogProbabilities[0]).ShouldBe(1);
        DrawnQuery.Probabilities(Target.SoftmaxOfGrades(list, double.Epsilon))[5].ShouldBe(1);
        DrawnQuery.Probabilities(Target.Graded(DrawnQuery.Of([0, 0, 0], [3000, 2999, 0]))).ShouldBe([2 / 3.0, 1 / 3.0, 0], 1e-9);
    }

    [Fact]
    public void Grades_AllZero_AreUniformWithSmoothingAndRefusedWithout()
    {
        var list = DrawnQuery.Of([1, 2, 3], [0, 0, -1]);

        DrawnQuery.Probabilities(Target.Graded(list)).ShouldAllBe(p => Math.Abs(p - 1.0 / 3) < 1e-12);
        DrawnQuery.Probabilities(Target.SoftmaxOfGrades(list)).ShouldAllBe(p => Math.Abs(p - 1.0 / 3) < 1e-12);
        Should.Throw<DragomanException>(() => Target.Graded(list, 0)).Message.ShouldBe("Query q1 has no candidate with a grade above 0, so that nothing can be drawn without smoothing; leave the query out, or use smoothing above 0.");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scores_NotANumber_NameThePassage(double score) =>
        Should.Throw<DragomanException>(() => DrawnQuery.Of([1, score], [0, 1])).Message.ShouldStartWith("Query q1: the score of passage p2 is ");

    [Fact]
    public void Scorer_NotANumber_NamesThePassage()
    {
        var list = DrawnQuery.List();
        var ratios = CandidateRatios.Lazy(list, _ => double.NaN);
        Should.Throw<DragomanException>(() => RejectionSampler.Draw(list, Proposal.Uniform(list.Count), ratios, 0, new StopRule(), DrawnQuery.Key)).Message.ShouldContain("Query q1: the scorer gave passage p");
    }

    [Fact]
    public void Candidates_None_AreRefused() => Should.Throw<DragomanException>(() => new CandidateList("q1", [], [], [])).Message.ShouldStartWith("Query q1 has no candidates");

    [Fact]
    public void Options_Bad_AreToldAllAtOnce()
    {
        var options = new SamplingOptions
        {
            Scheme = "best", Proposal = new ProposalOptions { Temperature = 0, Defence = 2, Depth = 0 }, Bound = new BoundOptions { Kind = BoundKind.Quantile, Alpha = 0 }, Stop = new StopRule { Wanted = 0 },
            Smoothing = double.NaN, TargetTemperature = 0, Beta = 0, SeedBound = 0, BestGrade = 0, NoiseRate = 0.5, Factor = 0,
        };
        Should.Throw<ConfigurationException>(() => new QuerySampler(options)).Problems.Count.ShouldBe(13);
        Should.Throw<ConfigurationException>(() => Proposal.Softmax(DrawnQuery.List(), new ProposalOptions { Temperature = 0 })).Message.ShouldContain("temperature is 0; use a number above 0");
        Should.Throw<ConfigurationException>(() => Target.SoftmaxOfGrades(DrawnQuery.List(), 0)).Message.ShouldContain("temperature is 0");
        Should.Throw<ConfigurationException>(() => Target.RewardTilted(DrawnQuery.List(), Proposal.Uniform(12), new double[12], 0)).Message.ShouldContain("beta is 0");
    }

    [Fact]
    public void BoundViolated_WhileRunning_IsCountedAndTheProposalTaken()
    {
        var (list, proposal, _, ratios) = DrawnQuery.Parts();
        var tooSmall = DrawnQuery.ExactBound(ratios) - 1;

        var draws = RejectionSampler.Draw(list, proposal, ratios, tooSmall, DrawnQuery.Proposals(2000), DrawnQuery.Key);

        draws.Account.AboveBound.ShouldBe(draws.Draws.Count(draw => ratios[draw.Candidate] > tooSmall));
        draws.Draws.Where(draw => ratios[draw.Candidate] > tooSmall).ShouldAllBe(draw => draw.Decision == Decision.AboveBound && draw.Weight == 1);
    }

    [Fact]
    public void Stop_Rules_StopAndTellOfTheCap()
    {
        var (list, proposal, _, ratios) = DrawnQuery.Parts();
        var bound = DrawnQuery.ExactBound(ratios);

        var bySize = RejectionSampler.Draw(list, proposal, ratios, bound, new StopRule { Wanted = 10 }, DrawnQuery.Key);
        bySize.Account.EffectiveSize.ShouldBeInRange(10, 11.5);
        bySize.Account.Capped.ShouldBeFalse();
        var byCount = RejectionSampler.Draw(list, proposal, ratios, bound, new StopRule { Wanted = 10, Count = StopCount.Accepted }, DrawnQuery.Key);
        byCount.Account.Accepted.ShouldBe(10);
        byCount.Draws[^1].IsTaken.ShouldBeTrue();
        var capped = RejectionSampler.Draw(list, proposal, ratios, bound + 20, new StopRule { Wanted = 10, Count = StopCount.Accepted }, DrawnQuery.Key);
        capped.Account.Proposed.ShouldBe(200);
        capped.Account.Capped.ShouldBeTrue();
        var distinct = RejectionSampler.Draw(list, proposal, ratios, bound, new StopRule { Wanted = 5, Count = StopCount.Accepted, Distinct = true }, DrawnQuery.Key);
        distinct.Taken.Select(draw => draw.Candidate).ShouldBeUnique();
        distinct.Account.DistinctAccepted.ShouldBe(5);
    }
}
