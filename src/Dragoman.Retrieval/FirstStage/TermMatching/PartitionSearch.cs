using System.Buffers;
using System.Runtime.CompilerServices;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>
/// Finds the best passages of a partition: passage at a time with MaxScore over blocks, or term at a time for long queries. Both give every passage the same score to the last bit, as the parts
/// of its terms are summed in the order of the query.
/// </summary>
/// <remarks>
/// MaxScore (Turtle and Flood, 1995) with the bounds of blocks (Ding and Suel, SIGIR 2011; Mallia et al., 2017): terms whose bounds together do not reach the threshold need not be walked, only
/// looked up; the split is made anew for every window, from the bounds of the blocks in it, and where those of all together do not reach the threshold, nothing is read at all. Nothing is left
/// out that could tie with the worst passage kept: the comparison is with "less than", after adding more to the bound than rounding can take away.
/// </remarks>
internal sealed class PartitionSearch
{
    /// <summary>Queries with more terms than this are scored term at a time.</summary>
    internal const int MostTermsAtOnce = 32;

    // A sum of no parts: any part added to it is that part, to the last bit.
    private const double NoScore = -0.0;
    private const long NoScoreBits = long.MinValue;
    private const int WindowPassages = 1 << 13, MostOpenLists = 1 << 10;
    private const int DeepSearch = 500, ManyTerms = 12, PostingCost = 4, PassagesPerDepth = 1000;
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
        : (_top.Depth >= DeepSearch || terms.Count >= ManyTerms) && terms.Sum(term => (long)term.Place.Entry.Passages) * PostingCost > _partition.Count;

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

    /// <summary>Adds up the parts of a window of passages, term after term, so that the sums stay in the cache. For very many terms the partition is one window, as their lists cannot all be open at once.</summary>
    private void TermAtATime(List<(TermWeight Weight, PartitionTerm Place)> terms)
    {
        var lengths = _partition.Lengths;
        var parts = new double[BitPacking.Block];
        if (terms.Count > MostOpenLists)
        {
            var all = ArrayPool<double>.Shared.Rent(lengths.Length);
            all.AsSpan(0, lengths.Length).Fill(NoScore);
            foreach (var (weight, place) in terms) AddParts(weight, place.Postings(), 0, lengths, all.AsSpan(0, lengths.Length), parts);
            OfferWindow(0, all.AsSpan(0, lengths.Length), lengths);
            ArrayPool<double>.Shared.Return(all);
            return;
        }
        var cursors = terms.ConvertAll(term => term.Place.Postings());
        var window = new double[Math.Min(WindowPassages, lengths.Length)];
        for (var start = First(cursors); start != PostingsCursor.End; start = First(cursors))
        {
            var scores = window.AsSpan(0, Math.Min(window.Length, lengths.Length - start));
            scores.Fill(NoScore);
            for (var term = 0; term < cursors.Count; term++) AddParts(terms[term].Weight, cursors[term], start, lengths, scores, parts);
            OfferWindow(start, scores, lengths);
        }
    }

    /// <summary>Adds the parts that a list has in a window.</summary>
    private static void AddParts(TermWeight weight, PostingsCursor cursor, int start, ReadOnlySpan<int> lengths, Span<double> scores, double[] parts)
    {
        var end = start + scores.Length;
        while (cursor.Passage < end)
        {
            var passages = cursor.BlockPassages;
            if (passages[^1] >= end) passages = passages[..FirstAtOrBehind(passages, end)];
            weight.Weigh(passages, cursor.BlockValues, lengths, parts);
            for (var place = 0; place < passages.Length; place++) scores[passages[place] - start] += parts[place];
            cursor.Skip(passages.Length);
        }
    }

    private void OfferWindow(int start, ReadOnlySpan<double> scores, ReadOnlySpan<int> lengths)
    {
        for (var place = 0; place < scores.Length; place++)
        {
            // What is added for the length is 0 at most.
            if (!(scores[place] >= _top.Threshold)) continue;
            if (BitConverter.DoubleToInt64Bits(scores[place]) != NoScoreBits && _selection.Admits(_partition, start + place)) Offer(start + place, scores[place], lengths[start + place]);
        }
    }

    private static int First(List<PostingsCursor> cursors)
    {
        var first = PostingsCursor.End;
        foreach (var cursor in cursors) first = Math.Min(first, cursor.Passage);
        return first;
    }

    private static int FirstAtOrBehind(ReadOnlySpan<int> passages, int passage)
    {
        var place = passages.BinarySearch(passage);
        return place < 0 ? ~place : place;
    }

    private void PassageAtATime(TermList[] lists)
    {
        var slack = lists.Sum(list => list.Weight.QueryWeight) * RoundingPerTerm * (RoundingTerms + lists.Length);
        Array.Sort(lists, static (left, right) => left.ListBound != right.ListBound ? left.ListBound.CompareTo(right.ListBound) : left.Place.CompareTo(right.Place));
        var below = new double[lists.Length + 1];
        for (var list = 0; list < lists.Length; list++) below[list + 1] = below[list] + lists[list].ListBound;
        var lengths = _partition.Lengths;
        var (parts, window) = (new double[lists.Length], new double[lists.Length + 1]);
        for (var essential = 0; ;)
        {
            var threshold = _top.Threshold - slack;
            while (essential < lists.Length && below[essential + 1] < threshold) essential++;
            var start = First(lists, essential);
            if (start == PostingsCursor.End) return;
            var end = PostingsCursor.End;
            foreach (var list in lists.AsSpan(essential)) end = Math.Min(end, list.Cursor.BlockEnd(start));
            var walked = EssentialWithin(lists, essential, start, end, lengths, below, window, threshold);
            if (walked == lists.Length - 1 && lists[walked].Weight.BoundIsPart) WalkOne(lists, end, lengths, window, slack, parts);
            else if (walked < lists.Length) Walk(lists, walked, First(lists, walked), end, lengths, window, slack, parts);
            if (end == PostingsCursor.End) return;
            foreach (var list in lists.AsSpan(essential)) list.MoveTo(end + 1);
        }
    }

    /// <summary>The first list that must be walked within a window, those before it together not reaching the threshold there; the number of lists when none must. The window receives the sums of the bounds within it.</summary>
    private static int EssentialWithin(TermList[] lists, int essential, int start, int end, ReadOnlySpan<int> lengths, double[] below, double[] window, double threshold)
    {
        var rest = 0.0;
        foreach (var list in lists.AsSpan(essential)) rest += list.BoundOfBlock(start, end, lengths);
        if (below[essential] + rest < threshold) return lists.Length;
        var walked = 0;
        for (var list = 0; list < lists.Length; list++)
        {
            window[list + 1] = window[list] + (list < essential ? Math.Min(lists[list].ListBound, lists[list].Cursor.BoundWithin(start, end, lists[list].Weight, lengths)) : lists[list].BoundOfBlock(start, end, lengths));
            if (window[list + 1] < threshold) walked = list + 1;
        }
        return walked;
    }

    /// <summary>Scores the passages of a window that an essential list holds.</summary>
    private void Walk(TermList[] lists, int essential, int first, int end, ReadOnlySpan<int> lengths, double[] below, double slack, double[] parts)
    {
        for (var (passage, next) = (first, PostingsCursor.End); passage <= end && passage != PostingsCursor.End; (passage, next) = (next, PostingsCursor.End))
        {
            var (bound, length) = (0.0, lengths[passage]);
            Array.Clear(parts);
            foreach (var list in lists.AsSpan(essential))
            {
                if (list.Passage == passage) bound += list.Take(length, lengths, parts);
                next = Math.Min(next, list.Passage);
            }
            if (Complete(lists, essential, passage, length, bound, below, slack, parts) && _selection.Admits(_partition, passage)) Offer(passage, Sum(parts), length);
        }
    }

    /// <summary>Scores the passages of a window that the last list, the only essential one, holds.</summary>
    private void WalkOne(TermList[] lists, int end, ReadOnlySpan<int> lengths, double[] below, double slack, double[] parts)
    {
        var list = lists[^1];
        while (list.Passage <= end && list.Passage != PostingsCursor.End)
        {
            var passages = list.Cursor.BlockPassages;
            var weighed = list.BlockParts(lengths);
            var place = 0;
            for (var least = _top.Threshold - slack - below[^2]; place < passages.Length && passages[place] <= end; place++)
            {
                if (weighed[place] < least) continue;
                var passage = passages[place];
                Array.Clear(parts);
                parts[list.Place] = weighed[place];
                if (Complete(lists, lists.Length - 1, passage, lengths[passage], weighed[place], below, slack, parts) && _selection.Admits(_partition, passage)) Offer(passage, Sum(parts), lengths[passage]);
                least = _top.Threshold - slack - below[^2];
            }
            list.Skip(place);
        }
    }

    /// <summary>Looks a passage up in the other lists as long as it may still reach the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Complete(TermList[] lists, int essential, int passage, int length, double bound, double[] below, double slack, double[] parts)
    {
        var threshold = _top.Threshold - slack;
        for (var list = essential - 1; list >= 0; list--)
        {
            if (bound + below[list + 1] < threshold) return false;
            bound += lists[list].LookUp(passage, length, parts);
        }
        return bound >= threshold;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(double[] parts)
    {
        var sum = 0.0;
        foreach (var part in parts) sum += part;
        return sum;
    }

    private static int First(TermList[] lists, int essential)
    {
        var first = PostingsCursor.End;
        foreach (var list in lists.AsSpan(essential)) first = Math.Min(first, list.Passage);
        return first;
    }

    private void Offer(int passage, double score, int length) => _top.Offer(_partition.FirstOrdinal + passage, score + _query.Base(length));
}
