using System.Runtime.CompilerServices;
using Dragoman.Collections;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Evaluation;

/// <summary>A ranking in trec_eval's order with passages as numbers of the qrels. Reused from query to query.</summary>
/// <param name="qrels">The judgements.</param>
/// <param name="languages">The passages' languages; null when nothing needs them.</param>
internal sealed class RankedPassages(Qrels qrels, LanguageMap? languages)
{
    private int[] _inQrels = [], _languages = [];
    private float[] _scores = [];

    internal int Count { get; private set; }

    /// <summary>The number of the passage at each rank in the qrels, or -1.</summary>
    internal ReadOnlySpan<int> InQrels => _inQrels.AsSpan(0, Count);

    /// <summary>Scores, descending.</summary>
    internal ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>The language at each rank; empty when nothing needs them.</summary>
    internal ReadOnlySpan<int> Languages => languages is null ? default : _languages.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    /// <summary>Takes a ranking of a file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Take(RunGroup group)
    {
        Resize(group.Count);
        for (var i = 0; i < Count; i++)
        {
            _inQrels[i] = group.PassageIn(qrels.Passages, i);
            _scores[i] = group.Score(i);
            if (languages is not null) _languages[i] = languages.OfPassage(group.PassageId(i));
        }
    }

    /// <summary>Takes a ranking of a run in memory.</summary>
    internal void Take(Run run, int query)
    {
        var scores = run.ScoresAt(query);
        Resize(scores.Length);
        for (var i = 0; i < Count; i++) _scores[i] = (float)scores[i];
        var order = run.PassagesAt(query).ToArray();
        SortFloatTies(run, scores, order);
        for (var i = 0; i < Count; i++)
        {
            _inQrels[i] = qrels.Passages.IndexOf(run.Passages.Utf8(order[i]));
            if (languages is not null) _languages[i] = languages.OfPassage(run.Passages.Utf8(order[i]));
        }
    }

    // A run is in order of its scores as doubles; scores that differ only beyond 32-bit precision tie for trec_eval.
    private void SortFloatTies(Run run, ReadOnlySpan<double> scores, int[] order)
    {
        for (var start = 0; start < scores.Length;)
        {
            var end = TieEnd(start);
            if (end - start > 1 && scores[start] != scores[end - 1]) order.AsSpan(start, end - start).Sort((left, right) => run.Passages.Compare(right, left));
            start = end;
        }
    }

    /// <summary>The rank (less 1) after the last passage that ties with one.</summary>
    internal int TieEnd(int start)
    {
        var end = start + 1;
        while (end < Count && _scores[end] == _scores[start]) end++;
        return end;
    }

    private void Resize(int count)
    {
        Count = count;
        if (_inQrels.Length >= count) return;
        (_inQrels, _scores) = (new int[count * 2], new float[count * 2]);
        if (languages is not null) _languages = new int[count * 2];
    }
}
