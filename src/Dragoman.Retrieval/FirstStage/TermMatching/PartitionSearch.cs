using System.Buffers;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>
/// Finds the best passages of a partition: passage at a time with MaxScore over blocks, or term at a time for long queries. Both give every passage the same score to the last bit, as the parts
/// of its terms are summed in the order of the query.
/// </summary>
/// <remarks>
/// MaxScore (Turtle and Flood, 1995) with the bounds of blocks (Ding and Suel, SIGIR 2011; Mallia et al., 2017): terms whose bounds together do not reach the threshold need not be walked, only
/// looked up; and within a window in which the bounds of all blocks do not reach it, nothing is read at all. Nothing is left out that could tie with the worst passage kept: the comparison is
/// with "less than", after adding more to the bound than rounding can take away.
/// </remarks>
internal sealed class PartitionSearch
{
    /// <summary>Queries with more terms than this are scored term at a time.</summary>
    internal const int MostTermsAtOnce = 32;

    private const int DeepSearch = 500, PostingCost = 4, PassagesPerDepth = 1000;
    private const double RoundingPerTerm = 1e-12, RoundingTerms = 1000;
    private readonly IndexPartition _partition;
    private readonly PreparedQuery _query;
    private readonly PassageSelection _selection;
    private readonly TopPassages _top;

    internal PartitionSearch(IndexPartition partition, PreparedQuery query, PassageSelection selection, TopPassages top)
    {
        (_partition, _query, _selection, _top) = (partition, query, selection, top);
    }

    /// <summary>Offers every passage that may be among the best.</summary>
    /// <param name="exhaustive">Whether to score every passage with a query term, for comparison; null for what takes less time.</param>
    internal void Run(bool? exhaustive = null)
    {
        var found = new List<(TermWeight Weight, PartitionTerm Place)>();
        foreach (var term in _query.Terms)
        {
            foreach (var place in term.Places)
            {
                if (place.Partition == _partition) found.Add((term.Weight, place));
            }
        }
        if (found.Count == 0) return;
        if (exhaustive is null && _selection.Filter is { } filter && found.Count <= MostTermsAtOnce) PassagesOf(filter, found);
        else if (exhaustive ?? (found.Count > MostTermsAtOnce || LittleIsPruned(found))) TermAtATime(found);
        else PassageAtATime([.. found.Select((term, place) => new TermList(place, term.Weight, term.Place.Postings(), _partition.Lengths))]);
    }

    /// <summary>Whether so many passages are asked for that most postings are read anyhow, which term at a time does in less time each, at some cost for every passage of the partition.</summary>
    private bool LittleIsPruned(List<(TermWeight Weight, PartitionTerm Place)> terms) => _query.HasStoredWeights
        // Such parts cost next to nothing, and the best of a block is seldom far below the best of a list.
        ? (long)_top.Depth * PassagesPerDepth >= _partition.Count
        : _top.Depth >= DeepSearch && terms.Sum(term => (long)term.Place.Entry.Passages) * PostingCost > _partition.Count;

    /// <summary>Scores the passages of a filter, and looks at no others.</summary>
    private void PassagesOf(PassageFilter filter, List<(TermWeight Weight, PartitionTerm Place)> terms)
    {
        var lengths = _partition.Lengths;
        var cursors = terms.Select(term => term.Place.Postings()).ToArray();
        foreach (var ordinal in filter.Within(_partition.FirstOrdinal, _partition.Count))
        {
            var (passage, score) = (ordinal - _partition.FirstOrdinal, double.NaN);
            for (var term = 0; term < cursors.Length; term++)
            {
                cursors[term].MoveTo(passage);
                if (cursors[term].Passage != passage) continue;
                var part = terms[term].Weight.Part(cursors[term].Value, lengths[passage]);
                score = double.IsNaN(score) ? part : score + part;
            }
            if (!double.IsNaN(score) && _selection.Admits(_partition, passage)) Offer(passage, score, lengths[passage]);
        }
    }

    private void TermAtATime(List<(TermWeight Weight, PartitionTerm Place)> terms)
    {
        var lengths = _partition.Lengths;
        var scores = ArrayPool<double>.Shared.Rent(lengths.Length);
        try
        {
            scores.AsSpan(0, lengths.Length).Fill(double.NaN);
            foreach (var (weight, place) in terms)
            {
                for (var cursor = place.Postings(); cursor.Passage != PostingsCursor.End; cursor.NextBlock()) AddParts(cursor.BlockPassages, cursor.BlockValues, weight, lengths, scores);
            }
            for (var passage = 0; passage < lengths.Length; passage++)
            {
                // False for what is no number: a passage without any of the terms. What is added for the length is 0 at most.
                if (scores[passage] >= _top.Threshold && _selection.Admits(_partition, passage)) Offer(passage, scores[passage], lengths[passage]);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    private static void AddParts(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, TermWeight weight, ReadOnlySpan<int> lengths, double[] scores)
    {
        for (var place = 0; place < passages.Length; place++)
        {
            var part = weight.Part(values[place], lengths[passages[place]]);
            ref var score = ref scores[passages[place]];
            score = double.IsNaN(score) ? part : score + part;
        }
    }

    private void PassageAtATime(TermList[] lists)
    {
        var slack = lists.Sum(list => list.Weight.QueryWeight) * RoundingPerTerm * (RoundingTerms + lists.Length);
        Array.Sort(lists, static (left, right) => left.ListBound != right.ListBound ? left.ListBound.CompareTo(right.ListBound) : left.Place.CompareTo(right.Place));
        var below = new double[lists.Length + 1];
        for (var list = 0; list < lists.Length; list++) below[list + 1] = below[list] + lists[list].ListBound;
        var parts = new double[lists.Length];
        for (var essential = 0; ;)
        {
            var threshold = _top.Threshold - slack;
            while (essential < lists.Length && below[essential + 1] < threshold) essential++;
            var start = First(lists, essential);
            if (start == PostingsCursor.End) return;
            var end = PostingsCursor.End;
            for (var list = essential; list < lists.Length; list++) end = Math.Min(end, lists[list].Cursor.BlockEnd(start));
            if (WindowBound(lists, essential, start, end, below[essential]) < threshold)
            {
                if (end == PostingsCursor.End) return;
                for (var list = essential; list < lists.Length; list++) lists[list].Cursor.MoveTo(end + 1);
            }
            else
            {
                Walk(lists, essential, end, below, slack, parts);
            }
        }
    }

    /// <summary>No passage from one to another gives more than this.</summary>
    private double WindowBound(TermList[] lists, int essential, int start, int end, double bound)
    {
        for (var list = essential; list < lists.Length; list++)
        {
            // A list that begins behind the window gives nothing in it.
            if (lists[list].Cursor.Passage <= end) bound += lists[list].Cursor.BlockBound(start, lists[list].Weight, _partition.Lengths);
        }
        return bound;
    }

    /// <summary>Scores the passages of a window that an essential list holds.</summary>
    private void Walk(TermList[] lists, int essential, int end, double[] below, double slack, double[] parts)
    {
        var lengths = _partition.Lengths;
        for (var passage = First(lists, essential); passage <= end && passage != PostingsCursor.End; passage = First(lists, essential))
        {
            var (bound, length) = (0.0, lengths[passage]);
            Array.Clear(parts);
            for (var list = essential; list < lists.Length; list++)
            {
                if (lists[list].Cursor.Passage != passage) continue;
                bound += Take(lists[list], length, parts);
                lists[list].Cursor.Next();
            }
            if (Complete(lists, essential, passage, length, bound, below, slack, parts) && _selection.Admits(_partition, passage)) Offer(passage, Sum(parts), length);
        }
    }

    /// <summary>Looks a passage up in the other lists as long as it may still reach the threshold.</summary>
    private bool Complete(TermList[] lists, int essential, int passage, int length, double bound, double[] below, double slack, double[] parts)
    {
        var threshold = _top.Threshold - slack;
        for (var list = essential - 1; list >= 0; list--)
        {
            if (bound + below[list + 1] < threshold) return false;
            lists[list].Cursor.MoveTo(passage);
            if (lists[list].Cursor.Passage == passage) bound += Take(lists[list], length, parts);
        }
        return bound >= threshold;
    }

    private static double Take(TermList list, int length, double[] parts)
    {
        var part = list.Weight.Part(list.Cursor.Value, length);
        parts[list.Place] = part;
        return list.Weight.BoundOf(part, length);
    }

    private static double Sum(double[] parts)
    {
        var sum = 0.0;
        foreach (var part in parts) sum += part;
        return sum;
    }

    private static int First(TermList[] lists, int essential)
    {
        var first = PostingsCursor.End;
        for (var list = essential; list < lists.Length; list++) first = Math.Min(first, lists[list].Cursor.Passage);
        return first;
    }

    private void Offer(int passage, double score, int length) => _top.Offer(_partition.FirstOrdinal + passage, score + _query.Base(length));

    /// <summary>A term's list with its place among the query's terms.</summary>
    private sealed class TermList(int place, TermWeight weight, PostingsCursor cursor, ReadOnlySpan<int> lengths)
    {
        internal int Place { get; } = place;

        internal TermWeight Weight { get; } = weight;

        internal PostingsCursor Cursor { get; } = cursor;

        /// <summary>No passage of the list gives more than this, 0 at least.</summary>
        internal double ListBound { get; } = cursor.ListBound(weight, lengths);
    }
}
