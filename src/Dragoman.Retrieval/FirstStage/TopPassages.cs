using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Keeps the best passages seen: score descending, ties by passage id descending. Not thread-safe.</summary>
/// <remarks>
/// What is offered is gathered; once there is a quarter more than is wanted, the best are selected (Hoare, 1961: "Algorithm 65: find") and the rest let go, which takes a few steps for each passage where
/// a heap takes the logarithm of the depth.
/// </remarks>
internal sealed class TopPassages(int depth, PassageStore passages)
{
    private const int FirstCapacity = 64, LeastSpare = 4, SpareShare = 4;
    private readonly int _limit = (int)Math.Min(Array.MaxLength, depth + Math.Max(LeastSpare, (long)depth / SpareShare));
    private double[] _scores = new double[Math.Min(depth, FirstCapacity)];
    private int[] _ordinals = new int[Math.Min(depth, FirstCapacity)];
    private int _count, _worst;

    /// <summary>Most passages that are kept.</summary>
    internal int Depth => depth;

    /// <summary>What a passage must reach to have a chance; minus infinity while there is room. With this very score it has one, by its id.</summary>
    internal double Threshold { get; private set; } = double.NegativeInfinity;

    /// <summary>Offers a passage.</summary>
    internal void Offer(int ordinal, double score)
    {
        if (score < Threshold || (score == Threshold && passages.CompareIds(ordinal, _worst) < 0)) return;
        if (_count == _scores.Length) Grow();
        (_scores[_count], _ordinals[_count]) = (score, ordinal);
        _count++;
        if (_count == depth || _count == _limit) KeepBest();
    }

    /// <summary>Offers everything another one holds.</summary>
    internal void Offer(TopPassages other)
    {
        for (var place = 0; place < other._count; place++) Offer(other._ordinals[place], other._scores[place]);
    }

    /// <summary>The ordinals of the passages kept, in no order.</summary>
    internal ReadOnlySpan<int> Ordinals
    {
        get
        {
            if (_count > depth) KeepBest();
            return _ordinals.AsSpan(0, _count);
        }
    }

    /// <summary>The ranking, best first. Nothing is kept afterwards.</summary>
    internal RankedPassage[] Take()
    {
        if (_count > depth) KeepBest();
        var scores = _scores.AsSpan(0, _count);
        var ordinals = _ordinals.AsSpan(0, _count);
        ScoreOrder.Sort(scores, ordinals);
        var ids = passages.ReadIds(ordinals);
        for (var (start, end) = (0, 0); start < scores.Length; start = end)
        {
            for (end = start + 1; end < scores.Length && scores[end] == scores[start];) end++;
            if (end - start > 1) ids.AsSpan(start, end - start).Sort(string.CompareOrdinal);
        }
        var ranking = new RankedPassage[ids.Length];
        for (var place = 0; place < ranking.Length; place++) ranking[^(place + 1)] = new RankedPassage(ids[place], scores[place]);
        (_count, Threshold) = (0, double.NegativeInfinity);
        return ranking;
    }

    private void Grow()
    {
        var capacity = (int)Math.Min(_limit, 2L * _count + 1);
        Array.Resize(ref _scores, capacity);
        Array.Resize(ref _ordinals, capacity);
    }

    /// <summary>Lets go what is not among the best, and finds the worst of them.</summary>
    private void KeepBest()
    {
        if (_count > depth) SelectByScore();
        var lowest = _scores[0];
        foreach (var score in _scores.AsSpan(1, depth - 1)) lowest = Math.Min(lowest, score);
        Threshold = lowest;
        if (_count > depth) LetGo();
        _worst = -1;
        for (var place = 0; place < depth; place++)
        {
            if (_scores[place] == lowest && (_worst < 0 || passages.CompareIds(_ordinals[place], _worst) < 0)) _worst = _ordinals[place];
        }
    }

    /// <summary>Puts the highest scores to the front.</summary>
    private void SelectByScore()
    {
        var scores = _scores.AsSpan(0, _count);
        var ordinals = _ordinals.AsSpan(0, _count);
        for (var (low, high) = (0, _count - 1); low < high;)
        {
            var middle = MiddleOf(scores[low], scores[low + (high - low) / 2], scores[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (scores[left] > middle) left++;
                while (middle > scores[right]) right--;
                if (left > right) break;
                (scores[left], scores[right]) = (scores[right], scores[left]);
                (ordinals[left], ordinals[right]) = (ordinals[right], ordinals[left]);
                left++;
                right--;
            }
            if (depth - 1 <= right) high = right;
            else if (depth - 1 >= left) low = left;
            else return;
        }
    }

    /// <summary>Lets go what stands behind the best; of those at the threshold the ids decide which they are.</summary>
    private void LetGo()
    {
        var tied = false;
        for (var place = depth; place < _count && !tied; place++) tied = _scores[place] == Threshold;
        if (tied)
        {
            var (better, end) = (0, depth);
            for (var place = 0; place < depth; place++)
            {
                if (_scores[place] > Threshold) Swap(better++, place);
            }
            for (var place = depth; place < _count; place++)
            {
                if (_scores[place] == Threshold) Swap(end++, place);
            }
            _ordinals.AsSpan(better, end - better).Sort((left, right) => passages.CompareIds(right, left));
        }
        _count = depth;
    }

    private void Swap(int left, int right)
    {
        (_scores[left], _scores[right]) = (_scores[right], _scores[left]);
        (_ordinals[left], _ordinals[right]) = (_ordinals[right], _ordinals[left]);
    }

    private static double MiddleOf(double first, double second, double third) => Math.Max(Math.Min(first, second), Math.Min(Math.Max(first, second), third));
}
