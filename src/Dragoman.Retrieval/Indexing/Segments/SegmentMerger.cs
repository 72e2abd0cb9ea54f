using System.Runtime.InteropServices;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>
/// Writes one segment with the live passages of several, languages in order, and within a language segment after segment. Memory holds a few numbers for every passage and
/// term, no texts and no postings but those of one term. Not thread-safe.
/// </summary>
internal sealed class SegmentMerger
{
    private readonly IReadOnlyList<LiveSegment> _sources;
    private readonly SegmentFileWriter _writer;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _positions;
    private readonly List<(LiveSegment Source, int Passage)> _order = [];
    private readonly Dictionary<(LiveSegment Source, int Language), int[]> _ranks = [];

    private SegmentMerger(IReadOnlyList<LiveSegment> sources, bool positions, Stream stream, long number, CancellationToken cancellationToken)
    {
        _positions = positions;
        _sources = sources;
        _writer = new SegmentFileWriter(stream, number);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Merges segments.</summary>
    /// <param name="sources">At least one live passage in all.</param>
    /// <param name="positions">Whether they have positions.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="number">Number of the new segment.</param>
    /// <param name="cancellationToken">Stops between terms and passages.</param>
    internal static void Merge(IReadOnlyList<LiveSegment> sources, bool positions, Stream stream, long number, CancellationToken cancellationToken = default) =>
        new SegmentMerger(sources, positions, stream, number, cancellationToken).Write();

    private void Write()
    {
        var tags = _sources.SelectMany(source => source.Reader.Description.Languages).Select(language => language.Tag).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var merging = tags.Select(PartsOf).Where(language => language.Lengths.Count > 0).ToList();
        // Two kinds of work that know nothing of each other.
        var idOrder = Task.Run(IdOrder, CancellationToken.None);
        try
        {
            var languages = merging.Select(WriteLanguage).ToList();
            var first = _sources[0].Reader.Description;
            new SegmentDescription(languages, first.Dimension, first.Precision).WriteTo(_writer);
            WriteItems(SectionKind.Ids, SectionKind.IdEnds, static (source, passage) => source.Passages.Id(passage));
            _writer.Write<int>(SectionKind.IdOrder, idOrder.GetAwaiter().GetResult());
            WriteItems(SectionKind.Records, SectionKind.RecordEnds, static (source, passage) => source.Passages.Record(passage));
            _writer.Write<int>(SectionKind.Lengths, _order.Select(entry => entry.Source.Reader.Lengths[entry.Passage]).ToArray());
            WriteForward();
            WriteVectors(first);
            _writer.Finish();
        }
        finally
        {
            // After a failure, nothing reads the sources behind the caller's back.
            idOrder.ContinueWith(static ended => ended.Exception, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    private void WriteVectors(SegmentDescription first)
    {
        if (first.Dimension == 0) return;
        var bytes = VectorRows.Bytes(first.Dimension, VectorRows.FormOf(first.Precision));
        WriteItems(SectionKind.Vectors, null, (source, passage) => source.Vectors!.Value.Slice((long)passage * bytes, bytes));
        if (VectorRows.FineFormOf(first.Precision) is not { } fine) return;
        var fineBytes = VectorRows.Bytes(first.Dimension, fine);
        WriteItems(SectionKind.FineVectors, null, (source, passage) => source.FineVectors!.Value.Slice((long)passage * fineBytes, fineBytes));
    }

    /// <summary>The parts of a language; gives its live passages their new numbers.</summary>
    private MergedLanguage PartsOf(string tag)
    {
        var (parts, lengths) = (new List<Part>(), new List<int>());
        foreach (var source in _sources)
        {
            var language = source.Reader.Description.Languages.Select(known => known.Tag).ToList().IndexOf(tag);
            if (language < 0) continue;
            var part = new Part(source, language);
            for (var passage = source.Reader.FirstOf(language); passage < source.Reader.FirstOf(language + 1); passage++)
            {
                if (source.IsDeleted(passage)) continue;
                part.NewNumbers[passage - source.Reader.FirstOf(language)] = lengths.Count;
                lengths.Add(source.Reader.Lengths[passage]);
                _order.Add((source, passage));
            }
            parts.Add(part);
            _ranks.Add((source, language), part.Ranks);
        }
        return new MergedLanguage(tag, parts, lengths);
    }

    /// <summary>Postings and dictionary of a language.</summary>
    private SegmentLanguage WriteLanguage(MergedLanguage language, int number)
    {
        var terms = WriteTerms(language.Parts, CollectionsMarshal.AsSpan(language.Lengths), number);
        return new SegmentLanguage(language.Tag, language.Lengths.Count, language.Lengths.Count(length => length > 0), language.Lengths.Sum(length => (long)length), terms);
    }

    private int WriteTerms(List<Part> parts, ReadOnlySpan<int> lengths, int language)
    {
        var (dictionary, encoder) = (new TermDictionaryWriter(), new PostingsEncoder());
        var (passages, values) = (new List<int>(), new List<int>());
        _writer.Begin(SectionKind.Postings, language);
        foreach (var part in parts) part.Read();
        while (Smallest(parts) is { } term)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            passages.Clear();
            values.Clear();
            foreach (var part in parts)
            {
                if (part.Ended || !part.Term.SequenceEqual(term)) continue;
                var before = passages.Count;
                part.AppendLive(passages, values);
                part.Ranks[part.Entry.Number] = passages.Count > before ? dictionary.Count : -1;
                part.Read();
            }
            if (passages.Count == 0) continue;
            var list = encoder.Encode(CollectionsMarshal.AsSpan(passages), CollectionsMarshal.AsSpan(values), lengths);
            _writer.Write(list);
            dictionary.Add(term, passages.Count, values.Sum(value => (long)value), list.Length);
        }
        _writer.End();
        dictionary.WriteTo(_writer, language);
        if (_positions) PositionsMerger.Write(parts.Select(part => (part.Source.Reader, part.Language, part.NewNumbers)).ToArray(), _writer, language, _cancellationToken);
        return dictionary.Count;
    }

    private static byte[]? Smallest(List<Part> parts)
    {
        Part? smallest = null;
        foreach (var part in parts)
        {
            if (!part.Ended && (smallest is null || part.Term.SequenceCompareTo(smallest.Term) < 0)) smallest = part;
        }
        return smallest?.Term.ToArray();
    }

    /// <summary>The new passages in ascending order of their ids: the orders of the sources, merged.</summary>
    private int[] IdOrder()
    {
        var places = _sources.ToDictionary(source => source, source => new int[source.Reader.Passages.Count]);
        foreach (var numbers in places.Values) Array.Fill(numbers, -1);
        for (var place = 0; place < _order.Count; place++) places[_order[place].Source][_order[place].Passage] = place;
        var orders = _sources.Select(source => new SourceIds(source.Reader.Passages, places[source])).ToList();
        var order = new int[_order.Count];
        for (var place = 0; place < order.Length; place++)
        {
            orders.RemoveAll(static source => source.Ended);
            var smallest = orders[0];
            foreach (var source in CollectionsMarshal.AsSpan(orders)[1..])
            {
                if (source.Id.SequenceCompareTo(smallest.Id) < 0) smallest = source;
            }
            order[place] = smallest.NewPlace;
            smallest.Next();
        }
        return order;
    }

    private void WriteForward()
    {
        var ends = new long[_order.Count];
        var terms = new List<long>();
        _writer.Begin(SectionKind.Forward);
        for (var place = 0; place < _order.Count; place++)
        {
            var (source, passage) = _order[place];
            var ranks = _ranks[(source, source.Reader.LanguageOf(passage))];
            terms.Clear();
            var reader = source.Reader.TermsOf(passage);
            while (reader.TryRead(out var term, out var frequency)) terms.Add(ForwardTerms.Pack(ranks[term], frequency));
            ForwardTerms.Write(_writer, CollectionsMarshal.AsSpan(terms));
            ends[place] = _writer.SectionBytes;
        }
        _writer.End();
        _writer.Write<long>(SectionKind.ForwardEnds, ends);
    }

    private delegate ReadOnlySpan<byte> ItemOf(SegmentReader source, int passage);

    private void WriteItems(SectionKind items, SectionKind? endsKind, ItemOf item)
    {
        var ends = new long[_order.Count];
        _writer.Begin(items);
        for (var place = 0; place < _order.Count; place++)
        {
            if (place % 1024 == 0) _cancellationToken.ThrowIfCancellationRequested();
            _writer.Write(item(_order[place].Source.Reader, _order[place].Passage));
            ends[place] = _writer.SectionBytes;
        }
        _writer.End();
        if (endsKind is { } kind) _writer.Write<long>(kind, ends);
    }

    /// <summary>A language of the new segment.</summary>
    /// <param name="Tag">The language.</param>
    /// <param name="Parts">Where its passages come from.</param>
    /// <param name="Lengths">Number of terms of every passage.</param>
    private sealed record MergedLanguage(string Tag, List<Part> Parts, List<int> Lengths);

    /// <summary>The live passages of a source in ascending order of their ids.</summary>
    /// <param name="passages">The source's passages.</param>
    /// <param name="newPlaces">The new place of every passage; -1 for deleted ones.</param>
    private sealed class SourceIds(SegmentPassages passages, int[] newPlaces)
    {
        private int _next = FirstLive(passages, newPlaces, 0);

        internal bool Ended => _next == passages.Count;

        internal int NewPlace => newPlaces[passages.AtPlace(_next)];

        internal ReadOnlySpan<byte> Id => passages.Id(passages.AtPlace(_next));

        internal void Next() => _next = FirstLive(passages, newPlaces, _next + 1);

        private static int FirstLive(SegmentPassages passages, int[] newPlaces, int place)
        {
            while (place < passages.Count && newPlaces[passages.AtPlace(place)] < 0) place++;
            return place;
        }
    }

    /// <summary>One language of one source, read term by term.</summary>
    private sealed class Part
    {
        private readonly TermDictionary.TermReader _terms;

        internal Part(LiveSegment source, int language)
        {
            (Source, Language) = (source, language);
            _terms = source.Reader.Terms(language).Read();
            Ranks = new int[source.Reader.Terms(language).Count];
            NewNumbers = new int[source.Reader.Description.Languages[language].Passages];
            Array.Fill(NewNumbers, -1);
        }

        internal LiveSegment Source { get; }

        /// <summary>Number of the language in the source.</summary>
        internal int Language { get; }

        /// <summary>New number of every term; -1 when no passage with it is left.</summary>
        internal int[] Ranks { get; }

        /// <summary>New number of every passage, counted from the language's first; -1 for deleted ones.</summary>
        internal int[] NewNumbers { get; }

        internal bool Ended { get; private set; }

        internal TermEntry Entry { get; private set; }

        internal ReadOnlySpan<byte> Term => _terms.Term;

        internal void Read()
        {
            Ended = !_terms.TryRead(out var entry);
            Entry = entry;
        }

        internal void AppendLive(List<int> passages, List<int> values)
        {
            for (var cursor = Source.Reader.Postings(Language, Entry); cursor.Passage != PostingsCursor.End; cursor.Next())
            {
                if (NewNumbers[cursor.Passage] < 0) continue;
                passages.Add(NewNumbers[cursor.Passage]);
                values.Add(cursor.Value);
            }
        }
    }
}
