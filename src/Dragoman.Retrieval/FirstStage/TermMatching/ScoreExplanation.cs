namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>Why a passage has its score, term by term.</summary>
/// <param name="PassageId">The passage.</param>
/// <param name="Method">The retriever's name: <c>bm25</c> or <c>qld</c>.</param>
/// <param name="Formula">How the numbers of a term make its part, in words.</param>
/// <param name="Score">Sum of the terms' parts and <paramref name="Base"/>; the retriever's score to the last bit.</param>
/// <param name="Base">What is added for the passage's length alone; 0 for BM25.</param>
/// <param name="Length">Number of terms of the passage.</param>
/// <param name="AverageLength">Mean number of terms of the passages that take part.</param>
/// <param name="PassageCount">Number of passages that take part and have a term, N.</param>
/// <param name="TokenCount">Number of their terms, repetitions included.</param>
/// <param name="Terms">The query's terms in their order, those without a match included.</param>
public sealed record ScoreExplanation(
    string PassageId, string Method, string Formula, double Score, double Base, int Length, double AverageLength, long PassageCount, long TokenCount, IReadOnlyList<TermExplanation> Terms);

/// <summary>What a query term adds to the score of a passage.</summary>
/// <param name="Term">The term.</param>
/// <param name="QueryWeight">Its weight in the query; how often it occurs there, unless weights were given.</param>
/// <param name="PassageFrequency">How often it occurs in the passage, tf.</param>
/// <param name="PassagesWith">Number of passages that hold it, df.</param>
/// <param name="Occurrences">How often it occurs in the passages that take part, cf.</param>
/// <param name="Rarity">BM25: its inverse document frequency. Query likelihood: its share of all terms, P(t|C).</param>
/// <param name="Match">BM25: the saturated frequency, within [0, 1). Query likelihood: the logarithm that the query weight multiplies.</param>
/// <param name="Part">What it adds to the score.</param>
public sealed record TermExplanation(string Term, double QueryWeight, int PassageFrequency, long PassagesWith, long Occurrences, double Rarity, double Match, double Part);
