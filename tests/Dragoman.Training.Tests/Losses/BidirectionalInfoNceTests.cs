using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class BidirectionalInfoNceTests : RequiresTorch
{
    private static readonly double[] Left = [0.6, 0.8, 1, 0, 0, 1], Right = [0.8, 0.6, 0.96, 0.28, -0.6, 0.8], Hard = [0, -1, 0.28, 0.96];
    private static readonly bool[] Duplicates = [false, true, false, true, false, false, false, false, false], HardDuplicates = [false, true, false, false, true, true];

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.5, 0.2)]
    public void Compute_SmallBatch_EqualsTheFormula(double temperature, double margin)
    {
        using var scope = TensorScope.Begin();
        BidirectionalInfoNce.Compute(Tensor.From(Left, 3, 2), Tensor.From(Right, 3, 2), temperature, margin).Item()
            .ShouldBe(Enumerable.Range(0, 3).Average(i => Formula(i, temperature, margin, null, null)), 1e-12);
    }

    [Fact]
    public void Compute_Duplicates_DoNotCount()
    {
        using var scope = TensorScope.Begin();
        bool[] withDiagonal = [.. Duplicates.Select((value, i) => value || i % 4 == 0)];
        foreach (var mask in new[] { Duplicates, withDiagonal })
            BidirectionalInfoNce.Compute(Tensor.From(Left, 3, 2), Tensor.From(Right, 3, 2), 0.1, 0, Tensor.From(mask, 3, 3)).Item()
                .ShouldBe(Enumerable.Range(0, 3).Average(i => Formula(i, 0.1, 0, Duplicates, null)), 1e-12);
    }

    [Fact]
    public void Compute_HardNegatives_StandInTheRowsAlone()
    {
        using var scope = TensorScope.Begin();
        var outcome = BidirectionalInfoNce.Compute(Batch(), 0.2, 0.1);
        outcome.PerList.ToArray<double>().ShouldBe([.. Enumerable.Range(0, 3).Select(i => Formula(i, 0.2, 0.1, Duplicates, HardDuplicates))], 1e-12);
        outcome.Mean().Item().ShouldBe((Formula(0, 0.2, 0.1, Duplicates, HardDuplicates) * 1 + Formula(2, 0.2, 0.1, Duplicates, HardDuplicates) * 3) / 4, 1e-12);       // weights 1, 0, 3
    }

    [Fact]
    public void Compute_Gradients_EqualCentralDifferences()
    {
        using var scope = TensorScope.Begin();
        using var temperature = new LearnableTemperature(0.3);
        var batch = Batch();
        var inputs = new[] { batch.Left.WithGrad(), batch.Right.WithGrad(), batch.HardNegatives!.WithGrad() };
        BidirectionalInfoNce.Compute(batch, temperature, 0.1).Mean().Backward();
        double[][] values = [Left, Right, Hard];
        for (var input = 0; input < 3; input++)
        {
            var gradient = inputs[input].Grad!.ToArray<double>();
            for (var i = 0; i < gradient.Length; i++)
            {
                double At(double by)
                {
                    double[][] moved = [.. values.Select((array, n) => n == input ? array.Select((value, at) => at == i ? value + by : value).ToArray() : array)];
                    return BidirectionalInfoNce.Compute(Batch(moved[0], moved[1], moved[2]), temperature, 0.1).Mean().Item();
                }
                gradient[i].ShouldBe((At(1e-6) - At(-1e-6)) / 2e-6, 1e-7, $"input {input}, element {i}");
            }
        }
        // d/d log(1/τ): the temperature is a float32 parameter, so its difference is taken by the fixed temperature's formula.
        double Tempered(double by) => BidirectionalInfoNce.Compute(Batch(), Math.Exp(-(temperature.LogScale.Value.Item() + by)), 0.1).Mean().Item();
        temperature.LogScale.Value.Grad!.Item().ShouldBe((Tempered(1e-5) - Tempered(-1e-5)) / 2e-5, 1e-5);
    }

    /// <summary>What a cosine hinge lacks: an offset common to all cosines cancels, so a batch of near-equal vectors still has a gradient that tells them apart.</summary>
    [Fact]
    public void Compute_AllCosinesAlike_CostsTheLogarithmOfTheBatchAndStillPulls()
    {
        using var scope = TensorScope.Begin();
        var same = Tensor.From(new double[] { 1, 0, 1, 0, 1, 0, 1, 0 }, 4, 2);
        BidirectionalInfoNce.Compute(same, same, 0.05).Item().ShouldBe(Math.Log(4), 1e-12);
        var cosines = Tensor.Full([4, 4], 0.95, DType.Float64);
        var gradient = LossExamples.Gradient(new ListwiseCrossEntropyLoss(0.05), new CandidateLists(cosines));
        gradient[0].ShouldBe(-(1 - 0.25) / 0.05 / 4, 1e-9);                                       // (P − 1)/τ, mean of 4
        LossExamples.Gradient(new CosineHingeLoss(0.2), new CandidateLists(cosines)).Sum().ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Compute_PairsWithoutNegatives_AreSkippedAndCounted()
    {
        using var scope = TensorScope.Begin();
        var alone = BidirectionalInfoNce.Compute(new ContrastiveBatch(Tensor.Ones([1, 2]), Tensor.Ones([1, 2])), 0.05);
        (alone.Skipped(), alone.Mean().Item()).ShouldBe((1, 0));
        bool[] all = [true, true, true, true, true, false, true, false, true];                    // pair 0 has no negative left
        var outcome = BidirectionalInfoNce.Compute(Batch() with { HardNegatives = null, ExcludedHard = null, Weights = null, Excluded = Tensor.From(all, 3, 3) }, 0.2);
        outcome.HasSignal.ToArray<bool>().ShouldBe([false, true, true]);
        outcome.Mean().Item().ShouldBe((Formula(1, 0.2, 0, all, null) + Formula(2, 0.2, 0, all, null)) / 2, 1e-12);
    }

    [Fact]
    public void Compute_ShapesThatDoNotFit_AreNamed()
    {
        using var scope = TensorScope.Begin();
        Should.Throw<ShapeException>(() => BidirectionalInfoNce.Compute(Tensor.Ones([2, 3]), Tensor.Ones([3, 3]), 1)).Message.ShouldBe("right has shape [3, 3]; expected [2, 3].");
        Should.Throw<ShapeException>(() => BidirectionalInfoNce.Compute(Batch() with { HardNegatives = Tensor.Ones([2, 5]) }, 1)).Message.ShouldBe("hard negatives has shape [2, 5]; expected [-1, 2].");
    }

    private static ContrastiveBatch Batch() => Batch(Left, Right, Hard);

    private static ContrastiveBatch Batch(double[] left, double[] right, double[] hard) => new(Tensor.From(left, 3, 2), Tensor.From(right, 3, 2))
    {
        HardNegatives = Tensor.From(hard, 2, 2),
        Excluded = Tensor.From(Duplicates, 3, 3),
        ExcludedHard = Tensor.From(HardDuplicates, 3, 2),
        Weights = Tensor.From([1f, 0f, 3f]),
    };

    /// <summary>The loss of pair i, written out.</summary>
    private static double Formula(int i, double temperature, double margin, bool[]? excluded, bool[]? excludedHard)
    {
        double Logit(double[] right, int a, int b, bool own) => (Left[2 * a] * right[2 * b] + Left[2 * a + 1] * right[2 * b + 1] - (own ? margin : 0)) / temperature;
        bool Counts(int a, int b) => a == b || excluded?[a * 3 + b] != true;
        var row = Enumerable.Range(0, 3).Where(j => Counts(i, j)).Sum(j => Math.Exp(Logit(Right, i, j, i == j)));
        if (excludedHard is not null) row += Enumerable.Range(0, 2).Where(m => !excludedHard[i * 2 + m]).Sum(m => Math.Exp(Logit(Hard, i, m, false)));
        var column = Enumerable.Range(0, 3).Where(j => Counts(j, i)).Sum(j => Math.Exp(Logit(Right, j, i, i == j)));
        return (Math.Log(row) + Math.Log(column)) / 2 - Logit(Right, i, i, true);
    }
}
