namespace Dragoman.Evaluation.Measures;

/// <summary>
/// A measure of one query's ranking, parsed from and printed as ir_measures' spelling (<c>nDCG@10</c>, <c>AP(rel=2)</c>), with the numbers of trec_eval 9.0.8 where that has
/// the measure. Immutable; two measures with the same spelling are equal.
/// </summary>
public abstract record Measure
{
    /// <summary>The spelling: <c>nDCG@10</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True for counts, which are summed over the queries; false for what is averaged.</summary>
    public virtual bool IsCount => false;

    /// <summary>The highest value; the lowest is 0.</summary>
    /// <value>1 by default; infinite for counts.</value>
    public virtual double Highest => IsCount ? double.PositiveInfinity : 1;

    /// <summary>
    /// Whether exchanging two neighbours so that the one with the higher grade stands above never lowers the value, an unjudged passage counting as grade 0. It makes the best
    /// and the worst order of tied passages known: by grade.
    /// </summary>
    /// <value>True by default.</value>
    public virtual bool RewardsOrder => true;

    /// <summary>Whether the measure needs the passages' languages.</summary>
    public virtual bool NeedsLanguages => false;

    /// <summary>How many ranks the value depends on; null for all.</summary>
    public virtual int? Ranks => null;

    /// <summary>The value for one query; <see cref="double.NaN"/> where a measure is not defined, which only measures that say so do.</summary>
    /// <param name="ranking">The ranking with its grades.</param>
    public abstract double Of(JudgedRanking ranking);

    /// <summary>Why the measure cannot be computed over judgements; null when it can.</summary>
    /// <param name="highestGrade">The highest grade that occurs.</param>
    public virtual string? ProblemWith(int highestGrade) => null;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>Puts a spelling together.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="at">What follows the <c>@</c>; null for nothing.</param>
    /// <param name="parameters">Parameters as <c>name=value</c>; null ones are left out.</param>
    internal static string Spell(string name, string? at, params ReadOnlySpan<string?> parameters)
    {
        var given = new List<string>(parameters.Length);
        foreach (var parameter in parameters)
            if (parameter is not null) given.Add(parameter);
        return name + (given.Count > 0 ? $"({string.Join(',', given)})" : "") + (at is null ? "" : "@" + at);
    }
}
