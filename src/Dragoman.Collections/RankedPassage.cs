namespace Dragoman.Collections;

/// <summary>A passage with the score a retriever or reranker gave it for one query; higher is better.</summary>
/// <param name="PassageId">Id of the passage.</param>
/// <param name="Score">Score, unitless; comparable within one query of one run only.</param>
public readonly record struct RankedPassage(string PassageId, double Score);
