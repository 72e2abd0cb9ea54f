namespace Dragoman.Training.Sampling.Rejection.Ledger;

/// <summary>Counts over the entries of a ledger: of an epoch, or of a query.</summary>
public sealed record LedgerSummary
{
    /// <summary>The epoch; 0 for several.</summary>
    public required int Epoch { get; init; }

    /// <summary>What was drawn for; "mixed" for several ends, empty where nothing was said.</summary>
    public required string Part { get; init; }

    /// <summary>The scheme; "mixed" for several.</summary>
    public required string Scheme { get; init; }

    /// <summary>Entries.</summary>
    public required int Queries { get; init; }

    /// <summary>Proposals.</summary>
    public required long Proposed { get; init; }

    /// <summary>Taken.</summary>
    public required long Accepted { get; init; }

    /// <summary>Accepted/proposed.</summary>
    public double Rate => (double)Accepted / Proposed;

    /// <summary>What that should be by the entries' own expectation, weighed by their proposals; NaN when one does not know.</summary>
    public required double ExpectedRate { get; init; }

    /// <summary>(accepted − expected)/standard deviation over the entries: beyond ±4 something is wrong. NaN when it is not known, or when stopping and running bounds make it meaningless.</summary>
    public required double RateDeviation { get; init; }

    /// <summary>The middle entry's M; NaN when a scheme has none.</summary>
    public required double MedianBound { get; init; }

    /// <summary>Mean over the entries of effective size/proposals.</summary>
    public required double EffectiveShare { get; init; }

    /// <summary>Entries' distinct passages taken, summed.</summary>
    public required long Distinct { get; init; }

    /// <summary>Proposals above the bound.</summary>
    public required long AboveBound { get; init; }

    /// <summary>Times running bounds grew.</summary>
    public required long BoundRaised { get; init; }

    /// <summary>Acceptances given up when they did.</summary>
    public required long Thinned { get; init; }

    /// <summary>Entries that made the most proposals.</summary>
    public required int Capped { get; init; }

    /// <summary>Entries in which nothing was taken.</summary>
    public required int Empty { get; init; }

    /// <summary>Candidates whose target was evaluated.</summary>
    public required long TargetEvaluations { get; init; }

    /// <summary>Proposals by grade, and how many of them were taken.</summary>
    public required IReadOnlyDictionary<int, (long Proposed, long Accepted)> Grades { get; init; }

    /// <summary>Entropy of the grades taken, in bits.</summary>
    public double GradeEntropy => Accepted == 0 ? 0 : Grades.Values.Where(count => count.Accepted > 0).Sum(count => -(double)count.Accepted / Accepted * Math.Log2((double)count.Accepted / Accepted));

    /// <summary>Counts entries.</summary>
    /// <param name="entries">One or more.</param>
    public static LedgerSummary Of(IEnumerable<LedgerEntry> entries)
    {
        var counter = new LedgerCounter();
        foreach (var entry in entries) counter.Add(entry);
        return counter.Summary();
    }
}
