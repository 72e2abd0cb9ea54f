namespace Dragoman.Retrieval.Fusion;

/// <summary>How rankings are fused.</summary>
public sealed record FusionOptions
{
    /// <summary>The constant of reciprocal rank fusion, in ranks, 0 or more: the larger, the less the first ranks stand out.</summary>
    /// <value>60 by default (Cormack et al., 2009).</value>
    public double K { get; init; } = 60;

    /// <summary>Number of passages to give, 1 or more.</summary>
    /// <value>1000 by default.</value>
    public int Depth { get; init; } = 1000;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(K >= 0 && double.IsFinite(K))) yield return FormattableString.Invariant($"Fusion.K is {K}; use 0 or more.");
        if (Depth < 1) yield return FormattableString.Invariant($"Fusion.Depth is {Depth}; use 1 or more.");
    }
}
