using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Base of the ranking losses: checks and masks the lists once, and takes those without signal out of the result.</summary>
public abstract class RankingLoss : IRankingLoss
{
    private protected RankingLoss()
    {
    }

    /// <inheritdoc/>
    public virtual bool NeedsTeacher => false;

    /// <inheritdoc/>
    public LossOutcome Forward(CandidateLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        using var scope = TensorScope.Begin();
        var masked = MaskedLists.Of(lists, NeedsTeacher);
        var (losses, signal) = Compare(masked);                                               // [B], [B]
        return new LossOutcome(
            scope.Keep(losses.MaskedFill(signal.Not(), 0)), scope.Keep(signal), scope.Keep(masked.Weights.MaskedFill(signal.Not(), 0)));
    }

    /// <summary>The loss of every list, finite with finite derivatives even where there is no signal, and whether there is one; shapes [B].</summary>
    private protected abstract (Tensor Losses, Tensor Signal) Compare(MaskedLists lists);
}
