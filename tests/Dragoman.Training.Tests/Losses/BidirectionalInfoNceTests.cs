using Dragoman.Tensors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class BidirectionalInfoNceTests : RequiresTorch
{
    private static readonly float[] Left = [0.6f, 0.8f, 1f, 0f, 0f, 1f], Right = [0.8f, 0.6f, 0.96f, 0.28f, -0.6f, 0.8f];

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.5, 0.2)]
    public void Compute_SmallBatch_EqualsTheFormula(double temperature, double margin)
    {
        using var scope = TensorScope.Begin();
        Loss(Left, Right, temperature, margin, null).ShouldBe(Formula(temperature, margin, (_, _) => true), 1e-5);
    }

    [Fact]
    public void Compute_Duplicates_DoNotCount()
    {
        using var scope = TensorScope.Begin();
        bool[] duplicates = [false, true, false, true, false, false, false, false, false];
        Loss(Left, Right, 0.1, 0, duplicates).ShouldBe(Formula(0.1, 0, (i, j) => !duplicates[i * 3 + j]), 1e-5);
    }

    [Fact]
    public void Compute_Gradient_EqualsCentralDifferences()
    {
        using var scope = TensorScope.Begin();
        var left = Tensor.From(Left, 3, 2).WithGrad();
        BidirectionalInfoNce.Compute(left, Tensor.From(Right, 3, 2), 0.5, 0.1).Backward();
        var gradient = left.Grad!.ToArray<float>();
        const float step = 1e-2f;
        for (var element = 0; element < Left.Length; element++)
        {
            var (up, down) = ((float[])Left.Clone(), (float[])Left.Clone());
            up[element] += step;
            down[element] -= step;
            gradient[element].ShouldBe((float)((Loss(up, Right, 0.5, 0.1, null) - Loss(down, Right, 0.5, 0.1, null)) / (2 * step)), 2e-3f);
        }
    }

    private static double Loss(float[] left, float[] right, double temperature, double margin, bool[]? duplicates) =>
        BidirectionalInfoNce.Compute(Tensor.From(left, 3, 2), Tensor.From(right, 3, 2), temperature, margin, duplicates is null ? null : Tensor.From(duplicates, 3, 3)).Item();

    private static double Formula(double temperature, double margin, Func<int, int, bool> counts)
    {
        double Logit(int i, int j) => (Left[2 * i] * Right[2 * j] + Left[2 * i + 1] * Right[2 * j + 1] - (i == j ? margin : 0)) / temperature;
        var total = 0.0;
        for (var n = 0; n < 3; n++)
        {
            total += Math.Log(Enumerable.Range(0, 3).Where(j => counts(n, j)).Sum(j => Math.Exp(Logit(n, j)))) - Logit(n, n);
            total += Math.Log(Enumerable.Range(0, 3).Where(i => counts(i, n)).Sum(i => Math.Exp(Logit(i, n)))) - Logit(n, n);
        }
        return total / 6;
    }
}
