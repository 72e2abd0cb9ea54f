using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>
/// What a loss makes of a batch. A list without signal (one that no order of its candidates would please more than another: say, all grades equal, or one
/// candidate) is left out of the mean and counted; it does not pull the mean towards 0.
/// </summary>
/// <param name="PerList">The loss of each list, 0 where there is no signal, shape [B].</param>
/// <param name="HasSignal">Which lists have one, bool, shape [B].</param>
/// <param name="Weights">How much each list counts, 0 where there is no signal, shape [B].</param>
public sealed record LossOutcome(Tensor PerList, Tensor HasSignal, Tensor Weights)
{
    /// <summary>Weighted mean over the lists with a signal, Σ w·L / Σ w; 0 without gradient when there is none.</summary>
    /// <returns>Shape []; the caller owns the tensor.</returns>
    public Tensor Mean()
    {
        using var scope = TensorScope.Begin();
        var total = Weights.Sum();
        return scope.Keep(Sum() / Tensor.Where(total.Eq(0), total.OnesLike(), total));
    }

    /// <summary>Weighted sum over the lists, Σ w·L. Parts of a large batch add up to its mean when their sums and <see cref="TotalWeight"/>s do.</summary>
    /// <returns>Shape []; the caller owns the tensor.</returns>
    public Tensor Sum()
    {
        using var scope = TensorScope.Begin();
        return scope.Keep((PerList * Weights).Sum());
    }

    /// <summary>Σ w over the lists with a signal. Waits for the device.</summary>
    public double TotalWeight()
    {
        using var scope = TensorScope.Begin();
        return Weights.Sum().Item();
    }

    /// <summary>How many lists have no signal. Waits for the device.</summary>
    public int Skipped()
    {
        using var scope = TensorScope.Begin();
        return (int)HasSignal.Not().To(DType.Int64).Sum().Item();
    }

    /// <summary>Two losses of the same lists, mixed. A list has a signal where one of them has.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="share">Share of the other, within [0, 1].</param>
    internal static LossOutcome Mix(LossOutcome first, LossOutcome second, double share)
    {
        using var scope = TensorScope.Begin();
        return new LossOutcome(scope.Keep(first.PerList * (1 - share) + second.PerList * share), scope.Keep(first.HasSignal.Or(second.HasSignal)), scope.Keep(first.Weights.Maximum(second.Weights)));
    }
}
