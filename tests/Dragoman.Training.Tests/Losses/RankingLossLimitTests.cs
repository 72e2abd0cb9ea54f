using Dragoman.Tensors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

/// <summary>Losses that become each other, or a measure, at the ends of their options.</summary>
public sealed class RankingLossLimitTests : RequiresTorch
{
    private static double[] PerList(IRankingLoss loss, CandidateLists lists) => loss.Forward(lists).PerList.ToArray<double>();

    private static void ShouldAgree(double[] actual, double[] expected, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], tolerance, $"list {i}");
    }

    /// <summary>Section 0.8 of the specification: softmax, then the hinge with margin 0, on a pair is 1 − σ(s₊ − s₋).</summary>
    [Fact]
    public void SoftmaxHinge_Pair_IsOneMinusSigmoidOfTheDifference()
    {
        using var scope = TensorScope.Begin();
        double[] positive = [2, -1, 0.5, 30, -30], negative = [0, 1.5, 0.4, -20, 25];
        var pairs = LossExamples.Pairs(Tensor.From(positive), Tensor.From(negative));
        ShouldAgree(PerList(new SoftmaxHingeLoss(), pairs), [.. positive.Zip(negative, (a, b) => 1 - 1 / (1 + Math.Exp(b - a)))], 1e-15);
    }

    [Fact]
    public void GeneralisedCrossEntropy_EndsOfTheDial_AreCrossEntropyAndOneMinusProbability()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(3);
        ShouldAgree(PerList(new GeneralisedCrossEntropyLoss(1e-9), lists), PerList(new ListwiseCrossEntropyLoss(), lists), 1e-7);
        ShouldAgree(PerList(new GeneralisedCrossEntropyLoss(1), lists), PerList(new SoftmaxHingeLoss(), lists), 1e-12);
    }

    [Fact]
    public void ListNet_OnePositiveAndNothingForZeros_IsCrossEntropy()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(4) with { Grades = Tensor.From(Enumerable.Range(0, 28).Select(i => i % 7 == 3 ? 4L : 0L).ToArray(), 4, 7) };
        var expected = PerList(new ListwiseCrossEntropyLoss(0.5), lists);
        ShouldAgree(PerList(new ListNetLoss(new ListNetOptions { Target = ListNetTarget.Gain, Smoothing = 0, Temperature = 0.5 }), lists), expected, 1e-12);
        ShouldAgree(PerList(new ListNetLoss(new ListNetOptions { TargetTemperature = 0.05, Temperature = 0.5 }), lists), expected, 1e-12);
    }

    /// <summary>The gradient of cross-entropy with a distribution: softmax(s) − p.</summary>
    [Fact]
    public void ListNet_Gradient_IsProbabilityMinusTarget()
    {
        using var scope = TensorScope.Begin();
        var lists = new CandidateLists(Tensor.From(new[] { 0.3, -1, 0.8 }, 1, 3)) { Grades = Tensor.From([2L, 0L, 1L], 1, 3) };
        var (p, t) = (Softmax(0.3, -1, 0.8), Softmax(2 / 0.4, 0, 1 / 0.4));
        ShouldAgree(LossExamples.Gradient(new ListNetLoss(), lists), [.. p.Zip(t, (a, b) => a - b)], 1e-12);
        static double[] Softmax(params double[] x) => [.. x.Select(value => Math.Exp(value) / x.Sum(Math.Exp))];
    }

    [Fact]
    public void RankNet_OnePairSteepnessOne_IsCrossEntropy()
    {
        using var scope = TensorScope.Begin();
        var pairs = new CandidateLists(Tensor.From(new[] { 0.3, -0.2, -3, 2, 1, 1 }, 3, 2));
        ShouldAgree(PerList(new RankNetLoss(), pairs), PerList(new ListwiseCrossEntropyLoss(), pairs), 1e-12);
    }

    [Theory]
    [InlineData(Gain.Exponential)]
    [InlineData(Gain.Linear)]
    public void ApproxNdcg_ColdTemperature_IsOneMinusNdcg(Gain gain)
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(5);
        var expected = Rows(lists).Select(row => 1 - Ndcg(row.Scores, row.Grades, gain)).ToArray();
        expected.ShouldAllBe(value => value > 0.01);
        ShouldAgree(PerList(new ApproxNdcgLoss(1e-6, gain), lists), expected, 1e-9);
    }

    /// <summary>The example of TensorFlow Ranking's ApproxNDCGLoss, whose value is the negated smooth nDCG: -0.655107.</summary>
    [Fact]
    public void ApproxNdcg_ExampleOfTensorFlowRanking_Agrees()
    {
        using var scope = TensorScope.Begin();
        PerList(new ApproxNdcgLoss(), new CandidateLists(Tensor.From(new[] { 0.6, 0.8 }, 1, 2)))[0].ShouldBe(1 - 0.655107, 5e-7);
    }

    [Fact]
    public void ApproxNdcg_AnyTemperature_IsWithinZeroAndOne()
    {
        using var scope = TensorScope.Begin();
        for (var seed = 0; seed < 40; seed++)
            PerList(new ApproxNdcgLoss(0.01 * (1 + seed)), LossExamples.Random(seed)).ShouldAllBe(value => value > -1e-12 && value < 1);
    }

    /// <summary>LambdaRank's weight is |ΔnDCG|: the loss is the sum over pairs of what exchanging the two would change, times log₂(1 + e^(−difference)).</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void LambdaRank_Weights_AreChangesOfNdcgWhenTwoExchangePlaces(int? cutoff)
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(6);
        var expected = Rows(lists).Select(row =>
        {
            var total = 0.0;
            for (var i = 0; i < 7; i++)
            {
                for (var j = 0; j < 7; j++)
                {
                    if (row.Grades[i] <= row.Grades[j]) continue;
                    var exchanged = (double[])row.Scores.Clone();
                    (exchanged[i], exchanged[j]) = (exchanged[j], exchanged[i]);
                    var change = Math.Abs(Ndcg(row.Scores, row.Grades, Gain.Exponential, cutoff) - Ndcg(exchanged, row.Grades, Gain.Exponential, cutoff));
                    total += change * Math.Log2(1 + Math.Exp(-(row.Scores[i] - row.Scores[j])));
                }
            }
            return total;
        }).ToArray();
        ShouldAgree(PerList(new LambdaLoss(new LambdaLossOptions { Weighting = LambdaWeighting.LambdaRank, Cutoff = cutoff }), lists), expected, 1e-12);
        ShouldAgree(PerList(new LambdaLoss(new LambdaLossOptions { Mu = 0, Cutoff = cutoff }), lists), expected, 1e-12);
    }

    [Fact]
    public void Distillation_StudentAgreesWithTeacher_CostsNothing()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(7);
        var same = lists with { TeacherScores = lists.Scores + 3 };
        PerList(new KlDistillationLoss(), same).ShouldAllBe(value => Math.Abs(value) < 1e-12);
        PerList(new MarginMseLoss(), same).ShouldAllBe(value => Math.Abs(value) < 1e-12);
        PerList(new KlDistillationLoss(), lists).ShouldAllBe(value => value > 0.01);
    }

    /// <summary>Hot distributions compared at τ² have the gradient of squared differences, whatever τ (Hinton et al., section 2.1): sizes stay, they do not fall as 1/τ².</summary>
    [Fact]
    public void KlDistillation_HotTemperatures_KeepTheGradientsSize()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(8);
        var (hot, hotter) = (LossExamples.Gradient(new KlDistillationLoss(100, 100), lists), LossExamples.Gradient(new KlDistillationLoss(1000, 1000), lists));
        hot.Max(Math.Abs).ShouldBeGreaterThan(1e-3);
        for (var i = 0; i < hot.Length; i++) hotter[i].ShouldBe(hot[i], 0.03 * hot.Max(Math.Abs));
    }

    private static IEnumerable<(double[] Scores, long[] Grades)> Rows(CandidateLists lists) =>
        lists.Scores.ToArray<double>().Chunk(7).Zip(lists.Grades!.ToArray<long>().Chunk(7));

    private static double Ndcg(double[] scores, long[] grades, Gain gain, int? cutoff = null)
    {
        double Dcg(IEnumerable<long> order) => order.Take(cutoff ?? int.MaxValue).Select((grade, i) => (gain == Gain.Linear ? grade : Math.Pow(2, grade) - 1) / Math.Log2(2 + i)).Sum();
        return Dcg(grades.Zip(scores).OrderByDescending(entry => entry.Second).Select(entry => entry.First)) / Dcg(grades.OrderDescending());
    }
}
