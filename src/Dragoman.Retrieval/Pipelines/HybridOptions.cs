namespace Dragoman.Retrieval.Pipelines;

/// <summary>How a hybrid retriever fuses term matching and vectors.</summary>
public sealed record HybridOptions
{
    /// <summary>The constant of reciprocal rank fusion, in ranks, 0 or more.</summary>
    /// <value>60 by default.</value>
    public double K { get; init; } = 60;

    /// <summary>How many passages each retriever offers, at least; more when the depth asked for is larger.</summary>
    /// <value>200 by default.</value>
    public int CandidateDepth { get; init; } = 200;

    /// <summary>
    /// The share of a query's weight, within (0, 1], that a passage must match to count in full as a term match; a passage that matches less counts less,
    /// by the square of what it matches. 0 makes every match count in full (plain reciprocal rank fusion).
    /// </summary>
    /// <value>0.3 by default; set on the development half of <c>reproductions/fusion</c>.</value>
    public double FullEvidence { get; init; } = 0.3;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(K >= 0 && double.IsFinite(K))) yield return FormattableString.Invariant($"Hybrid.K is {K}; use 0 or more.");
        if (CandidateDepth < 1) yield return FormattableString.Invariant($"Hybrid.CandidateDepth is {CandidateDepth}; use 1 or more.");
        if (!(FullEvidence is >= 0 and <= 1)) yield return FormattableString.Invariant($"Hybrid.FullEvidence is {FullEvidence}; use a value from 0 to 1.");
    }
}
