namespace Dragoman.Training.Sampling.Rejection.Ledger;

/// <summary>Counts entries one by one, so that a ledger of any length is summed up without being held: 8 bytes an entry stay. Not thread-safe.</summary>
public sealed class LedgerCounter
{
    private readonly List<double> _bounds = [];
    private readonly SortedDictionary<int, (long Proposed, long Accepted)> _grades = [];
    private readonly HashSet<int> _epochs = [];
    private readonly HashSet<string> _parts = [], _schemes = [];
    private long _proposed, _accepted, _distinct, _above, _raised, _thinned, _evaluations;
    private double _expected, _variance, _effective;
    private int _capped, _empty;
    private bool _isTestable = true;

    /// <summary>Counts an entry.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(LedgerEntry entry)
    {
        var (taken, seen) = (0L, new HashSet<int>());
        foreach (var draw in entry.Draws)
        {
            var grade = entry.Passages[draw.Candidate].Grade;
            var (proposed, accepted) = _grades.GetValueOrDefault(grade);
            _grades[grade] = (proposed + 1, accepted + (draw.IsTaken ? 1 : 0));
            if (draw.Decision is Decision.Thinned or Decision.Repeated) _isTestable = false;
            if (draw.Decision == Decision.Thinned) _thinned++;
            if (draw.Decision == Decision.AboveBound) _above++;
            if (!draw.IsTaken) continue;
            taken++;
            seen.Add(draw.Candidate);
        }
        _epochs.Add(entry.Epoch);
        _parts.Add(entry.Part);
        _schemes.Add(entry.Scheme);
        _bounds.Add(entry.LogBound);
        (_proposed, _accepted, _distinct) = (_proposed + entry.Draws.Count, _accepted + taken, _distinct + seen.Count);
        _expected += entry.Draws.Count * entry.ExpectedRate;
        _variance += entry.Draws.Count * entry.ExpectedRate * (1 - entry.ExpectedRate);
        _effective += entry.EffectiveSize / entry.Draws.Count;
        (_raised, _evaluations) = (_raised + entry.BoundRaised, _evaluations + entry.TargetEvaluations);
        if (entry.Capped) _capped++;
        if (taken == 0) _empty++;
        if (entry.Scheme is not (SamplingScheme.Rejection or SamplingScheme.QuasiRejection or SamplingScheme.Rso) || entry.BoundRaised > 0) _isTestable = false;
    }

    /// <summary>What was counted so far; one entry at least.</summary>
    public LedgerSummary Summary()
    {
        ArgumentOutOfRangeException.ThrowIfZero(_bounds.Count, "entries");
        return new LedgerSummary
        {
            Epoch = _epochs.Count == 1 ? _epochs.Single() : 0, Part = OnlyOf(_parts), Scheme = OnlyOf(_schemes), Queries = _bounds.Count, Proposed = _proposed, Accepted = _accepted,
            ExpectedRate = _expected / _proposed, RateDeviation = _isTestable ? Deviation() : double.NaN, MedianBound = Math.Exp(_bounds.Order().ElementAt(_bounds.Count / 2)), EffectiveShare = _effective / _bounds.Count,
            Distinct = _distinct, AboveBound = _above, BoundRaised = _raised, Thinned = _thinned, Capped = _capped, Empty = _empty, TargetEvaluations = _evaluations,
            Grades = new SortedDictionary<int, (long, long)>(_grades),
        };
    }

    private static string OnlyOf(HashSet<string> names) => names.Count == 1 ? names.Single() : "mixed";

    // Where every proposal is accepted for certain, there is nothing to deviate.
    private double Deviation() => _variance > 1e-9 ? (_accepted - _expected) / Math.Sqrt(_variance) : Math.Abs(_accepted - _expected) < 0.5 ? 0 : double.NaN;
}
