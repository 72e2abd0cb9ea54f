using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Compares the scores of one query's passages, one of which is the positive.</summary>
public interface IRankingLoss
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="scores">Scores, higher is better, float, shape [B, P] with P at least 2; column 0 is the positive, the others negatives.</param>
    /// <returns>Mean over the B groups, shape []; the caller owns the tensor.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException"><paramref name="scores"/> has another shape.</exception>
    Tensor Forward(Tensor scores);
}
