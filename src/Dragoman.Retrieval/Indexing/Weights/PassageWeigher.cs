namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>
/// Gives terms of query languages their weights in passages, for an index to keep. A weight must depend on nothing but the passage's terms and the settings, so that passages can be added, deleted and
/// merged without touching the weights of others. Thread-safe.
/// </summary>
public abstract class PassageWeigher
{
    private protected PassageWeigher()
    {
    }

    /// <summary>What the weights are made with.</summary>
    public abstract TermWeightSettings Settings { get; }

    /// <summary>The languages of queries that passages of a language get weights for, in ordinal order.</summary>
    internal abstract IReadOnlyList<string> QueryLanguagesOf(string passageLanguage);

    /// <summary>The weigher for passages of a language and queries of another.</summary>
    internal abstract PairWeigher Between(string queryLanguage, string passageLanguage);
}

/// <summary>Gives the terms of one query language their weights in passages of another. Query terms are numbered in the order of their UTF-8 bytes. Thread-safe.</summary>
internal abstract class PairWeigher
{
    /// <summary>Number of query terms.</summary>
    internal abstract int QueryTermCount { get; }

    /// <summary>A query term as <see cref="Segments.TermForm"/> makes it.</summary>
    internal abstract ReadOnlySpan<byte> QueryTerm(int number);

    /// <summary>The query terms that a passage term may stand for.</summary>
    /// <param name="passageTerm">The passage term, UTF-8.</param>
    internal abstract (int QueryTerm, double Probability)[] MeaningsOf(ReadOnlySpan<byte> passageTerm);

    /// <summary>The weight of a query term that occurs once.</summary>
    /// <param name="queryTerm">Its number.</param>
    /// <param name="expected">How often it is expected to occur in the passage: the sum of the probability of every passage term to stand for it, above 0.</param>
    /// <param name="length">Number of terms of the passage.</param>
    /// <returns>The weight, above 0; 0 when it is too small to keep.</returns>
    internal abstract float Weight(int queryTerm, double expected, int length);
}
