using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>
/// Cuts queries into folds, so that each can be scored by a model that did not see it. The plan follows from the seed and the ids alone, not from their order; folds differ by one query (or group) at most.
/// </summary>
public sealed class FoldPlan
{
    private readonly Dictionary<string, int> _folds;

    /// <summary>Plans the folds.</summary>
    /// <param name="queryIds">The queries; one that occurs twice counts once.</param>
    /// <param name="folds">How many folds, 2 or more.</param>
    /// <param name="seed">Seed of the plan.</param>
    /// <param name="groupOf">What a query belongs to, such as the topic that it is a translation of: a group stays in one fold. Null when every query is its own group.</param>
    /// <exception cref="DragomanException">There are fewer groups than folds.</exception>
    public FoldPlan(IEnumerable<string> queryIds, int folds, int seed, Func<string, string>? groupOf = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var byGroup = queryIds.Distinct(StringComparer.Ordinal).GroupBy(id => groupOf?.Invoke(id) ?? id, StringComparer.Ordinal).ToList();
        if (byGroup.Count < folds) throw new DragomanException($"{byGroup.Count} queries or groups of them cannot be cut into {folds} folds; use fewer folds.");
        _folds = byGroup.OrderBy(group => new CounterRandom(seed, DrawStream.HashOf(group.Key))[0]).ThenBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany((group, place) => group.Select(id => (id, place % folds))).ToDictionary(entry => entry.id, entry => entry.Item2, StringComparer.Ordinal);
        Count = folds;
    }

    /// <summary>How many folds there are.</summary>
    public int Count { get; }

    /// <summary>The fold of a query: the model that scores it is trained on all others.</summary>
    /// <param name="queryId">A query of the plan.</param>
    /// <returns>From 0 to <see cref="Count"/> − 1.</returns>
    /// <exception cref="DragomanException">The query is not in the plan.</exception>
    public int this[string queryId] => _folds.TryGetValue(queryId, out var fold) ? fold : throw new DragomanException($"Query {queryId} is not in the plan of folds; make the plan of all training queries.");

    /// <summary>The queries of a fold, in ordinal order.</summary>
    /// <param name="fold">From 0.</param>
    public IReadOnlyList<string> Scored(int fold) => [.. _folds.Where(entry => entry.Value == fold).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    /// <summary>The queries that the model of a fold is trained on, in ordinal order.</summary>
    /// <param name="fold">From 0.</param>
    public IReadOnlyList<string> Trained(int fold) => [.. _folds.Where(entry => entry.Value != fold).Select(entry => entry.Key).Order(StringComparer.Ordinal)];
}
