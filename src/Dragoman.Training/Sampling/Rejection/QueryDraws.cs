namespace Dragoman.Training.Sampling.Rejection;

/// <summary>What became of a proposal.</summary>
public enum Decision
{
    /// <summary>Not taken.</summary>
    Rejected,

    /// <summary>Taken.</summary>
    Accepted,

    /// <summary>Taken; its ratio is above the bound (or its weight above the limit), so that it counts for less than it should.</summary>
    AboveBound,

    /// <summary>Taken at first, and given up when the running bound grew.</summary>
    Thinned,

    /// <summary>It would have been taken, but the passage is there already.</summary>
    Repeated,
}

/// <summary>A proposal and what became of it.</summary>
/// <param name="Candidate">Position in the candidate list.</param>
/// <param name="Decision">Whether it was taken.</param>
/// <param name="LogBound">log M at that moment; NaN for schemes without a bound.</param>
/// <param name="Weight">Weight in the loss if it was taken, 0 or more; 0 if not.</param>
public readonly record struct Draw(int Candidate, Decision Decision, double LogBound, double Weight)
{
    /// <summary>Whether it is in the result.</summary>
    public bool IsTaken => Decision is Decision.Accepted or Decision.AboveBound;
}

/// <summary>Everything that was proposed for a query in an epoch, and what was taken.</summary>
/// <param name="Scheme">How it was drawn, by the name in <see cref="SamplingScheme"/>.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Candidates">The candidates.</param>
/// <param name="LogProposal">log q of each.</param>
/// <param name="LogRatios">log p/q of each; NaN for one that was not evaluated.</param>
/// <param name="Draws">The proposals in order.</param>
/// <param name="Account">Counts and costs.</param>
public sealed record QueryDraws(string Scheme, int Epoch, CandidateList Candidates, IReadOnlyList<double> LogProposal, IReadOnlyList<double> LogRatios, IReadOnlyList<Draw> Draws, SamplingAccount Account)
{
    /// <summary>What the draws are for, where an epoch draws for several ends: <c>positives</c>, <c>negatives</c>, <c>examples</c>; empty where it does not.</summary>
    public string Part { get; init; } = "";

    /// <summary>What was taken, in order.</summary>
    public IEnumerable<Draw> Taken => Draws.Where(draw => draw.IsTaken);
}

/// <summary>Counts and costs of drawing for a query.</summary>
public sealed record SamplingAccount
{
    /// <summary>Proposals T.</summary>
    public required long Proposed { get; init; }

    /// <summary>Taken A.</summary>
    public required long Accepted { get; init; }

    /// <summary>A/T.</summary>
    public double AcceptanceRate => (double)Accepted / Proposed;

    /// <summary>log M at the end; NaN for schemes without a bound.</summary>
    public double LogBound { get; init; } = double.NaN;

    /// <summary>What A/T should be, 1/M for a normalised target; NaN when it is not known.</summary>
    public double ExpectedRate { get; init; } = double.NaN;

    /// <summary>(Σw)²/Σw² over all proposals, w = p/q: how many independent draws from the target they are worth.</summary>
    public double EffectiveSize { get; init; } = double.NaN;

    /// <summary>Proposals with a ratio above the bound that then held.</summary>
    public long AboveBound { get; init; }

    /// <summary>Times a running bound grew.</summary>
    public int BoundRaised { get; init; }

    /// <summary>Whether the most proposals were made before enough was found.</summary>
    public bool Capped { get; init; }

    /// <summary>Candidates whose target was evaluated.</summary>
    public int TargetEvaluations { get; init; }

    /// <summary>Distinct passages taken.</summary>
    public int DistinctAccepted { get; init; }

    /// <summary>Entropy of the grades taken, in bits.</summary>
    public double GradeEntropy { get; init; }

    /// <summary>Time in the target's scorer.</summary>
    public TimeSpan TargetTime { get; init; }

    /// <summary>All other time.</summary>
    public TimeSpan ProposalTime { get; init; }

    /// <summary>Counts the draws.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="draws">The draws.</param>
    internal static SamplingAccount Of(CandidateList candidates, IReadOnlyList<Draw> draws)
    {
        var (accepted, above, distinct, grades) = (0L, 0L, new HashSet<int>(), new SortedDictionary<int, long>());
        foreach (var draw in draws)
        {
            if (draw.Decision == Decision.AboveBound) above++;
            if (!draw.IsTaken) continue;
            accepted++;
            distinct.Add(draw.Candidate);
            var grade = candidates.Grades[draw.Candidate];
            grades[grade] = grades.GetValueOrDefault(grade) + 1;
        }
        return new SamplingAccount { Proposed = draws.Count, Accepted = accepted, AboveBound = above, DistinctAccepted = distinct.Count, GradeEntropy = grades.Values.Sum(count => -(double)count / accepted * Math.Log2((double)count / accepted)) };
    }
}
