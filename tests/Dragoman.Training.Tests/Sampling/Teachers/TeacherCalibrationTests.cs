using Dragoman.Collections;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class TeacherCalibrationTests
{
    private const string NothingSaid = "its probabilities say no more than that 25.0 % of the candidates are relevant";

    /// <summary>Of eight queries: the relevant passage p0, three candidates beside it, and three random passages beside the label.</summary>
    private static readonly CalibrationPairs Pairs = new(
        [.. Enumerable.Range(0, 8).SelectMany(query => Enumerable.Range(0, 7).Select(passage => new HeldOutPair(
            new Query($"q{query}", "", "en"), new Passage($"p{passage}", "", "", "en"), passage == 0, passage <= 3, passage is 0 or > 3)))],
        8);

    private static (TeacherProbabilities Fitted, string Said) Calibrate(Func<Query, Passage, float> score, bool withOffset = false)
    {
        using var console = new StringWriter();
        using var log = new TrainingLog(console, null, TimeProvider.System);
        var fitted = new TeacherCalibration(Pairs, withOffset, log).Of(new FixedScorer(score), "Fold 1", [], default);
        return (fitted, console.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_ATeacherThatKnowsNothing_SaysSo(bool withOffset)
    {
        // Scores that go by the query alone.
        var said = Calibrate((query, _) => query.Id[1] - '4', withOffset).Said;
        said.ShouldContain($"warning: {NothingSaid}");
        said.Contains("sampling.teacher.calibrate: offset can", StringComparison.Ordinal).ShouldBe(!withOffset);
    }

    [Fact]
    public void Of_ATeacherThatKnows_GivesNoWarningAndACalibrationOfEachKind()
    {
        // Candidates are harder to tell apart than random passages are.
        var (fitted, said) = Calibrate((query, passage) => passage.Id switch { "p0" => query.Id[1] % 4 == 0 ? -2 : 2, "p1" => query.Id[1] % 4 == 1 ? 2 : -2, "p2" or "p3" => -2, _ => -4 }, withOffset: true);
        said.ShouldNotContain("warning");
        said.ShouldContain("Fold 1 is calibrated on 32 candidates of 8 dev queries, 25.0 % relevant");
        said.ShouldContain("Fold 1, labels: 32 best-graded and random passages");
        fitted.Labels.LossAfter.ShouldBeLessThan(fitted.Candidates.LossAfter);
    }

    [Fact]
    public void Of_ATeacherThatTellsLabelsFromRandomPassagesOnly_IsWarnedOfAsATeacherOfCandidates()
    {
        var (fitted, said) = Calibrate((_, passage) => passage.Id[1] <= '3' ? 3 : -3, withOffset: true);
        said.ShouldContain($"warning: {NothingSaid}");
        fitted.Labels.LossAfter.ShouldBeLessThan(0.01);
    }

    private sealed class FixedScorer(Func<Query, Passage, float> score) : IPairScorer
    {
        public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken) => [.. pairs.Select(pair => score(pair.Query, pair.Passage))];

        public void Dispose()
        {
        }
    }
}
