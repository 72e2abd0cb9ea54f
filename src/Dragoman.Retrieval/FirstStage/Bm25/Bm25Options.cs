namespace Dragoman.Retrieval.FirstStage.Bm25;

/// <summary>How BM25 weighs a term (Robertson and Zaragoza, 2009).</summary>
public sealed record Bm25Options
{
    /// <summary>Term-frequency saturation, unitless, 0 or more.</summary>
    /// <value>0.9 by default.</value>
    public double K1 { get; init; } = 0.9;

    /// <summary>Strength of length normalisation, unitless, within [0, 1].</summary>
    /// <value>0.4 by default.</value>
    public double B { get; init; } = 0.4;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(K1 >= 0 && double.IsFinite(K1))) yield return FormattableString.Invariant($"Bm25.K1 is {K1}; use 0 or more.");
        if (!(B is >= 0 and <= 1)) yield return FormattableString.Invariant($"Bm25.B is {B}; use a value from 0 to 1.");
    }
}
