using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Negatives;

namespace Dragoman.Training.Tests.Sampling.Rejection.Negatives;

public sealed class NegativeRuleTests
{
    private static readonly double[] Teacher = [0.95, 0.02, 0.4, 0.08, 0.6, 0.01, 0.3, 0.05, 0.93, 0.2, 0.5, 0.09];

    [Fact]
    public void RowsOfTheTable_AreSpecialCases()
    {
        var facts = new NegativeFacts(Score: 1.5, PositiveScore: 2, Teacher: 0.85, PositiveTeacher: 0.9);
        (NegativeRule.Ance().NonRelevant(facts), NegativeRule.Ance().Informative(facts)).ShouldBe((1, 1));
        NegativeRule.RocketQa().NonRelevant(facts).ShouldBe(0);
        NegativeRule.RocketQa().NonRelevant(facts with { Teacher = 0.09 }).ShouldBe(1);
        NegativeRule.RocketQa().IsPositive(facts with { Teacher = 0.91 }).ShouldBeTrue();
        var aware = NegativeRule.PositiveAware(new PositiveAwareFilter { MaxShare = 0.95 });
        aware.NonRelevant(facts).ShouldBe(1);                                                  // 0.85 <= 0.855
        aware.NonRelevant(facts with { Teacher = 0.86 }).ShouldBe(0);
        NegativeRule.SimAns().Informative(facts).ShouldBe(Math.Exp(-0.5 * 0.25), 1e-12);
        NegativeRule.SimAns(b: -0.5).Informative(facts).ShouldBe(1, 1e-12);
        NegativeRule.SimAnsAbsolute().Informative(facts).ShouldBe(Math.Exp(-1.5), 1e-12);
        NegativeRule.Gist().NonRelevant(facts).ShouldBe(1);
        NegativeRule.Gist().NonRelevant(facts with { Teacher = 0.91 }).ShouldBe(0);
        NegativeRule.Calibrated().NonRelevant(facts).ShouldBe(0.15, 1e-12);
        NegativeRule.All.Select(rule => rule.Name).ShouldBeUnique();
        NegativeRule.Named("simans").Name.ShouldBe("simans");
        Should.Throw<ConfigurationException>(() => NegativeRule.Named("bm25")).Message.ShouldContain("'bm25' is not one; use ance, rocketqa,");
    }

    [Fact]
    public void Stream_EveryRule_DrawsFromTheFormula()
    {
        foreach (var rule in NegativeRule.All)
        {
            var (list, sampler) = (DrawnQuery.List(), new NegativeSampler(rule));
            var wanted = sampler.TargetOf(list, 2.5, 0.9, Teacher);
            var first = Enumerable.Range(0, 20_000).Select(number => sampler.Stream(DrawnQuery.List($"q{number}"), 2.5, 0.9, at => Teacher[at], 1, DrawnQuery.Key)).ToList();
            GoodnessOfFit.Of(first.SelectMany(draws => draws.Taken).Select(draw => draw.Candidate), DrawnQuery.Probabilities(wanted)).Fits.ShouldBeTrue(rule.Name);
        }
    }

    [Fact]
    public void Stream_ExpensiveTeacher_IsAskedForProposalsOnlyAndOnce()
    {
        var asked = new List<int>();
        var sampler = new NegativeSampler(NegativeRule.Calibrated());

        var draws = sampler.Stream(DrawnQuery.List(), 2.5, 0.9, at => { asked.Add(at); return Teacher[at]; }, 3, DrawnQuery.Key);

        draws.Taken.Select(draw => draw.Candidate).Distinct().Count().ShouldBe(3);
        asked.ShouldBeUnique();
        asked.Order().ShouldBe(draws.Draws.Select(draw => draw.Candidate).Distinct().Order());
        draws.Account.TargetEvaluations.ShouldBe(asked.Count);
    }

    [Fact]
    public void TopK_Distinct_AndPositivesAreNamed()
    {
        var sampler = new NegativeSampler(NegativeRule.RocketQa());
        sampler.TopK(DrawnQuery.List(), 2.5, 0.9, Teacher, 4, DrawnQuery.Key).Taken.Select(draw => draw.Candidate).Order().ShouldBeSubsetOf([1, 3, 5, 7, 11]);
        sampler.Positives(DrawnQuery.List(), Teacher).ShouldBe([0, 8]);
    }

    [Fact]
    public void NothingMayServe_AndBadTeachers_AreToldPlainly()
    {
        var sampler = new NegativeSampler(NegativeRule.RocketQa());
        Should.Throw<DragomanException>(() => sampler.TopK(DrawnQuery.List(), 2.5, 0.9, [.. Teacher.Select(_ => 0.5)], 4, DrawnQuery.Key)).Message.ShouldStartWith("Query q1: none of its 12 candidates may serve as a negative");
        sampler.Stream(DrawnQuery.List(), 2.5, 0.9, _ => 0.5, 2, DrawnQuery.Key).Account.Capped.ShouldBeTrue();          // 40 proposals, and none taken
        Should.Throw<DragomanException>(() => sampler.Stream(DrawnQuery.List(), 2.5, 0.9, _ => double.NaN, 2, DrawnQuery.Key)).Message.ShouldContain("the teacher gave passage");
        Should.Throw<DragomanException>(() => new NegativeSampler(NegativeRule.Calibrated()).Stream(DrawnQuery.List(), 2.5, 0.9, _ => 7.5, 2, DrawnQuery.Key)).Message.ShouldContain("Are the teacher's scores calibrated probabilities?");
    }
}
