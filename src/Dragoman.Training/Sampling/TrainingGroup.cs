using Dragoman.Collections;

namespace Dragoman.Training.Sampling;

/// <summary>A passage that a query is trained with.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Grade">Its grade; 0 for what is judged so and for what is not judged.</param>
/// <param name="TeacherScore">What a teacher gives the pair; NaN when it did not score it.</param>
public sealed record TrainingCandidate(Passage Passage, int Grade, double TeacherScore = double.NaN);

/// <summary>A query with the passages it is trained with.</summary>
/// <param name="Query">The query.</param>
/// <param name="Candidates">Two or more; the first is the positive, which no other surpasses in grade.</param>
public sealed record TrainingGroup(Query Query, IReadOnlyList<TrainingCandidate> Candidates)
{
    /// <summary>The passage that answers the query.</summary>
    public Passage Positive => Candidates[0].Passage;

    /// <summary>The other passages.</summary>
    public IEnumerable<Passage> Negatives => Candidates.Skip(1).Select(candidate => candidate.Passage);
}
