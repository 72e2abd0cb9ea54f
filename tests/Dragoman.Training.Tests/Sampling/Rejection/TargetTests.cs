using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Tests.Sampling.Rejection;

public sealed class TargetTests
{
    [Fact]
    public void Graded_TypicalList_GivesTheZerosATenth()
    {
        var list = DrawnQuery.Of(new double[100], [.. Enumerable.Range(0, 100).Select(at => at < 90 ? 0 : at < 95 ? 1 : 2)]);
        Target.Graded(list).ZeroMass(list).ShouldBe(1.8 / (1.8 + 5 * 1.02 + 5 * 3.02), 1e-12);
        Target.Graded(list).ZeroMass(list).ShouldBeInRange(0.05, 0.2);
        Target.SoftmaxOfGrades(list).ZeroMass(list).ShouldBeInRange(0.05, 0.2);
        Target.SoftmaxOfGrades(list, 1).ZeroMass(list).ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public void DefensiveMixture_AnyScores_BoundsTheRatio()
    {
        var list = DrawnQuery.Of([50, -50, 3, 0], [0, 6, 1, 0]);
        var (target, p) = (Target.Graded(list), DrawnQuery.Probabilities(Target.Graded(list)));
        foreach (var share in new[] { 0.01, 0.1, 0.5, 1 })
        {
            var ratios = CandidateRatios.Of(list, Proposal.Softmax(list, new ProposalOptions { Defence = share }), target);
            Math.Exp(ratios.Known().Max()).ShouldBeInRange(1, list.Count * p.Max() / share + 1e-9);
        }
        var open = CandidateRatios.Of(list, Proposal.Softmax(list, new ProposalOptions { Defence = 0 }), target);
        open.Known().Max().ShouldBeGreaterThan(90);                                            // e^90: what the mixture is for
    }

    [Fact]
    public void TimesClean_DoubtedGrades_WeighLess()
    {
        var list = DrawnQuery.Of([0, 0, 0], [3, 3, 0]);
        var p = DrawnQuery.Probabilities(Target.Graded(list, 0).TimesClean(list, [0.9, 0.3, 1]));
        p.ShouldBe([0.75, 0.25, 0], 1e-12);
        Should.Throw<DragomanException>(() => Target.Graded(list, 0).TimesClean(list, [0, 0, 1])).Message.ShouldContain("no candidate is wanted and clean");
        Should.Throw<DragomanException>(() => Target.Graded(list).TimesClean(list, [0, 1.5, 1])).Message.ShouldContain("the probability of being clean of passage p2 is 1.5; it must be within 0 and 1.");
    }

    [Fact]
    public void Negatives_NoProbabilities_AreRefused()
    {
        var list = DrawnQuery.Of([0, 0], [0, 0]);
        Should.Throw<DragomanException>(() => Target.Negatives(list, Proposal.Uniform(2), [double.NaN, 1], [1, 1])).Message.ShouldContain("passage p1 is NaN; it must be within 0 and 1");
        Should.Throw<DragomanException>(() => Target.Negatives(list, Proposal.Uniform(2), [0, 1], [1, 0])).Message.ShouldContain("none of its 2 candidates may serve as a negative");
        DrawnQuery.Probabilities(Target.Negatives(list, Proposal.Uniform(2), [1, 0.5], [1, 1])).ShouldBe([2 / 3.0, 1 / 3.0], 1e-12);
    }

    [Fact]
    public void AliasTable_ManyDraws_FollowsTheProbabilities()
    {
        double[] probabilities = [0, 0.5, 0.2, 0, 0.2999, 0.0001, 0];
        var table = new AliasTable(probabilities);
        var stream = new DrawStream(1, 1, "q", DrawPurpose.Proposal);
        GoodnessOfFit.Of(Enumerable.Range(0, 100_000).Select(draw => table.Draw(stream[draw])), probabilities).Fits.ShouldBeTrue();
        GoodnessOfFit.Of(Enumerable.Range(0, 100_000).Select(draw => table.Draw(stream[draw])), [0, 0.48, 0.22, 0, 0.2999, 0.0001, 0]).Fits.ShouldBeFalse();
    }

    [Fact]
    public void Stream_Purposes_AreIndependent()
    {
        const int Count = 50_000;
        var (first, second) = (new DrawStream(1, 1, "q", DrawPurpose.Proposal), new DrawStream(1, 1, "q", DrawPurpose.Acceptance));
        var cells = Enumerable.Range(0, Count).Select(draw => (int)(first[draw] * 8) * 8 + (int)(second[draw] * 8));
        GoodnessOfFit.Of(cells, [.. Enumerable.Repeat(1 / 64.0, 64)]).Fits.ShouldBeTrue();
        var next = Enumerable.Range(0, Count).Select(draw => (int)(first[draw] * 8) * 8 + (int)(new DrawStream(1, 1, $"q{draw}", DrawPurpose.Proposal)[0] * 8));
        GoodnessOfFit.Of(next, [.. Enumerable.Repeat(1 / 64.0, 64)]).Fits.ShouldBeTrue();
    }
}
