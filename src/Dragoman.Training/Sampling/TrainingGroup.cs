using Dragoman.Collections;

namespace Dragoman.Training.Sampling;

/// <summary>A query with one positive and its negatives.</summary>
/// <param name="Query">The query.</param>
/// <param name="Positive">A passage that answers it.</param>
/// <param name="Negatives">Passages of the positive's language that are not known to.</param>
public sealed record TrainingGroup(Query Query, Passage Positive, IReadOnlyList<Passage> Negatives);
