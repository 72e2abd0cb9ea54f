using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>Writes the positions of one language of several segments as those of one, term by term as the postings were written before.</summary>
internal static class PositionsMerger
{
    /// <summary>Writes the positions.</summary>
    /// <param name="sources">The segments in order, with the number of the language in each, and the new numbers of its passages there: -1 for those that are deleted.</param>
    /// <param name="writer">The new segment.</param>
    /// <param name="language">Number of the language in it.</param>
    /// <param name="cancellationToken">Stops between terms.</param>
    internal static void Write(IReadOnlyList<(SegmentReader Segment, int Language, int[] NewNumbers)> sources, SegmentFileWriter writer, int language, CancellationToken cancellationToken)
    {
        var output = new PositionsWriter(writer, language);
        var readers = sources.Select(source => new Source(source.Segment, source.Language, source.NewNumbers)).ToArray();
        while (Smallest(readers) is { } term)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var any = false;
            foreach (var reader in readers)
            {
                if (reader.Ended || !reader.Term.SequenceEqual(term)) continue;
                any |= reader.CopyLive(output);
                reader.Read();
            }
            // A term that only deleted passages held is not in the new dictionary.
            if (any) output.EndTerm();
        }
        output.End();
    }

    private static byte[]? Smallest(Source[] sources)
    {
        Source? smallest = null;
        foreach (var source in sources)
        {
            if (!source.Ended && (smallest is null || source.Term.SequenceCompareTo(smallest.Term) < 0)) smallest = source;
        }
        return smallest?.Term.ToArray();
    }

    /// <summary>One language of one segment, read term by term.</summary>
    private sealed class Source
    {
        private readonly SegmentReader _segment;
        private readonly int _language;
        private readonly int[] _newNumbers;
        private readonly TermDictionary.TermReader _terms;
        private readonly TermPositions _positions;
        private TermEntry _entry;

        internal Source(SegmentReader segment, int language, int[] newNumbers)
        {
            (_segment, _language, _newNumbers) = (segment, language, newNumbers);
            (_terms, _positions) = (segment.Terms(language).Read(), segment.Positions(language));
            Read();
        }

        internal bool Ended { get; private set; }

        internal ReadOnlySpan<byte> Term => _terms.Term;

        internal void Read() => Ended = !_terms.TryRead(out _entry);

        internal bool CopyLive(PositionsWriter output)
        {
            var (positions, any) = (_positions.Of(_entry), false);
            for (var cursor = _segment.Postings(_language, _entry); cursor.Passage != PostingsCursor.End; cursor.Next())
            {
                if (_newNumbers[cursor.Passage] < 0) continue;
                output.Add(positions.Of(cursor).Span);
                any = true;
            }
            return any;
        }
    }
}
