namespace Dragoman.Training.Sampling;

/// <summary>Where negatives that no run gives are drawn from.</summary>
public enum NegativePool
{
    /// <summary>The passages of the positive's language that have grade 0 or none for the query.</summary>
    Collection,

    /// <summary>The passages judged 0 for the query, as in the source experiments.</summary>
    JudgedZero,

    /// <summary>The last passages judged 0 for the query, in the order of the judgements: a variant of the source's author. Nothing is drawn.</summary>
    LastJudgedZero,
}

/// <summary>Which of several passages with a query's best grade is the positive.</summary>
public enum PositiveTie
{
    /// <summary>The first by id, in ordinal order.</summary>
    Id,

    /// <summary>The first in the order of the judgements, as in the source experiments.</summary>
    File,
}

/// <summary>How training groups are drawn from judgements.</summary>
public sealed record GroupOptions
{
    /// <summary>Negatives per positive.</summary>
    /// <value>1 by default, as in the source experiments.</value>
    public int Negatives { get; init; } = 1;

    /// <summary>Where negatives that no run gives are drawn from.</summary>
    public NegativePool Pool { get; init; }

    /// <summary>Which passage is the positive among those with the best grade.</summary>
    public PositiveTie Ties { get; init; }

    /// <summary>Most other relevant passages of the query that join the list with their grades, drawn when there are more; 0 for the positive alone.</summary>
    public int Judged { get; init; }

    /// <summary>Share of the negatives taken from a candidate run or from what a model finds, within [0, 1]; the others come from <see cref="Pool"/>.</summary>
    /// <value>0 by default.</value>
    public double RunShare { get; init; }

    /// <summary>The first rank of a candidate run that negatives are taken from, from 1.</summary>
    public int RunFirst { get; init; } = 1;

    /// <summary>The last rank.</summary>
    /// <value>50 by default.</value>
    public int RunDepth { get; init; } = 50;

    /// <summary>Which candidates are near enough to the positive to be doubted.</summary>
    public PositiveAwareFilter Filter { get; init; } = new();

    /// <summary>Whether a query keeps its negatives in every epoch, as in the source experiments; else each epoch draws anew.</summary>
    /// <value>False by default.</value>
    public bool FixedNegatives { get; init; }

    /// <summary>Seed of all draws.</summary>
    public required int Seed { get; init; }
}
