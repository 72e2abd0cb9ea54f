using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>B lists of up to P candidates, each list one query's, with all that a loss may look at. Tensors belong to whoever made them.</summary>
/// <param name="Scores">The model's scores, higher is better, any floating-point type, shape [B, P]; computed with in float32, or in float64 when they are that.</param>
public sealed record CandidateLists(Tensor Scores)
{
    /// <summary>1 or true for candidates, 0 or false for padding, shape [B, P]; null when all are real. Whatever stands at padding, NaN too, has no effect and gets no gradient.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>Grades, integers or real numbers from 0 to 30, shape [B, P]; those below 0 count as 0. Null: column 0 has grade 1 and the others 0.</summary>
    public Tensor? Grades { get; init; }

    /// <summary>A teacher's scores, shape [B, P]. A candidate with NaN is one the teacher did not score: losses with a teacher take it for padding.</summary>
    public Tensor? TeacherScores { get; init; }

    /// <summary>How much each list counts, 0 or more, shape [B]; null for 1 each.</summary>
    public Tensor? Weights { get; init; }
}
