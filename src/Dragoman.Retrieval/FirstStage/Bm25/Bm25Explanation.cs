namespace Dragoman.Retrieval.FirstStage.Bm25;

/// <summary>Why a passage has its BM25 score, term by term.</summary>
/// <param name="PassageId">The passage.</param>
/// <param name="Score">Sum of the terms' scores.</param>
/// <param name="Length">Number of terms of the passage.</param>
/// <param name="AverageLength">Mean number of terms of the passages that take part.</param>
/// <param name="PassageCount">Number of passages that take part and have a term, N.</param>
/// <param name="Terms">The query's distinct terms in order of first appearance, those without a match included.</param>
public sealed record Bm25Explanation(string PassageId, double Score, int Length, double AverageLength, long PassageCount, IReadOnlyList<Bm25TermExplanation> Terms);

/// <summary>What a query term adds to the BM25 score of a passage.</summary>
/// <param name="Term">The term.</param>
/// <param name="QueryFrequency">How often it occurs in the query.</param>
/// <param name="PassageFrequency">How often it occurs in the passage, tf.</param>
/// <param name="PassagesWith">Number of passages that hold it, df.</param>
/// <param name="Idf">Inverse document frequency, 0 or more.</param>
/// <param name="Saturation">Saturated, length-normalised term frequency, within [0, 1).</param>
/// <param name="Score">Query frequency times idf times saturation.</param>
public sealed record Bm25TermExplanation(string Term, int QueryFrequency, int PassageFrequency, long PassagesWith, double Idf, double Saturation, double Score);
