using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Collections;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>Gathers passages in memory until they make a segment. What it writes depends on the passages and their order alone. Not thread-safe.</summary>
/// <param name="dimension">Length of a vector, in numbers; 0 without vectors.</param>
/// <param name="precision">How vectors are kept.</param>
/// <param name="positions">Whether to keep where terms stand.</param>
internal sealed class SegmentBuilder(int dimension, VectorPrecision precision, bool positions)
{
    private const int BytesPerPosting = 2 * 2 * sizeof(int), BytesPerPositions = 2 * sizeof(int), BytesPerPassage = 160, BytesPerTerm = 48;
    private readonly SortedDictionary<string, Partition> _partitions = new(StringComparer.Ordinal);
    private readonly List<Entry> _passages = [];
    private readonly List<(int Term, int Frequency)> _terms = [];

    /// <summary>Number of passages.</summary>
    internal int Count => _passages.Count;

    /// <summary>Their ids in order of addition.</summary>
    internal IdTable Ids { get; } = new();

    /// <summary>About how much memory the passages take until they are written, in bytes.</summary>
    internal long MemoryBytes { get; private set; }

    /// <summary>Adds a passage of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="place">The passage's place in it.</param>
    /// <param name="numbers">The numbers of the batch's terms in each language of this builder, kept between calls for one batch; see <see cref="TermNumbers"/>.</param>
    /// <param name="row">The passage's vector in the forms it is kept in, one after the other; empty without vectors.</param>
    /// <returns>False when the id is here already; nothing is added then.</returns>
    internal bool Add(AnalysedBatch batch, int place, TermNumbers numbers, byte[] row)
    {
        var passage = batch.Passages[place];
        if (Ids.Add(passage.Id) < Count) return false;
        var partition = PartitionOf(passage.Language);
        var mapped = numbers.Of(passage.Language);
        for (var at = place == 0 ? 0 : batch.TermEnds[place - 1]; at < batch.TermEnds[place]; at++)
        {
            var (term, frequency) = batch.Terms[at];
            if (mapped[term] == 0) mapped[term] = 1 + NumberOf(partition, batch.Vocabulary.Utf8(term));
            _terms.Add((mapped[term] - 1, frequency));
        }
        partition.Passages.Add(_passages.Count);
        var entry = new Entry(batch.Records[place], row, batch.Positions[place], batch.Lengths[place], _terms.Count);
        MemoryBytes += BytesPerPassage + Ids.Utf8(Count).Length + entry.Record.Length + row.Length + entry.Positions.Length + (long)BytesPerTermOfPassage * (_terms.Count - StartOf(_passages.Count));
        _passages.Add(entry);
        return true;
    }

    /// <summary>Looks all terms of a batch up at once, which takes half the time of doing it one by one as passages come.</summary>
    /// <param name="batch">A batch that is going to be added whole.</param>
    /// <param name="numbers">Receives the numbers of the terms.</param>
    internal void Expect(AnalysedBatch batch, TermNumbers numbers)
    {
        if (batch.Language is not { } language) return;
        var partition = PartitionOf(language);
        var mapped = numbers.Of(language);
        var (known, text) = (partition.Vocabulary.Count, partition.Vocabulary.TextBytes);
        partition.Vocabulary.AddAll(batch.Vocabulary, mapped);
        foreach (ref var number in mapped) number++;
        MemoryBytes += (long)BytesPerTerm * (partition.Vocabulary.Count - known) + partition.Vocabulary.TextBytes - text;
    }

    /// <summary>The most memory that a batch can take, in bytes.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">The vectors of its passages.</param>
    internal long MostBytes(AnalysedBatch batch, byte[][] rows)
    {
        var bytes = (long)BytesPerTermOfPassage * batch.Terms.Length + (long)BytesPerTerm * batch.Vocabulary.Count + batch.Vocabulary.TextBytes;
        for (var place = 0; place < rows.Length; place++)
            bytes += BytesPerPassage + Encoding.UTF8.GetMaxByteCount(batch.Passages[place].Id.Length) + batch.Records[place].Length + batch.Positions[place].Length + rows[place].Length;
        return bytes;
    }

    /// <summary>Forgets the passages; the memory is kept for others.</summary>
    internal void Clear()
    {
        foreach (var partition in _partitions.Values) partition.Clear();
        Ids.Clear();
        _passages.Clear();
        _terms.Clear();
        MemoryBytes = 0;
    }

    /// <summary>The passages, by their place in the order of addition, in ascending order of their ids.</summary>
    internal int[] SortedByIds()
    {
        var sorted = Enumerable.Range(0, Count).ToArray();
        Array.Sort(sorted, Ids.Compare);
        return sorted;
    }

    /// <summary>Writes the segment.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="number">Number of the segment.</param>
    /// <param name="sortedByIds">What <see cref="SortedByIds"/> gave.</param>
    internal void Write(Stream stream, long number, int[] sortedByIds)
    {
        var writer = new SegmentFileWriter(stream, number);
        var languages = new List<SegmentLanguage>();
        foreach (var (tag, partition) in Partitions) languages.Add(WritePostings(writer, tag, partition, languages.Count));
        new SegmentDescription(languages, dimension, precision).WriteTo(writer);
        var order = InOrder().ToArray();
        WriteItems(writer, SectionKind.Ids, SectionKind.IdEnds, order, arrival => Ids.Utf8(arrival));
        var numberOf = new int[order.Length];
        for (var passage = 0; passage < order.Length; passage++) numberOf[order[passage]] = passage;
        writer.Write<int>(SectionKind.IdOrder, Array.ConvertAll(sortedByIds, arrival => numberOf[arrival]));
        WriteItems(writer, SectionKind.Records, SectionKind.RecordEnds, order, arrival => _passages[arrival].Record);
        writer.Write<int>(SectionKind.Lengths, order.Select(passage => _passages[passage].Length).ToArray());
        WriteForward(writer);
        var bytes = dimension == 0 ? 0 : VectorRows.Bytes(dimension, VectorRows.FormOf(precision));
        if (dimension > 0) WriteItems(writer, SectionKind.Vectors, null, order, arrival => _passages[arrival].Row.AsSpan(0, bytes));
        if (dimension > 0 && VectorRows.FineFormOf(precision) is not null) WriteItems(writer, SectionKind.FineVectors, null, order, arrival => _passages[arrival].Row.AsSpan(bytes));
        writer.Finish();
    }

    private int BytesPerTermOfPassage => positions ? BytesPerPosting + BytesPerPositions : BytesPerPosting;

    /// <summary>The languages with passages.</summary>
    private IEnumerable<KeyValuePair<string, Partition>> Partitions => _partitions.Where(entry => entry.Value.Passages.Count > 0);

    private Partition PartitionOf(string language)
    {
        if (!_partitions.TryGetValue(language, out var partition)) _partitions.Add(language, partition = new Partition());
        return partition;
    }

    private int NumberOf(Partition partition, ReadOnlySpan<byte> term)
    {
        var known = partition.Vocabulary.Count;
        var number = partition.Vocabulary.Add(term);
        if (number == known) MemoryBytes += BytesPerTerm + term.Length;
        return number;
    }

    private IEnumerable<int> InOrder() => Partitions.SelectMany(entry => entry.Value.Passages);

    private int StartOf(int arrival) => arrival == 0 ? 0 : _passages[arrival - 1].TermsEnd;

    private ReadOnlySpan<(int Term, int Frequency)> TermsOf(int arrival) => CollectionsMarshal.AsSpan(_terms)[StartOf(arrival).._passages[arrival].TermsEnd];

    /// <summary>Inverts the terms of a language's passages by counting and writes postings and dictionary.</summary>
    private SegmentLanguage WritePostings(SegmentFileWriter writer, string tag, Partition partition, int language)
    {
        var sorted = partition.SortTerms();
        var ends = new int[sorted.Length + 1];
        foreach (var arrival in partition.Passages)
        {
            foreach (var (term, _) in TermsOf(arrival)) ends[partition.RankOf[term] + 1]++;
        }
        for (var rank = 0; rank < sorted.Length; rank++) ends[rank + 1] += ends[rank];
        var (postings, next) = (ends[^1], ends[..^1]);
        var (passages, values) = (ArrayPool<int>.Shared.Rent(postings), ArrayPool<int>.Shared.Rent(postings));
        var lengths = new int[partition.Passages.Count];
        for (var passage = 0; passage < lengths.Length; passage++)
        {
            lengths[passage] = _passages[partition.Passages[passage]].Length;
            foreach (var (term, frequency) in TermsOf(partition.Passages[passage]))
            {
                var at = next[partition.RankOf[term]]++;
                (passages[at], values[at]) = (passage, frequency);
            }
        }
        var dictionary = new TermDictionaryWriter();
        var encoder = new PostingsEncoder();
        writer.Begin(SectionKind.Postings, language);
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            var (start, count) = (ends[rank], ends[rank + 1] - ends[rank]);
            var list = encoder.Encode(passages.AsSpan(start, count), values.AsSpan(start, count), lengths);
            var occurrences = 0L;
            foreach (var value in values.AsSpan(start, count)) occurrences += value;
            writer.Write(list);
            dictionary.Add(partition.Vocabulary.Utf8(sorted[rank]), count, occurrences, list.Length);
        }
        writer.End();
        dictionary.WriteTo(writer, language);
        if (positions) WritePositions(writer, partition, language, ends, values.AsSpan(0, postings));
        ArrayPool<int>.Shared.Return(passages);
        ArrayPool<int>.Shared.Return(values);
        return new SegmentLanguage(tag, lengths.Length, lengths.Count(length => length > 0), lengths.Sum(length => (long)length), sorted.Length);
    }

    /// <summary>Puts the positions of the terms, which lie passage by passage, into the order of the postings.</summary>
    private void WritePositions(SegmentFileWriter writer, Partition partition, int language, int[] ends, ReadOnlySpan<int> values)
    {
        var (arrivals, starts, next) = (new int[values.Length], new int[values.Length], ends[..^1]);
        var found = new int[1];
        foreach (var arrival in partition.Passages)
        {
            var start = 0;
            foreach (var (term, frequency) in TermsOf(arrival))
            {
                var at = next[partition.RankOf[term]]++;
                (arrivals[at], starts[at]) = (arrival, start);
                if (found.Length < frequency) found = new int[2 * frequency];
                PassagePositions.Decode(_passages[arrival].Positions, ref start, found.AsSpan(0, frequency));
            }
        }
        var output = new PositionsWriter(writer, language);
        for (var rank = 0; rank + 1 < ends.Length; rank++)
        {
            for (var at = ends[rank]; at < ends[rank + 1]; at++)
            {
                PassagePositions.Decode(_passages[arrivals[at]].Positions, ref starts[at], found.AsSpan(0, values[at]));
                output.Add(found.AsSpan(0, values[at]));
            }
            output.EndTerm();
        }
        output.End();
    }

    private void WriteForward(SegmentFileWriter writer)
    {
        var ends = new List<long>(Count);
        var packed = new List<long>();
        writer.Begin(SectionKind.Forward);
        foreach (var (_, partition) in Partitions)
        {
            foreach (var arrival in partition.Passages)
            {
                packed.Clear();
                foreach (var (term, frequency) in TermsOf(arrival)) packed.Add(ForwardTerms.Pack(partition.RankOf[term], frequency));
                packed.Sort();
                ForwardTerms.Write(writer, CollectionsMarshal.AsSpan(packed));
                ends.Add(writer.SectionBytes);
            }
        }
        writer.End();
        writer.Write<long>(SectionKind.ForwardEnds, CollectionsMarshal.AsSpan(ends));
    }

    private delegate ReadOnlySpan<byte> ItemOf(int arrival);

    private static void WriteItems(SegmentFileWriter writer, SectionKind items, SectionKind? endsKind, int[] order, ItemOf item)
    {
        var ends = new long[order.Length];
        writer.Begin(items);
        for (var passage = 0; passage < order.Length; passage++)
        {
            writer.Write(item(order[passage]));
            ends[passage] = writer.SectionBytes;
        }
        writer.End();
        if (endsKind is { } kind) writer.Write<long>(kind, ends);
    }

    /// <summary>A passage; its terms end at a place of the list of all.</summary>
    private readonly record struct Entry(byte[] Record, byte[] Row, byte[] Positions, int Length, int TermsEnd);

    /// <summary>The passages of one language.</summary>
    private sealed class Partition
    {
        internal IdTable Vocabulary { get; } = new();

        internal List<int> Passages { get; } = [];

        /// <summary>Place of every term in byte order.</summary>
        internal int[] RankOf { get; private set; } = [];

        internal void Clear()
        {
            Vocabulary.Clear();
            Passages.Clear();
        }

        internal int[] SortTerms()
        {
            var sorted = Enumerable.Range(0, Vocabulary.Count).ToArray();
            Array.Sort(sorted, Vocabulary.Compare);
            RankOf = new int[sorted.Length];
            for (var rank = 0; rank < sorted.Length; rank++) RankOf[sorted[rank]] = rank;
            return sorted;
        }
    }
}

/// <summary>For the terms of one batch, one more than their numbers in each language of a builder; 0 for those not looked up yet. The memory serves for one batch after the other.</summary>
internal sealed class TermNumbers
{
    private readonly Dictionary<string, int[]> _numbers = new(StringComparer.Ordinal);
    private int _terms;

    /// <summary>Forgets all.</summary>
    /// <param name="terms">Number of distinct terms of the batch.</param>
    internal void Reset(int terms)
    {
        _terms = terms;
        foreach (var numbers in _numbers.Values) Array.Clear(numbers);
    }

    internal Span<int> Of(string language)
    {
        var numbers = _numbers.GetValueOrDefault(language, []);
        if (numbers.Length < _terms) _numbers[language] = numbers = new int[Math.Max(_terms, 2 * numbers.Length)];
        return numbers.AsSpan(0, _terms);
    }
}
