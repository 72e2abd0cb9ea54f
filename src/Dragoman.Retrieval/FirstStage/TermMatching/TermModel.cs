using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>
/// A ranking function that is a sum over query terms and a part for the passage's length: score = Σ parts of the terms that the passage holds, in the order of the query, + base. Immutable.
/// </summary>
internal abstract class TermModel
{
    /// <summary>The weight of a term that occurs in the passages that take part.</summary>
    /// <param name="term">The term and its weight in the query.</param>
    /// <param name="statistics">What the collection knows of it; at least one passage.</param>
    internal abstract TermWeight Weigh(WeightedTerm term, TermStatistics statistics);

    /// <summary>How the numbers of a term make its part, in words.</summary>
    internal abstract string Formula { get; }

    /// <summary>The numbers behind a part, for people.</summary>
    /// <param name="statistics">What the collection knows of the term.</param>
    /// <param name="weight">The term's weight; null when it does not occur.</param>
    /// <param name="frequency">How often it occurs in the passage.</param>
    /// <param name="length">Number of terms of the passage.</param>
    internal abstract (double Rarity, double Match) Describe(TermStatistics statistics, TermWeight? weight, int frequency, int length);

    /// <summary>What is added for the passage's length alone, 0 or less, falling with the length.</summary>
    /// <param name="queryWeight">Sum of the weights of the terms that occur in the passages that take part.</param>
    /// <param name="length">Number of terms of the passage.</param>
    internal virtual double Base(double queryWeight, int length) => 0;
}
