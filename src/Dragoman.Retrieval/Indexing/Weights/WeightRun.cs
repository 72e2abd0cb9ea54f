using System.Runtime.InteropServices;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>The weights of some neighbouring passages in memory, sorted by query term. Immutable once made.</summary>
internal sealed class WeightRun
{
    private readonly PairWeigher _weigher;
    private readonly int[] _terms, _ends, _passages, _values;

    private WeightRun(PairWeigher weigher, int[] terms, int[] ends, int[] passages, int[] values)
    {
        (_weigher, _terms, _ends, _passages, _values) = (weigher, terms, ends, passages, values);
    }

    /// <summary>About how much memory it takes.</summary>
    internal long MemoryBytes => sizeof(int) * (2L * _terms.Length + 2L * _passages.Length);

    /// <summary>Weighs passages.</summary>
    /// <param name="segment">Their segment.</param>
    /// <param name="first">Number, in the segment, of the first passage of the language.</param>
    /// <param name="range">The passages, counted from there.</param>
    /// <param name="meanings">The query terms that each passage term may stand for, by the term's number.</param>
    /// <param name="weigher">The weigher.</param>
    /// <param name="scratch">Memory of the thread.</param>
    internal static WeightRun Of(SegmentReader segment, int first, Range range, (int QueryTerm, double Probability)[][] meanings, PairWeigher weigher, Scratch scratch)
    {
        var (found, expected, counts) = (scratch.Found, scratch.Expected, scratch.Counts);
        found.Clear();
        scratch.Terms.Clear();
        for (var passage = range.Start.Value; passage < range.End.Value; passage++)
        {
            scratch.Touched.Clear();
            var terms = segment.TermsOf(first + passage);
            while (terms.TryRead(out var term, out var frequency))
            {
                foreach (var (queryTerm, probability) in meanings[term])
                {
                    ref var sum = ref expected[queryTerm];
                    if (sum == 0) scratch.Touched.Add(queryTerm);
                    sum += probability * frequency;
                }
            }
            var length = segment.Lengths[first + passage];
            foreach (var queryTerm in scratch.Touched)
            {
                var weight = weigher.Weight(queryTerm, expected[queryTerm], length);
                expected[queryTerm] = 0;
                if (weight <= 0) continue;
                found.Add((queryTerm, passage, BitConverter.SingleToInt32Bits(weight)));
                if (counts[queryTerm]++ == 0) scratch.Terms.Add(queryTerm);
            }
        }
        return Sort(weigher, scratch);
    }

    /// <summary>Sorts by counting: passages of a term stay in ascending order.</summary>
    private static WeightRun Sort(PairWeigher weigher, Scratch scratch)
    {
        scratch.Terms.Sort();
        var (terms, ends, end) = (scratch.Terms.ToArray(), new int[scratch.Terms.Count], 0);
        for (var place = 0; place < terms.Length; place++)
        {
            // From here on, where the term's next posting goes.
            var count = scratch.Counts[terms[place]];
            scratch.Counts[terms[place]] = end;
            ends[place] = end += count;
        }
        var (passages, values) = (new int[end], new int[end]);
        foreach (var (queryTerm, passage, value) in CollectionsMarshal.AsSpan(scratch.Found))
        {
            var at = scratch.Counts[queryTerm]++;
            (passages[at], values[at]) = (passage, value);
        }
        foreach (var term in terms) scratch.Counts[term] = 0;
        return new WeightRun(weigher, terms, ends, passages, values);
    }

    internal WeightSource Read() => new Source(this);

    /// <summary>What a thread needs to weigh, kept between runs of a pair of languages.</summary>
    /// <param name="queryTerms">Number of query terms.</param>
    internal sealed class Scratch(int queryTerms)
    {
        internal double[] Expected { get; } = new double[queryTerms];

        internal int[] Counts { get; } = new int[queryTerms];

        internal List<int> Touched { get; } = [];

        internal List<int> Terms { get; } = [];

        internal List<(int QueryTerm, int Passage, int Value)> Found { get; } = [];
    }

    private sealed class Source(WeightRun run) : WeightSource
    {
        private int _place = -1;

        internal override bool Read() => ++_place < run._terms.Length;

        internal override ReadOnlySpan<byte> Term => run._weigher.QueryTerm(run._terms[_place]);

        internal override void AppendTo(List<int> passages, List<int> values)
        {
            var start = _place == 0 ? 0 : run._ends[_place - 1];
            passages.AddRange(run._passages.AsSpan(start..run._ends[_place]));
            values.AddRange(run._values.AsSpan(start..run._ends[_place]));
        }
    }
}
