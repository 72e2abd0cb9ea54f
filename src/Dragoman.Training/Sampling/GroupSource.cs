using Dragoman.Collections;

namespace Dragoman.Training.Sampling;

/// <summary>What is known of a group before anything is drawn.</summary>
/// <param name="Query">The query.</param>
/// <param name="Positive">The best-graded passage.</param>
/// <param name="Judged">The other relevant passages of its language.</param>
/// <param name="Relevant">Ids of all relevant passages of its language.</param>
/// <param name="Zeros">Passages of its language that are judged 0, where negatives are drawn from these.</param>
internal sealed record GroupSource(Query Query, TrainingCandidate Positive, TrainingCandidate[] Judged, HashSet<string> Relevant, Passage[] Zeros)
{
    /// <summary>The language of its passages.</summary>
    internal string Language => Positive.Passage.Language;

    /// <summary>All relevant passages, the positive first.</summary>
    internal IEnumerable<TrainingCandidate> Graded => Judged.Prepend(Positive);
}
