using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

/// <summary>Lists that strain a loss: nothing to learn, huge scores, ties, few bits.</summary>
public sealed class RankingLossEdgeTests : RequiresTorch
{
    public static TheoryData<string> Sections => LossExamples.Sections;

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_NoListWithSignal_IsZeroWithoutGradientAndCounted(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var lists = new CandidateLists(Tensor.From([0.5f, 1f, -1f, 0.2f, 7f, 0f], 3, 2))
        {
            Grades = Tensor.From([3L, 3L, 1L, 0L, 0L, 0L], 3, 2),                                // equal grades; one candidate; none
            Mask = Tensor.From([true, loss is not KlDistillationLoss, true, false, false, false], 3, 2),
            TeacherScores = Tensor.Zeros([3, 2]),
        };
        var outcome = loss.Forward(lists);
        outcome.Skipped().ShouldBe(3);
        outcome.TotalWeight().ShouldBe(0);
        outcome.Mean().Item().ShouldBe(0);
        LossExamples.Gradient(loss, lists).ShouldAllBe(value => value == 0);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_ListsWithoutSignal_DoNotDiluteTheMean(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var lists = LossExamples.Random(51) with { Weights = null };
        var more = lists with
        {
            Scores = Tensor.Cat([lists.Scores, lists.Scores.Narrow(0, 0, 1)]),
            Grades = Tensor.Cat([lists.Grades!, Tensor.Zeros([1, 7], DType.Int64)]),
            TeacherScores = Tensor.Cat([lists.TeacherScores!, Tensor.Full([1, 7], double.NaN, DType.Float64)]),
        };
        LossExamples.Mean(loss, more).ShouldBe(LossExamples.Mean(loss, lists), 1e-12);
        loss.Forward(more).Skipped().ShouldBe(1);
    }

    /// <summary>Scores of ±1e4, a list wholly right, one wholly wrong, and one of equal scores: finite in float32, loss and gradient.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_HugeAndEqualScores_StaysFinite(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var lists = new CandidateLists(Tensor.From([1e4f, 0f, -1e4f, -1e4f, 0f, 1e4f, 2f, 2f, 2f, 0f, 0f, 0f], 4, 3))
        {
            Grades = Tensor.From([6L, 1L, 0L, 6L, 1L, 0L, 6L, 1L, 0L, 0L, 1L, 0L], 4, 3),
            TeacherScores = Tensor.From([1e4f, 0f, -1e4f, 1e4f, 0f, -1e4f, 0f, 0f, 0f, 1f, 2f, 3f], 4, 3),
        };
        var outcome = loss.Forward(lists);
        outcome.Skipped().ShouldBe(0);
        outcome.PerList.ToArray<float>().ShouldAllBe(value => float.IsFinite(value) && (loss is CosineHingeLoss || value > -1e-6));      // 1e4 is no cosine
        LossExamples.Gradient(loss, lists).ShouldAllBe(value => double.IsFinite(value));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_HalfPrecisionScores_EqualTheSameNumbersInFloat32(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var lists = LossExamples.Random(61);
        foreach (var type in new[] { DType.BFloat16, DType.Float16 })
        {
            var rounded = lists with { Scores = lists.Scores.To(type) };
            var outcome = loss.Forward(rounded);
            outcome.PerList.Type.ShouldBe(DType.Float32);
            outcome.PerList.ToArray<float>().ShouldBe(loss.Forward(lists with { Scores = rounded.Scores.To(DType.Float32) }).PerList.ToArray<float>());
        }
        // Float32 and float64 agree as far as float32 goes.
        LossExamples.Mean(loss, lists with { Scores = lists.Scores.To(DType.Float32) }).ShouldBe(LossExamples.Mean(loss, lists), 2e-5 * Math.Max(1, LossExamples.Mean(loss, lists)));
    }

    /// <summary>A model that scores all alike must be able to leave that state: the positive's gradient pulls it up.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Backward_AllScoresEqual_PullsTheBestUp(string section)
    {
        using var scope = TensorScope.Begin();
        var lists = new CandidateLists(Tensor.Full([1, 4], 0.2, DType.Float64)) { Grades = Tensor.From([0L, 0L, 5L, 0L], 1, 4), TeacherScores = Tensor.From(new double[] { 0, 0, 5, 0 }, 1, 4) };
        var gradient = LossExamples.Gradient(LossExamples.Read(section), lists);
        gradient[2].ShouldBeLessThan(-1e-3);
        gradient.Where((_, i) => i != 2).ShouldAllBe(value => value >= 0);
    }

    [Fact]
    public void Forward_WithoutGrades_TakesTheFirstForThePositive()
    {
        using var scope = TensorScope.Begin();
        var scores = LossExamples.Random(71).Scores;
        var graded = new CandidateLists(scores) { Grades = Tensor.From(Enumerable.Range(0, 28).Select(i => i % 7 == 0 ? 1L : -1L).ToArray(), 4, 7) };
        foreach (var name in RankingLosses.Names.Where(name => name is not ("margin-mse" or "kl-distillation")))
        {
            var loss = LossExamples.Read($"name: {name}");
            loss.Forward(scores).Item().ShouldBe(LossExamples.Mean(loss, graded), 1e-12, name);
        }
    }

    [Fact]
    public void Forward_TensorsThatDoNotFit_AreNamed()
    {
        using var scope = TensorScope.Begin();
        var lists = new CandidateLists(Tensor.Zeros([2, 3]));
        var loss = new RankNetLoss();
        Should.Throw<ShapeException>(() => loss.Forward(lists with { Mask = Tensor.Ones([2, 2]) })).Message.ShouldBe("mask has shape [2, 2]; expected [2, 3].");
        Should.Throw<ShapeException>(() => loss.Forward(lists with { Grades = Tensor.Ones([3, 2]) })).Message.ShouldBe("grades has shape [3, 2]; expected [2, 3].");
        Should.Throw<ShapeException>(() => loss.Forward(lists with { Weights = Tensor.Ones([3]) })).Message.ShouldBe("weights has shape [3]; expected [2].");
        Should.Throw<ShapeException>(() => loss.Forward(new CandidateLists(Tensor.Ones([3]))));
        Should.Throw<ArgumentException>(() => new MarginMseLoss().Forward(lists)).Message.ShouldContain("give TeacherScores");
    }
}
