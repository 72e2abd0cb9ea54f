using Dragoman.Collections;
using Dragoman.Models.Encoders;
using Dragoman.Tensors;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Tests.Losses;

namespace Dragoman.Training.Tests.Distillation;

public sealed class DistilledLossTests : RequiresTorch
{
    [Fact]
    public void Forward_Mixed_IsTheSharesOfBothAndAListNeedsOneSignal()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(2) with { Weights = null };
        var (ranking, teacher) = (new ListwiseCrossEntropyLoss(), new KlDistillationLoss(2, 2));
        var mixed = new DistilledLoss(ranking, teacher, 0.3).Forward(lists).PerList.ToArray<double>();
        var (left, right) = (ranking.Forward(lists).PerList.ToArray<double>(), teacher.Forward(lists).PerList.ToArray<double>());
        for (var list = 0; list < 4; list++) mixed[list].ShouldBe(0.7 * left[list] + 0.3 * right[list], 1e-12);

        // The first list has grades and no teacher, the second a teacher and no grades, the third neither.
        var partly = new CandidateLists(Tensor.From([1.0, 0, 1, 0, 1, 0], 3, 2))
        {
            Grades = Tensor.From([1L, 0L, 0L, 0L, 0L, 0L], 3, 2),
            TeacherScores = Tensor.From([double.NaN, double.NaN, 0, 1, double.NaN, double.NaN], 3, 2),
        };
        var outcome = new DistilledLoss(ranking, teacher, 0.3).Forward(partly);
        outcome.HasSignal.ToArray<bool>().ShouldBe([true, true, false]);
        outcome.Skipped().ShouldBe(1);
        outcome.PerList.ToArray<double>()[0].ShouldBe(0.7 * Math.Log(1 + Math.Exp(-1)), 1e-12);
    }

    [Fact]
    public void Compare_GuideThatPrefersEveryPassage_LeavesNothingToLearn()
    {
        using var scope = TensorScope.Begin();
        var groups = new[] { "one", "two", "three" }.Select(text => new TrainingGroup(new Query(text, text, "en"), [new TrainingCandidate(new Passage(text, "", text, "en"), 1)])).ToList();
        var vectors = Tensor.From([1f, 0, 0, 1, 0.6f, 0.8f], 3, 2);
        LossOutcome Compare(double margin) => new InBatchLoss(0.1, null, 0, (_, _) => false, new GuideModel(new Letters(), margin)).Compare(new BiEncoderBatch(vectors, vectors, groups));
        Compare(3).Skipped().ShouldBe(3);
        Compare(-3).Skipped().ShouldBe(0);
        // "two" and "three" begin with the same letter, so that the guide takes each for the other's answer as soon as a tie will do.
        using var guide = new GuideModel(new Letters(), 0.01);
        guide.Excluded(groups, Device.Cpu).ToArray<bool>().ShouldBe([false, false, false, false, false, true, false, true, false]);
    }

    /// <summary>A text is its first letter.</summary>
    private sealed class Letters : ITextEncoder
    {
        public string Identity => "letters";

        public int Dimension => 2;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
        {
            for (var text = 0; text < texts.Count; text++) (vectors[2 * text], vectors[2 * text + 1]) = texts[text][0] == 't' ? (1, 0) : (0, 1);
        }

        public void Dispose()
        {
        }
    }
}
