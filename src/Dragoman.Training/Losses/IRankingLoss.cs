using Dragoman.Tensors;
using Dragoman.Tensors.Errors;

namespace Dragoman.Training.Losses;

/// <summary>
/// Compares the scores of each query's candidates with what is known of them. <see cref="RankingLosses"/> makes one from a configuration. Thread-safe.
/// </summary>
public interface IRankingLoss
{
    /// <summary>Whether <see cref="CandidateLists.TeacherScores"/> must be given.</summary>
    bool NeedsTeacher { get; }

    /// <summary>The loss of each list of a batch.</summary>
    /// <param name="lists">The lists.</param>
    /// <returns>A loss for each list that can teach something, and which those are; the caller owns the tensors.</returns>
    /// <exception cref="ShapeException">A tensor does not fit the scores.</exception>
    /// <exception cref="ArgumentException">Teacher scores are needed and missing.</exception>
    LossOutcome Forward(CandidateLists lists);
}

/// <summary>What losses share.</summary>
public static class RankingLossExtensions
{
    /// <summary>The mean loss of groups of one positive and its negatives.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="scores">Scores, higher is better, float, shape [B, P] with P at least 2; column 0 is the positive, the others negatives.</param>
    /// <returns>Mean over the B groups, shape []; the caller owns the tensor.</returns>
    /// <exception cref="ShapeException"><paramref name="scores"/> has another shape.</exception>
    public static Tensor Forward(this IRankingLoss loss, Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(scores);
        var (_, candidates) = scores.Shape2("B P");
        if (candidates < 2) throw new ShapeException("scores", "B, P of 2 or more", scores.Shape);
        using var scope = TensorScope.Begin();
        return scope.Keep(loss.Forward(new CandidateLists(scores)).Mean());
    }
}
