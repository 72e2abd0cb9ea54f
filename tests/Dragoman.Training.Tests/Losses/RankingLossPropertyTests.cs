using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

/// <summary>What is true of every ranking loss, or of all that compare scores with each other.</summary>
public sealed class RankingLossPropertyTests : RequiresTorch
{
    public static TheoryData<string> Sections => LossExamples.Sections;

    /// <summary>All but the two that look at single scores: cosines have a zero and a least value.</summary>
    public static TheoryData<string> OfDifferences => [.. LossExamples.Names.Where(section => !LooksAtSingleScores(section))];

    /// <summary>No score lies at a corner of a hinge and no two are equal, so central differences in float64 agree to 1e-6 relative.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Backward_AgainstCentralDifferences_Agrees(string section)
    {
        var loss = LossExamples.Read(section);
        foreach (var padded in new[] { false, true })
        {
            using var scope = TensorScope.Begin();
            var lists = LossExamples.Random(11, padded: padded);
            var gradient = LossExamples.Gradient(loss, lists);
            gradient.Max(Math.Abs).ShouldBeGreaterThan(1e-4);
            var values = lists.Scores.ToArray<double>();
            const double step = 1e-6;
            for (var i = 0; i < values.Length; i++)
            {
                double At(double offset)
                {
                    var moved = (double[])values.Clone();
                    moved[i] += offset;
                    return LossExamples.Mean(loss, lists with { Scores = Tensor.From(moved, [.. lists.Scores.Shape]) });
                }
                var difference = (At(step) - At(-step)) / (2 * step);
                gradient[i].ShouldBe(difference, 1e-6 * Math.Max(1, Math.Abs(difference)), $"element {i}");
            }
        }
    }

    /// <summary>Losses of differences: a common offset of a list's scores changes nothing, so its gradient sums to zero.</summary>
    [Theory]
    [MemberData(nameof(OfDifferences))]
    public void Forward_ScoresOfAListMovedTogether_ChangesNothing(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        for (var seed = 0; seed < 5; seed++)
        {
            var lists = LossExamples.Random(seed, padded: seed % 2 == 1);
            var offsets = Tensor.From(new double[] { 3, -7, 0.5, 20 }, 4, 1);
            loss.Forward(lists with { Scores = lists.Scores + offsets }).PerList.IsCloseTo(loss.Forward(lists).PerList, 1e-9, 1e-11).ShouldBeTrue();
            LossExamples.Gradient(loss, lists).Chunk(7).ShouldAllBe(row => Math.Abs(row.Sum()) < 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_CandidatesInAnotherOrder_ReordersTheGradientAlone(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        for (var seed = 20; seed < 25; seed++)
        {
            var lists = LossExamples.Random(seed, padded: true);
            int[] order = [0, 1, 2, 3, 4, 5, 6];
            new Random(seed).Shuffle(order);
            var places = Tensor.From(order.Select(place => (long)place).ToArray());
            var shuffled = lists with
            {
                Scores = lists.Scores.IndexSelect(1, places),
                Grades = lists.Grades!.IndexSelect(1, places),
                TeacherScores = lists.TeacherScores!.IndexSelect(1, places),
                Mask = lists.Mask!.IndexSelect(1, places),
            };
            LossExamples.Mean(loss, shuffled).ShouldBe(LossExamples.Mean(loss, lists), 1e-10);
            var (there, here) = (LossExamples.Gradient(loss, shuffled), LossExamples.Gradient(loss, lists));
            for (var i = 0; i < here.Length; i++) there[i].ShouldBe(here[i / 7 * 7 + order[i % 7]], 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_Padding_GetsNoGradientAndEqualsLeavingItOut(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var padded = LossExamples.Random(31, padded: true);
        var without = padded with
        {
            Scores = padded.Scores.Narrow(1, 1, 6),
            Grades = padded.Grades!.Narrow(1, 1, 6),
            TeacherScores = padded.TeacherScores!.Narrow(1, 1, 6),
            Mask = null,
        };
        var expected = LossExamples.Gradient(loss, without);
        foreach (var filler in new[] { double.NaN, double.PositiveInfinity, 1e9 })
        {
            var filled = padded with { Scores = padded.Scores.MaskedFill(padded.Mask!.Not(), filler), TeacherScores = padded.TeacherScores.MaskedFill(padded.Mask!.Not(), filler) };
            LossExamples.Mean(loss, filled).ShouldBe(LossExamples.Mean(loss, without), 1e-11);
            var gradient = LossExamples.Gradient(loss, filled);
            for (var i = 0; i < gradient.Length; i++) gradient[i].ShouldBe(i % 7 == 0 ? 0 : expected[i / 7 * 6 + i % 7 - 1], 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_ListsOneByOne_GiveTheSameAsTogether(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var lists = LossExamples.Random(41);
        var together = loss.Forward(lists).PerList.ToArray<double>();
        for (var list = 0; list < 4; list++)
        {
            var alone = new CandidateLists(lists.Scores.Narrow(0, list, 1)) { Grades = lists.Grades!.Narrow(0, list, 1), TeacherScores = lists.TeacherScores!.Narrow(0, list, 1) };
            LossExamples.Mean(loss, alone).ShouldBe(together[list], 1e-11);
        }
    }

    /// <summary>Sound orders cost less: with scores that rise with the grades each loss is below that of the reverse order.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_OrderOfTheGrades_CostsLessThanItsReverse(string section)
    {
        using var scope = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var grades = Tensor.From([0L, 1L, 2L, 4L, 6L], 1, 5);
        double[] rising = [-0.9, -0.4, 0.1, 0.5, 0.95];
        double Of(double[] scores) => LossExamples.Mean(loss, new CandidateLists(Tensor.From(scores, 1, 5)) { Grades = grades, TeacherScores = Tensor.From(rising, 1, 5) });
        Of(rising).ShouldBeLessThan(Of([.. rising.Reverse()]));
    }

    /// <summary>Following the gradient alone, from scores near 0, every loss ends with the best candidate above all of grade 0.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Backward_FollowedForManySteps_PutsTheBestAboveTheZeros(string section)
    {
        using var outer = TensorScope.Begin();
        var loss = LossExamples.Read(section);
        var lists = LossExamples.Random(81);
        lists = lists with { TeacherScores = lists.Grades!.To(DType.Float64) };
        using var scores = new Parameter("scores", (lists.Scores * 0.1).Detach());
        using var optimiser = new AdamW([new ParameterGroup([scores], 0.05, 0)]);
        var first = LossExamples.Mean(loss, lists with { Scores = scores.Value });
        for (var step = 0; step < 80; step++)
        {
            using var scope = TensorScope.Begin();
            optimiser.ZeroGrad();
            loss.Forward(lists with { Scores = scores }).Mean().Backward();
            optimiser.Step(1);
        }
        LossExamples.Mean(loss, lists with { Scores = scores.Value }).ShouldBeLessThan(first);
        foreach (var (values, grades) in scores.Value.Detach().ToArray<double>().Chunk(7).Zip(lists.Grades!.ToArray<long>().Chunk(7)))
            values.Where((_, i) => grades[i] == 0).ShouldAllBe(zero => zero < values[Array.IndexOf(grades, grades.Max())]);
    }

    private static bool LooksAtSingleScores(string section) =>
        section.Contains("cosine-hinge", StringComparison.Ordinal) || section.Contains("debiased", StringComparison.Ordinal);
}
