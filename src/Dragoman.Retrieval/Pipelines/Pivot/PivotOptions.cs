namespace Dragoman.Retrieval.Pipelines.Pivot;

/// <summary>How a pivot retriever goes through the passages of the query's own language.</summary>
public sealed record PivotOptions
{
    /// <summary>Number of passages in the query's language that pass their scores on, m.</summary>
    /// <value>10 by default.</value>
    public int Pivots { get; init; } = 10;

    /// <summary>Number of near passages that each pivot passes its score on to, n.</summary>
    /// <value>20 by default.</value>
    public int Neighbours { get; init; } = 20;

    /// <summary>Number of nearest passages in the query's language over which a passage's hubness is averaged.</summary>
    /// <value>5 by default.</value>
    public int HubNeighbours { get; init; } = 5;

    /// <summary>Number of passages found directly, without pivots, that take part; more when the depth asked for is larger.</summary>
    /// <value>100 by default.</value>
    public int DirectDepth { get; init; } = 100;

    /// <summary>Weight of matched terms beside the cosine, μ: a passage that matches the whole query gains at most this.</summary>
    /// <value>1 by default.</value>
    public double LexicalWeight { get; init; } = 1;

    /// <summary>
    /// Weight of what pivots pass on beside what is found directly, λ. More gains a little where passages have translations in the collection and loses much where they
    /// have none: at 4, a fifth of nDCG@10 (<c>reproductions/fusion</c>).
    /// </summary>
    /// <value>0.5 by default; set on the development half of <c>reproductions/fusion</c>.</value>
    public double PivotWeight { get; init; } = 0.5;

    /// <summary>Temperature of the softmax over a query's scores, in cosines.</summary>
    /// <value>0.05 by default.</value>
    public double QueryTemperature { get; init; } = 0.05;

    /// <summary>Temperature of the softmax over a pivot's neighbours, in cosines.</summary>
    /// <value>0.03 by default.</value>
    public double PassageTemperature { get; init; } = 0.03;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Pivots < 1 || Neighbours < 1 || HubNeighbours < 1 || DirectDepth < 1) yield return "Pivot.Pivots, Neighbours, HubNeighbours and DirectDepth must be 1 or more.";
        if (!(QueryTemperature > 0 && PassageTemperature > 0)) yield return "Pivot.QueryTemperature and PassageTemperature must be more than 0.";
        if (!(LexicalWeight >= 0 && PivotWeight >= 0)) yield return "Pivot.LexicalWeight and PivotWeight must be 0 or more.";
    }
}
