using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Noise;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Training.Tests.Sampling.Noise;

public sealed class NoiseDetectionTests
{
    private static readonly JudgementChange[] Truth = [new("q1", "wrong", NoiseKind.Mismatched, 0, 1), new("q1", "right", NoiseKind.Displaced, 1, 0)];

    private static LedgerEntry Entry(string query, string part, params (string Passage, int Grade, double Acceptance, bool Kept)[] judged) => new()
    {
        QueryId = query, Epoch = 2, Part = part, Scheme = SamplingScheme.Agreement, CandidateCount = judged.Length,
        Passages = [.. judged.Select(entry => new LedgerPassage(entry.Passage, entry.Grade, 0, Math.Log(entry.Acceptance)))],
        Draws = [.. judged.Select((entry, at) => new Draw(at, entry.Kept ? Decision.Accepted : Decision.Rejected, 0, entry.Kept ? 1 : 0))],
        LogBound = 0, ExpectedRate = 0.5, EffectiveSize = 1, BoundRaised = 0, Capped = false, TargetEvaluations = judged.Length,
    };

    [Fact]
    public void Of_Examples_NoiseIsAPositiveThatDoesNotAnswer()
    {
        var part = NoiseDetection.Of([Entry("q1", "examples", ("wrong", 1, 0.1, false)), Entry("q2", "examples", ("p", 1, 0.9, true))], Truth).ShouldHaveSingleItem();
        (part.Epoch, part.Part, part.Scheme).ShouldBe((2, "examples", "agreement"));
        (part.Summary.Noisy, part.Summary.Sound, part.Summary.Auc, part.Summary.Precision, part.Summary.Recall).ShouldBe((1, 1, 1, 1, 1));
        part.Summary.AucWithinQueries.ShouldBe(double.NaN);
        part.Summary.AcceptNoisy.ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void Of_Negatives_NoiseIsAnAnswerThatNobodyKnows()
    {
        var part = NoiseDetection.Of([Entry("q1", "negatives", ("right", 0, 0.2, true), ("p", 0, 0.8, true), ("r", 0, 0.1, false))], Truth).ShouldHaveSingleItem();
        (part.Summary.Noisy, part.Summary.Sound).ShouldBe((1, 2));
        (part.Summary.Auc, part.Summary.AucWithinQueries).ShouldBe((0.5, 0.5));
        part.Summary.NoiseAfter.ShouldBe(0.5);
    }

    [Fact]
    public void Of_APassageKeptBefore_IsNotRejected()
    {
        var entry = Entry("q1", "negatives", ("right", 0, 0.2, true), ("p", 0, 0.8, false));
        var part = NoiseDetection.Of([entry with { Draws = [.. entry.Draws, entry.Draws[0] with { Decision = Decision.Repeated, Weight = 0 }] }], Truth).ShouldHaveSingleItem();
        (part.Summary.Noisy, part.Summary.Sound).ShouldBe((2, 1));
        part.Summary.Precision.ShouldBe(0);
        part.Summary.Recall.ShouldBe(0);
        part.Summary.NoiseAfter.ShouldBe(1);
    }

    [Fact]
    public void Of_NoBound_AcceptanceIsNoProbability()
    {
        var entry = Entry("q1", "negatives", ("right", 0, 3, true), ("p", 0, 0.5, false)) with { LogBound = double.NaN };
        var part = NoiseDetection.Of([entry], Truth).ShouldHaveSingleItem();
        (part.Summary.AcceptNoisy, part.Summary.NoiseExpected).ShouldBe((double.NaN, double.NaN));
        (part.Summary.Auc, part.Summary.NoiseAfter).ShouldBe((0, 1));
    }

    [Fact]
    public void Of_EpochsAndParts_AreCountedApart() =>
        NoiseDetection.Of([Entry("q1", "negatives", ("p", 0, 0.8, true)), Entry("q1", "examples", ("wrong", 1, 0.1, false))], Truth).Select(part => part.Part).ShouldBe(["examples", "negatives"]);

    [Fact]
    public void Of_AnotherCollection_IsRefused()
    {
        Should.Throw<DragomanException>(() => NoiseDetection.Of([Entry("q9", "examples", ("p", 1, 0.9, true))], Truth)).Message.ShouldContain("no query in common");
        Should.Throw<DragomanException>(() => NoiseDetection.Of([], Truth)).Message.ShouldContain("holds no decisions");
        NoiseDetection.Of([Entry("q9", "examples", ("p", 1, 0.9, true))], []).ShouldHaveSingleItem().Summary.Noisy.ShouldBe(0);
    }
}
