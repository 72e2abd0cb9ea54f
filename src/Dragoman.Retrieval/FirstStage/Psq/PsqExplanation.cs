namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>Why a passage has its PSQ score, query term by query term.</summary>
/// <param name="PassageId">The passage.</param>
/// <param name="Score">Sum of the terms' scores.</param>
/// <param name="Length">Number of terms of the passage.</param>
/// <param name="Terms">The query's distinct terms in order of first appearance, those without a match included.</param>
public sealed record PsqExplanation(string PassageId, double Score, int Length, IReadOnlyList<PsqTermExplanation> Terms);

/// <summary>What a query term adds to the score of a passage.</summary>
/// <param name="Term">The query term.</param>
/// <param name="QueryWeight">How often it occurs in the query.</param>
/// <param name="Score">What it adds.</param>
/// <param name="Matches">The passage's terms that may translate it, by their part in its expected frequency, descending.</param>
public sealed record PsqTermExplanation(string Term, double QueryWeight, double Score, IReadOnlyList<PsqMatch> Matches);

/// <summary>A passage term that met a query term.</summary>
/// <param name="PassageTerm">The passage term.</param>
/// <param name="Probability">Probability of the translation: P(query term | passage term) for PSQ-HMM, P(passage term | query term) for PSQ.</param>
/// <param name="Frequency">How often it occurs in the passage.</param>
/// <param name="Kind">Why the two stand for each other.</param>
public sealed record PsqMatch(string PassageTerm, double Probability, int Frequency, PsqMatchKind Kind);

/// <summary>Why a passage term stands for a query term.</summary>
public enum PsqMatchKind
{
    /// <summary>The table translates one by the other.</summary>
    Table,

    /// <summary>They are the same term.</summary>
    Identity,

    /// <summary>They sound alike.</summary>
    Transliteration,

    /// <summary>The table does not know the passage term; known terms that begin alike speak for it.</summary>
    BackOff,
}
