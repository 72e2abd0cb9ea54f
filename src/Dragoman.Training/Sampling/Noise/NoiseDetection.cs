using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Training.Sampling.Noise;

/// <summary>How a part of an epoch told damaged from sound.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Part">What was drawn for: see <see cref="QueryDraws.Part"/>.</param>
/// <param name="Scheme">The scheme.</param>
/// <param name="Summary">What was counted.</param>
/// <param name="Damaged">Decisions about passages whose grade is not the true one; 0 of a ledger that was made from sound judgements.</param>
public sealed record DetectedPart(int Epoch, string Part, string Scheme, DetectionSummary Summary, int Damaged);

/// <summary>Holds the decisions of a ledger against the truth about judgements that were damaged on purpose.</summary>
/// <remarks>
/// Of negatives, damaged is a passage that truly answers the query; of positives and examples, one that does not. Every proposal is a decision, so that a passage that was proposed twice counts twice. The acceptance is that of the
/// ledger, min(1, p/(M q)). Where there is no M (distinct ones drawn by keys, the best of N), p/q puts them in order, nothing is known of a probability, and what is accepted counts as one whatever it weighs.
/// </remarks>
public static class NoiseDetection
{
    /// <summary>The part of a ledger's entries that holds negatives.</summary>
    private const string Negatives = "negatives";

    /// <summary>Counts the decisions of every epoch and part.</summary>
    /// <param name="entries">The ledger's entries.</param>
    /// <param name="changes">The truth: see <see cref="NoiseFile"/>.</param>
    /// <returns>In the order of epochs and parts.</returns>
    /// <exception cref="DragomanException">The changes are of other queries.</exception>
    public static IReadOnlyList<DetectedPart> Of(IEnumerable<LedgerEntry> entries, IReadOnlyList<JudgementChange> changes)
    {
        var truth = changes.ToDictionary(change => (change.QueryId, change.PassageId), change => change.TrueGrade);
        var changed = changes.Select(change => change.QueryId).ToHashSet(StringComparer.Ordinal);
        var unbounded = new HashSet<(int, string, string)>();
        var damaged = new Dictionary<(int, string, string), int>();
        var (counters, isKnown) = (new SortedDictionary<(int Epoch, string Part, string Scheme), DetectionCounter>(), changes.Count == 0);
        foreach (var entry in entries)
        {
            isKnown |= changed.Contains(entry.QueryId);
            var key = (entry.Epoch, entry.Part, entry.Scheme);
            if (!counters.TryGetValue(key, out var counter)) counters.Add(key, counter = new DetectionCounter());
            if (double.IsNaN(entry.LogBound)) unbounded.Add(key);
            foreach (var draw in entry.Draws)
            {
                var passage = entry.Passages[draw.Candidate];
                var trueGrade = truth.GetValueOrDefault((entry.QueryId, passage.PassageId), passage.Grade);
                if (trueGrade != passage.Grade) damaged[key] = damaged.GetValueOrDefault(key) + 1;
                var isRelevant = trueGrade > 0;
                var ratio = passage.LogRatio - (double.IsNaN(entry.LogBound) ? 0 : entry.LogBound);
                counter.Add(entry.QueryId, Math.Exp(double.IsNaN(entry.LogBound) ? ratio : Math.Min(0, ratio)), Kept(draw), isRelevant == (entry.Part == Negatives));
            }
        }
        if (counters.Count == 0) throw new DragomanException("The ledger holds no decisions; there is nothing to hold against the truth.");
        if (!isKnown) throw new DragomanException("The ledger and the truth about the noise have no query in common; is the ledger of a training on that collection?");
        return [.. counters.Select(counter =>
        {
            var summary = counter.Value.Summary();
            if (unbounded.Contains(counter.Key)) summary = summary with { AcceptNoisy = double.NaN, AcceptSound = double.NaN };
            return new DetectedPart(counter.Key.Epoch, counter.Key.Part, counter.Key.Scheme, summary, damaged.GetValueOrDefault(counter.Key));
        })];
    }

    /// <summary>How far a proposal is kept; one whose passage was kept before would have been kept too.</summary>
    private static double Kept(Draw draw) => draw.Decision == Decision.Repeated ? 1 : draw.IsTaken ? Math.Min(1, draw.Weight) : 0;
}
