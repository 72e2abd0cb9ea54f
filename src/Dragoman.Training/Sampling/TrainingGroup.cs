using Dragoman.Collections;

namespace Dragoman.Training.Sampling;

/// <summary>A passage that a query is trained with.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Grade">Its grade; 0 for what is judged so and for what is not judged.</param>
/// <param name="TeacherScore">What a teacher gives the pair; NaN when it did not score it.</param>
public sealed record TrainingCandidate(Passage Passage, int Grade, double TeacherScore = double.NaN)
{
    /// <summary>Why it is there.</summary>
    public CandidateOrigin Origin { get; init; } = CandidateOrigin.Unknown;
}

/// <summary>Why a passage is among a query's candidates.</summary>
/// <param name="Why">One of this type's words.</param>
/// <param name="Rank">Its rank in the run or among what the model found, from 1; 0 when it was not taken from there.</param>
/// <param name="Score">Its score there; NaN when it has none.</param>
public sealed record CandidateOrigin(string Why, int Rank = 0, double Score = double.NaN)
{
    /// <summary>The best-graded passage.</summary>
    public const string Positive = "positive";

    /// <summary>Another relevant passage, with its grade.</summary>
    public const string Judged = "judged";

    /// <summary>Judged 0.</summary>
    public const string JudgedZero = "judged-zero";

    /// <summary>Drawn from the collection.</summary>
    public const string Random = "random";

    /// <summary>Taken from a run.</summary>
    public const string Run = "run";

    /// <summary>Found by a model.</summary>
    public const string Mined = "mined";

    /// <summary>Drawn by a rule from the candidates of a query.</summary>
    public const string Sampled = "sampled";

    /// <summary>Nothing was said.</summary>
    public static CandidateOrigin Unknown { get; } = new("");
}

/// <summary>A query with the passages it is trained with.</summary>
/// <param name="Query">The query.</param>
/// <param name="Candidates">Two or more; the first is the positive, which no other surpasses in grade.</param>
public sealed record TrainingGroup(Query Query, IReadOnlyList<TrainingCandidate> Candidates)
{
    /// <summary>How much it counts in the loss, 0 or more.</summary>
    /// <value>1 by default.</value>
    public double Weight { get; init; } = 1;

    /// <summary>The passage that answers the query.</summary>
    public Passage Positive => Candidates[0].Passage;

    /// <summary>The other passages.</summary>
    public IEnumerable<Passage> Negatives => Candidates.Skip(1).Select(candidate => candidate.Passage);
}
