using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Keeps the best passages seen: a heap with the worst of them on top. Score descending, ties by passage id descending. Not thread-safe.</summary>
internal sealed class TopPassages(int depth, PassageStore passages)
{
    private readonly PriorityQueue<int, (double Score, int IdRank)> _heap = new();

    /// <summary>Offers a passage.</summary>
    internal void Offer(int ordinal, double score)
    {
        var priority = (score, passages.IdRank(ordinal));
        if (_heap.Count < depth) _heap.Enqueue(ordinal, priority);
        else if (_heap.TryPeek(out _, out var worst) && score >= worst.Score && priority.CompareTo(worst) > 0) _heap.EnqueueDequeue(ordinal, priority);
    }

    /// <summary>Offers everything another one holds.</summary>
    internal void Offer(TopPassages other)
    {
        foreach (var (ordinal, priority) in other._heap.UnorderedItems) Offer(ordinal, priority.Score);
    }

    /// <summary>Empties the heap into a ranking, best first.</summary>
    internal RankedPassage[] Take()
    {
        var ranking = new RankedPassage[_heap.Count];
        while (_heap.TryDequeue(out var ordinal, out var priority)) ranking[_heap.Count] = new RankedPassage(passages.ReadId(ordinal), priority.Score);
        return ranking;
    }
}
