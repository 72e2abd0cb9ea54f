namespace Dragoman.Evaluation.Measures;

/// <summary>
/// A measure of one query's ranking, parsed from and printed as ir_measures' spelling (<c>nDCG@10</c>), with the numbers of trec_eval 9.0.8.
/// Immutable; two measures with the same spelling are equal.
/// </summary>
public abstract record Measure
{
    /// <summary>The spelling: <c>nDCG@10</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True for counts, which are summed over the queries; false for what is averaged.</summary>
    public virtual bool IsCount => false;

    /// <summary>The value for one query. A query without relevant passages, or with an empty ranking, is worth 0.</summary>
    /// <param name="ranking">The ranking with its grades.</param>
    public abstract double Of(JudgedRanking ranking);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
