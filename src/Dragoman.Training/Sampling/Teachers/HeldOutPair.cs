using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>A pair of a dev query and a passage that a teacher is calibrated on.</summary>
/// <param name="Query">The query.</param>
/// <param name="Passage">The passage, with its text.</param>
/// <param name="IsRelevant">Whether it is judged relevant.</param>
/// <param name="IsCandidate">Whether training could meet it as a candidate of the query.</param>
/// <param name="IsLabel">Whether training could meet it as a judged positive: a best-graded passage, or a random one, which is what a wrong judgement is taken for.</param>
internal sealed record HeldOutPair(Query Query, Passage Passage, bool IsRelevant, bool IsCandidate, bool IsLabel);
