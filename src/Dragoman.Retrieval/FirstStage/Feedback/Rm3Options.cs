namespace Dragoman.Retrieval.FirstStage.Feedback;

/// <summary>How RM3 expands a query from the passages found first.</summary>
public sealed record Rm3Options
{
    /// <summary>Number of passages that are taken for relevant.</summary>
    /// <value>10 by default.</value>
    public int Passages { get; init; } = 10;

    /// <summary>Number of their terms that the query gains at most.</summary>
    /// <value>10 by default.</value>
    public int Terms { get; init; } = 10;

    /// <summary>Weight of the query as it was, within [0, 1]; 1 leaves it alone.</summary>
    /// <value>0.5 by default.</value>
    public double QueryWeight { get; init; } = 0.5;

    /// <summary>Terms that a larger share of the passages holds are not added, unless ten passages or fewer hold them; within (0, 1].</summary>
    /// <value>0.1 by default.</value>
    public double MaxShare { get; init; } = 0.1;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Passages < 1) yield return FormattableString.Invariant($"Rm3.Passages is {Passages}; use 1 or more.");
        if (Terms < 1) yield return FormattableString.Invariant($"Rm3.Terms is {Terms}; use 1 or more.");
        if (!(QueryWeight is >= 0 and <= 1)) yield return FormattableString.Invariant($"Rm3.QueryWeight is {QueryWeight}; use a value from 0 to 1.");
        if (!(MaxShare is > 0 and <= 1)) yield return FormattableString.Invariant($"Rm3.MaxShare is {MaxShare}; use more than 0, up to 1.");
    }
}
