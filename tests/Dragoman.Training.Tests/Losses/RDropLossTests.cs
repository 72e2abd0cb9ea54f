using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class RDropLossTests : RequiresTorch
{
    [Fact]
    public void Forward_TwoPasses_EqualsTheFormula()
    {
        using var scope = TensorScope.Begin();
        double[] first = [1, 0.2, -0.4], second = [0.5, 0.9, -1];
        var (p, q) = (Softmax(first, 0.5), Softmax(second, 0.5));
        var divergence = p.Zip(q, (a, b) => a * Math.Log(a / b) + b * Math.Log(b / a)).Sum() / 2;
        var task = -(Math.Log(Softmax(first, 1)[0]) + Math.Log(Softmax(second, 1)[0])) / 2;
        var outcome = RDrop(new ListwiseCrossEntropyLoss(), new CandidateLists(Tensor.From(first, 1, 3)), Tensor.From(second, 1, 3), 0.7, 0.5);
        outcome.Mean().Item().ShouldBe(task + 0.7 * divergence, 1e-12);
    }

    [Fact]
    public void Forward_PassesAgree_IsTheRankingLoss()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(1, padded: true);
        RDrop(new ListNetLoss(), lists, lists.Scores).Mean().Item().ShouldBe(LossExamples.Mean(new ListNetLoss(), lists), 1e-12);
    }

    [Fact]
    public void Backward_BothPasses_AgreeWithCentralDifferences()
    {
        using var scope = TensorScope.Begin();
        var lists = LossExamples.Random(2, padded: true);
        double[] firsts = lists.Scores.ToArray<double>(), seconds = LossExamples.Random(3).Scores.ToArray<double>();
        var (first, second) = (Tensor.From(firsts, 4, 7).WithGrad(), Tensor.From(seconds, 4, 7).WithGrad());
        RDrop(new RankNetLoss(), lists with { Scores = first }, second, 0.9, 0.8).Mean().Backward();
        double At(double[] a, double[] b) => RDrop(new RankNetLoss(), lists with { Scores = Tensor.From(a, 4, 7) }, Tensor.From(b, 4, 7), 0.9, 0.8).Mean().Item();
        for (var i = 0; i < 28; i++)
        {
            first.Grad!.ToArray<double>()[i].ShouldBe((At(Moved(firsts, i, 1e-6), seconds) - At(Moved(firsts, i, -1e-6), seconds)) / 2e-6, 1e-7);
            second.Grad!.ToArray<double>()[i].ShouldBe((At(firsts, Moved(seconds, i, 1e-6)) - At(firsts, Moved(seconds, i, -1e-6))) / 2e-6, 1e-7);
        }
    }

    [Fact]
    public void Forward_ListWithoutSignal_IsSkippedWithItsDivergence()
    {
        using var scope = TensorScope.Begin();
        var lists = new CandidateLists(Tensor.From([1f, 2f, 3f, 4f], 2, 2)) { Grades = Tensor.From([1L, 0L, 0L, 0L], 2, 2) };
        var outcome = RDrop(new RankNetLoss(), lists, Tensor.From([1f, 2f, 4f, 3f], 2, 2));
        outcome.Skipped().ShouldBe(1);
        outcome.Mean().Item().ShouldBe(Math.Log(1 + Math.E), 1e-6);
        Should.Throw<ShapeException>(() => RDropLoss.Compute(outcome, outcome, lists, new CandidateLists(Tensor.Ones([2, 3])))).Message.ShouldBe("second scores has shape [2, 3]; expected [2, 2].");
    }

    private static LossOutcome RDrop(IRankingLoss loss, CandidateLists first, Tensor secondScores, double alpha = 0.5, double temperature = 1)
    {
        var second = first with { Scores = secondScores };
        return RDropLoss.Compute(loss.Forward(first), loss.Forward(second), first, second, alpha, temperature);
    }

    private static double[] Softmax(double[] scores, double temperature) => [.. scores.Select(score => Math.Exp(score / temperature) / scores.Sum(other => Math.Exp(other / temperature)))];

    private static double[] Moved(double[] values, int at, double by) => [.. values.Select((value, i) => i == at ? value + by : value)];
}
