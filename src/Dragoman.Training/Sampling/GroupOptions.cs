namespace Dragoman.Training.Sampling;

/// <summary>How training groups are drawn from judgements.</summary>
public sealed record GroupOptions
{
    /// <summary>Negatives per positive.</summary>
    /// <value>1 by default, as in the source experiments.</value>
    public int Negatives { get; init; } = 1;

    /// <summary>Share of the negatives taken from a candidate run, within [0, 1]; the others are random passages.</summary>
    /// <value>0 by default.</value>
    public double RunShare { get; init; }

    /// <summary>How deep the candidate run is looked at.</summary>
    /// <value>50 by default.</value>
    public int RunDepth { get; init; } = 50;

    /// <summary>Whether a query keeps its negatives in every epoch, as in the source experiments; else each epoch draws anew.</summary>
    /// <value>False by default.</value>
    public bool FixedNegatives { get; init; }

    /// <summary>Seed of all draws.</summary>
    public required int Seed { get; init; }
}
