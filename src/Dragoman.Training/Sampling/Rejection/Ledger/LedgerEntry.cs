namespace Dragoman.Training.Sampling.Rejection.Ledger;

/// <summary>A passage that was proposed for a query.</summary>
/// <param name="PassageId">The passage.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="LogProposal">log q.</param>
/// <param name="LogRatio">log p/q; −∞ for one that is not wanted.</param>
public sealed record LedgerPassage(string PassageId, int Grade, double LogProposal, double LogRatio);

/// <summary>What was proposed for a query in an epoch, and what became of it.</summary>
public sealed record LedgerEntry
{
    /// <summary>The query.</summary>
    public required string QueryId { get; init; }

    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>What it was drawn for: see <see cref="QueryDraws.Part"/>.</summary>
    public string Part { get; init; } = "";

    /// <summary>A name of <see cref="SamplingScheme"/>.</summary>
    public required string Scheme { get; init; }

    /// <summary>Candidates of the query, proposed or not.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>The passages that were proposed at least once.</summary>
    public required IReadOnlyList<LedgerPassage> Passages { get; init; }

    /// <summary>The proposals in order; <see cref="Draw.Candidate"/> is a position in <see cref="Passages"/>.</summary>
    public required IReadOnlyList<Draw> Draws { get; init; }

    /// <summary>log M at the end; NaN for schemes without a bound.</summary>
    public required double LogBound { get; init; }

    /// <summary>The share that should have been accepted; NaN when it is not known.</summary>
    public required double ExpectedRate { get; init; }

    /// <summary>(Σw)²/Σw² of the proposals; NaN when it is not known.</summary>
    public required double EffectiveSize { get; init; }

    /// <summary>Times a running bound grew.</summary>
    public required int BoundRaised { get; init; }

    /// <summary>Whether the most proposals were made before enough was found.</summary>
    public required bool Capped { get; init; }

    /// <summary>Candidates whose target was evaluated.</summary>
    public required int TargetEvaluations { get; init; }

    /// <summary>What was taken.</summary>
    public IEnumerable<Draw> Taken => Draws.Where(draw => draw.IsTaken);

    /// <summary>Proposals with a ratio above the bound that then held.</summary>
    public int AboveBound => Draws.Count(draw => draw.Decision == Decision.AboveBound);

    /// <summary>What draws come to in a ledger: passages that were never proposed are left out.</summary>
    /// <param name="draws">The draws.</param>
    public static LedgerEntry Of(QueryDraws draws)
    {
        var (candidates, account) = (draws.Candidates, draws.Account);
        var order = draws.Draws.Select(draw => draw.Candidate).Distinct().Order().ToList();
        var places = order.Select((candidate, place) => (candidate, place)).ToDictionary(entry => entry.candidate, entry => entry.place);
        return new LedgerEntry
        {
            QueryId = candidates.QueryId, Epoch = draws.Epoch, Part = draws.Part, Scheme = draws.Scheme, CandidateCount = candidates.Count,
            Passages = [.. order.Select(at => new LedgerPassage(candidates.PassageIds[at], candidates.Grades[at], draws.LogProposal[at], draws.LogRatios[at]))],
            Draws = [.. draws.Draws.Select(draw => draw with { Candidate = places[draw.Candidate] })],
            LogBound = account.LogBound, ExpectedRate = account.ExpectedRate, EffectiveSize = account.EffectiveSize, BoundRaised = account.BoundRaised, Capped = account.Capped, TargetEvaluations = account.TargetEvaluations,
        };
    }
}

/// <summary>What a ledger is of.</summary>
/// <param name="Data">Fingerprint of the data set: see <see cref="SamplingLedger.DataOf"/>.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record LedgerHeader(string Data, int Seed);

/// <summary>The end of a ledger.</summary>
/// <param name="Queries">Entries.</param>
/// <param name="ProposalTime">Time of all queries together, but for the target's scorer.</param>
/// <param name="TargetTime">Time in the target's scorer.</param>
public sealed record LedgerTotals(int Queries, TimeSpan ProposalTime, TimeSpan TargetTime);
