namespace Dragoman.Training.Sampling.Rejection.Ledger;

/// <summary>Counts over the entries of a ledger: of an epoch, or of a query.</summary>
public sealed record LedgerSummary
{
    /// <summary>The epoch; 0 for several.</summary>
    public required int Epoch { get; init; }

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
    public static LedgerSummary Of(IReadOnlyCollection<LedgerEntry> entries)
    {
        var (proposed, accepted) = (entries.Sum(entry => (long)entry.Draws.Count), entries.Sum(entry => (long)entry.Taken.Count()));
        var expected = entries.Sum(entry => entry.Draws.Count * entry.ExpectedRate);
        var variance = entries.Sum(entry => entry.Draws.Count * entry.ExpectedRate * (1 - entry.ExpectedRate));
        var isTestable = entries.All(entry => entry.Scheme is SamplingScheme.Rejection or SamplingScheme.QuasiRejection or SamplingScheme.Rso && entry.BoundRaised == 0 && entry.Draws.All(draw => draw.Decision is not (Decision.Repeated or Decision.Thinned)));
        return new LedgerSummary
        {
            Epoch = entries.Select(entry => entry.Epoch).Distinct().Count() == 1 ? entries.First().Epoch : 0,
            Scheme = entries.Select(entry => entry.Scheme).Distinct().Count() == 1 ? entries.First().Scheme : "mixed",
            Queries = entries.Count, Proposed = proposed, Accepted = accepted, ExpectedRate = expected / proposed,
            RateDeviation = isTestable ? Deviation(accepted, expected, variance) : double.NaN,
            MedianBound = Math.Exp(entries.Select(entry => entry.LogBound).Order().ElementAt(entries.Count / 2)),
            EffectiveShare = entries.Average(entry => entry.EffectiveSize / entry.Draws.Count),
            Distinct = entries.Sum(entry => (long)entry.Taken.Select(draw => draw.Candidate).Distinct().Count()),
            AboveBound = entries.Sum(entry => (long)entry.AboveBound), BoundRaised = entries.Sum(entry => (long)entry.BoundRaised),
            Thinned = entries.Sum(entry => (long)entry.Draws.Count(draw => draw.Decision == Decision.Thinned)),
            Capped = entries.Count(entry => entry.Capped), Empty = entries.Count(entry => !entry.Taken.Any()), TargetEvaluations = entries.Sum(entry => (long)entry.TargetEvaluations),
            Grades = Histogram(entries),
        };
    }

    private static double Deviation(long accepted, double expected, double variance) => variance > 0 ? (accepted - expected) / Math.Sqrt(variance) : Math.Abs(accepted - expected) < 0.5 ? 0 : double.NaN;

    private static SortedDictionary<int, (long, long)> Histogram(IEnumerable<LedgerEntry> entries)
    {
        var grades = new SortedDictionary<int, (long Proposed, long Accepted)>();
        foreach (var entry in entries)
        {
            foreach (var draw in entry.Draws)
            {
                var (proposed, accepted) = grades.GetValueOrDefault(entry.Passages[draw.Candidate].Grade);
                grades[entry.Passages[draw.Candidate].Grade] = (proposed + 1, accepted + (draw.IsTaken ? 1 : 0));
            }
        }
        return grades;
    }
}
