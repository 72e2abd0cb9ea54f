using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Noise;

namespace Dragoman.Training.Tests.Sampling.Noise;

public sealed class LabelNoiseTests
{
    private const int Asked = 200;
    private static readonly Dictionary<string, string> Languages = Enumerable.Range(0, 800).ToDictionary(i => $"p{i:000}", i => i % 2 == 0 ? "ru" : "kk");

    // Query i has positives 4i (grade 1 + i mod 3) and 4i + 2 (grade 1) in Russian, 4i + 1 in Kazakh, and a zero.
    private static readonly Qrels Judgements = Built(Enumerable.Range(0, Asked).SelectMany(i => new[] { (i, 4 * i, 1 + (i % 3)), (i, (4 * i) + 2, 1), (i, (4 * i) + 1, 2), (i, (4 * i) + 3, 0) }));

    private static Qrels Built(IEnumerable<(int Query, int Passage, int Grade)> entries)
    {
        var builder = new QrelsBuilder();
        foreach (var (query, passage, grade) in entries) builder.Add($"q{query:000}", $"p{passage:000}", grade);
        return builder.Build();
    }

    private static InjectedNoise Inject(double mismatched = 0, double hidden = 0, double jitter = 0, int seed = 1) =>
        LabelNoise.Inject(Judgements, Languages, new NoiseOptions { Mismatched = mismatched, Hidden = hidden, Jitter = jitter, Seed = seed });

    [Fact]
    public void Inject_Nothing_JudgementsStay()
    {
        var noise = Inject();
        noise.Judgements.Fingerprint().ShouldBe(Judgements.Fingerprint());
        noise.Changes.ShouldBeEmpty();
        noise.Queries.ShouldBe(Asked);
    }

    [Fact]
    public void Inject_Mismatched_ExactShareGetsAnAnswerOfAnotherQueryInEachLanguage()
    {
        var noise = Inject(mismatched: 0.3);
        noise.MismatchedQueries.ShouldBe(60);
        foreach (var wrong in noise.Changes.Where(change => change.Kind == NoiseKind.Mismatched))
        {
            (Judgements.Grade(wrong.QueryId, wrong.PassageId) ?? 0).ShouldBe(0);
            Judgements.QueryIds.Any(other => other != wrong.QueryId && Judgements.Grade(other, wrong.PassageId) > 0).ShouldBeTrue();
            noise.Judgements.Grade(wrong.QueryId, wrong.PassageId).ShouldBe(wrong.Grade);
            var displaced = noise.Changes.Where(change => change.Kind == NoiseKind.Displaced && change.QueryId == wrong.QueryId && Languages[change.PassageId] == Languages[wrong.PassageId]).ToList();
            displaced.Max(change => change.TrueGrade).ShouldBe(wrong.Grade);
            displaced.ShouldAllBe(change => noise.Judgements.Grade(change.QueryId, change.PassageId) == null);
        }
        noise.Count(NoiseKind.Mismatched).ShouldBe(2 * 60);                          // a wrong passage in each language
        noise.Count(NoiseKind.Displaced).ShouldBe(3 * 60);
        noise.Judgements.QueryIds.ShouldBe(Judgements.QueryIds);
    }

    [Theory]
    [InlineData(0.1, 0.2), InlineData(0.2, 0.4), InlineData(0.4, 1)]
    public void Inject_GreaterShare_DamagesTheSameAndMore(double less, double more)
    {
        Inject(mismatched: less).Changes.Except(Inject(mismatched: more).Changes).ShouldBeEmpty();
        Inject(hidden: less).Changes.Except(Inject(hidden: more).Changes).ShouldBeEmpty();
        Inject(jitter: less).Changes.Except(Inject(jitter: more).Changes).ShouldBeEmpty();
        Inject(mismatched: less).Changes.Count.ShouldBeLessThan(Inject(mismatched: more).Changes.Count);
    }

    [Fact]
    public void Inject_Hidden_ShareOfAccompaniedPositivesGoesAndOneStays()
    {
        var noise = Inject(hidden: 0.25);
        noise.Accompanied.ShouldBe(2 * Asked);
        noise.Changes.ShouldAllBe(change => change.Kind == NoiseKind.Hidden && change.Grade == 0 && Languages[change.PassageId] == "ru");
        // 200 draws at one half: standard deviation 7.
        noise.Changes.Count.ShouldBeInRange(100 - 28, 100 + 28);
        foreach (var query in noise.Judgements.QueryIds) noise.Judgements.Judgements(query).Count(judgement => judgement.Grade > 0 && Languages[judgement.PassageId] == "ru").ShouldBeGreaterThan(0);
        Inject(hidden: 0.5).Changes.Count.ShouldBe(Asked);                           // the most there can be
        Inject(hidden: 1).Changes.Count.ShouldBe(Asked);
    }

    [Fact]
    public void Inject_Jitter_GradesMoveByOneWithinTheRange()
    {
        var noise = Inject(jitter: 1);
        noise.Changes.Count.ShouldBe(3 * Asked);
        noise.Changes.ShouldAllBe(change => change.Kind == NoiseKind.Jitter && Math.Abs(change.Grade - change.TrueGrade) == 1 && change.Grade >= 1 && change.Grade <= 3);
        noise.Changes.Where(change => change.TrueGrade == 2).Select(change => change.Grade).Distinct().Order().ShouldBe([1, 3]);
        noise.Changes.ShouldAllBe(change => noise.Judgements.Grade(change.QueryId, change.PassageId) == change.Grade);
    }

    [Fact]
    public void Inject_AnotherSeed_DamagesOthers() => Inject(mismatched: 0.2).Changes.ShouldNotBe(Inject(mismatched: 0.2, seed: 2).Changes);

    [Fact]
    public void Inject_NothingToPutIn_IsRefused()
    {
        var one = Built([(0, 0, 1)]);
        Should.Throw<DragomanException>(() => LabelNoise.Inject(one, Languages, new NoiseOptions { Mismatched = 1, Seed = 1 })).Message.ShouldContain("answers q000 too");
        Should.Throw<DragomanException>(() => LabelNoise.Inject(one, Languages, new NoiseOptions { Jitter = 0.5, Seed = 1 })).Message.ShouldContain("All positive grades are 1");
        Should.Throw<DragomanException>(() => LabelNoise.Inject(one, new Dictionary<string, string> { ["other"] = "ru" }, new NoiseOptions { Hidden = 0.5, Seed = 1 })).Message.ShouldContain("belong together");
    }

    [Theory]
    [InlineData(-0.1), InlineData(1.5), InlineData(double.NaN)]
    public void Problems_NoShare_IsNamed(double share) =>
        new NoiseOptions { Mismatched = share, Hidden = share, Jitter = share, Seed = 1 }.Problems().Count().ShouldBe(3);
}
