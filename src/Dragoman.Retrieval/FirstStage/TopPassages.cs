using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Keeps the best passages seen: a heap with the worst of them on top. Score descending, ties by passage id descending. Not thread-safe.</summary>
internal sealed class TopPassages(int depth, PassageStore passages)
{
    private const int FirstCapacity = 64;
    private (double Score, int Ordinal)[] _heap = new (double, int)[Math.Min(depth, FirstCapacity)];
    private int _count;

    /// <summary>Most passages that are kept.</summary>
    internal int Depth => depth;

    /// <summary>What a passage must reach to have a chance: the worst score kept, or minus infinity while there is room. With this very score it has one, by its id.</summary>
    internal double Threshold => _count < depth ? double.NegativeInfinity : _heap[0].Score;

    /// <summary>Offers a passage.</summary>
    internal void Offer(int ordinal, double score)
    {
        if (_count < depth)
        {
            if (_count == _heap.Length) Array.Resize(ref _heap, (int)Math.Min(depth, 2L * _count));
            _heap[_count] = (score, ordinal);
            Rise(_count++);
        }
        else if (IsWorse(_heap[0], (score, ordinal)))
        {
            _heap[0] = (score, ordinal);
            Sink();
        }
    }

    /// <summary>Offers everything another one holds.</summary>
    internal void Offer(TopPassages other)
    {
        for (var place = 0; place < other._count; place++) Offer(other._heap[place].Ordinal, other._heap[place].Score);
    }

    /// <summary>The ordinals of the passages kept, in no order.</summary>
    internal IEnumerable<int> Ordinals => _heap.Take(_count).Select(passage => passage.Ordinal);

    /// <summary>Empties the heap into a ranking, best first.</summary>
    internal RankedPassage[] Take()
    {
        var ranking = new RankedPassage[_count];
        while (_count > 0)
        {
            var (score, ordinal) = _heap[0];
            _heap[0] = _heap[--_count];
            Sink();
            ranking[_count] = new RankedPassage(passages.ReadId(ordinal), score);
        }
        return ranking;
    }

    private bool IsWorse((double Score, int Ordinal) left, (double Score, int Ordinal) right) =>
        left.Score < right.Score || (left.Score == right.Score && passages.CompareIds(left.Ordinal, right.Ordinal) < 0);

    private void Rise(int place)
    {
        for (var parent = (place - 1) / 2; place > 0 && IsWorse(_heap[place], _heap[parent]); parent = (place - 1) / 2)
        {
            (_heap[place], _heap[parent]) = (_heap[parent], _heap[place]);
            place = parent;
        }
    }

    private void Sink()
    {
        for (var (place, child) = (0, 1); child < _count; child = 2 * place + 1)
        {
            if (child + 1 < _count && IsWorse(_heap[child + 1], _heap[child])) child++;
            if (!IsWorse(_heap[child], _heap[place])) return;
            (_heap[place], _heap[child]) = (_heap[child], _heap[place]);
            place = child;
        }
    }
}
