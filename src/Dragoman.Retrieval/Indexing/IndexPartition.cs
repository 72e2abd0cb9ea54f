using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Indexing;

/// <summary>The passages of one language in one segment, with what is left of their statistics after deletions. Immutable and thread-safe.</summary>
internal sealed class IndexPartition
{
    private readonly LiveSegment _segment;
    private readonly int _language;
    private readonly Dictionary<int, (int Passages, long Occurrences)> _deletedTerms = [];

    /// <summary>Opens a partition.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="language">Number of the language in the segment.</param>
    /// <param name="firstOrdinal">Ordinal, in the index, of the segment's first passage.</param>
    internal IndexPartition(LiveSegment segment, int language, int firstOrdinal)
    {
        var described = segment.Reader.Description.Languages[language];
        (_segment, _language) = (segment, language);
        FirstNumber = segment.Reader.FirstOf(language);
        FirstOrdinal = firstOrdinal + FirstNumber;
        Count = described.Passages;
        Tag = described.Tag;
        (LiveCount, LiveWithTerms, LiveTokens) = (described.Passages, described.PassagesWithTerms, described.Tokens);
        if (segment.Deleted is null) return;
        for (var passage = 0; passage < Count; passage++)
        {
            if (IsDeleted(passage)) Forget(passage);
        }
    }

    /// <summary>BCP 47 tag.</summary>
    internal string Tag { get; }

    /// <summary>Ordinal, in the index, of the first passage.</summary>
    internal int FirstOrdinal { get; }

    /// <summary>Number, in the segment, of the first passage.</summary>
    internal int FirstNumber { get; }

    /// <summary>Number of passages, deleted ones included.</summary>
    internal int Count { get; }

    /// <summary>Number of passages that are not deleted.</summary>
    internal int LiveCount { get; private set; }

    /// <summary>Number of those with at least one term.</summary>
    internal int LiveWithTerms { get; private set; }

    /// <summary>Number of their terms, repetitions included.</summary>
    internal long LiveTokens { get; private set; }

    internal SegmentReader Segment => _segment.Reader;

    /// <summary>Number of terms of every passage of the partition.</summary>
    internal ReadOnlySpan<int> Lengths => Segment.Lengths.Slice(FirstNumber, Count);

    /// <summary>Whether some passages are deleted.</summary>
    internal bool HasDeleted => LiveCount < Count;

    /// <summary>Whether a passage is deleted.</summary>
    /// <param name="passage">Its number in the partition.</param>
    internal bool IsDeleted(int passage) => _segment.IsDeleted(FirstNumber + passage);

    /// <summary>Finds a term.</summary>
    /// <param name="term">Its UTF-8 bytes, as <see cref="TermForm"/> makes them.</param>
    /// <param name="found">The term, with its statistics over passages that are not deleted.</param>
    internal bool TryFind(ReadOnlySpan<byte> term, out PartitionTerm found)
    {
        found = default;
        if (!Segment.Terms(_language).TryFind(term, out var entry)) return false;
        var gone = _deletedTerms.GetValueOrDefault(entry.Number);
        found = new PartitionTerm(this, entry, entry.Passages - gone.Passages, entry.Occurrences - gone.Occurrences);
        return true;
    }

    /// <summary>The weights of terms of a query language in the passages; null when the index holds none for it.</summary>
    internal PairWeights? WeightsFor(string queryLanguage) => _segment.Weights?.Find(Tag, queryLanguage);

    /// <summary>The graph of the vectors; null when there is none.</summary>
    internal PartitionGraph? Graph => _segment.Graphs?.Find(_language);

    /// <summary>The postings of a term; passages by their number in the partition, deleted ones included.</summary>
    internal PostingsCursor Postings(TermEntry entry) => Segment.Postings(_language, entry);

    /// <summary>Where a term stands, for an index with positions.</summary>
    internal PositionsCursor Positions(TermEntry entry) => Segment.Positions(_language).Of(entry);

    /// <summary>The distinct terms of a passage.</summary>
    /// <param name="passage">Its number in the partition.</param>
    internal PassageTerms TermsOf(int passage) => Segment.TermsOf(FirstNumber + passage);

    /// <summary>The text of a term.</summary>
    internal string TermAt(int number) => Segment.Terms(_language).TermAt(number);

    /// <summary>The texts of all terms, by their number.</summary>
    internal IEnumerable<string> Terms()
    {
        var reader = Segment.Terms(_language).Read();
        while (reader.TryRead(out _)) yield return System.Text.Encoding.UTF8.GetString(reader.Term);
    }

    private void Forget(int passage)
    {
        LiveCount--;
        var length = Lengths[passage];
        LiveTokens -= length;
        if (length > 0) LiveWithTerms--;
        var terms = TermsOf(passage);
        while (terms.TryRead(out var term, out var frequency))
        {
            var (passages, occurrences) = _deletedTerms.GetValueOrDefault(term);
            _deletedTerms[term] = (passages + 1, occurrences + frequency);
        }
    }
}

/// <summary>A term in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Entry">What its dictionary says.</param>
/// <param name="LivePassages">Number of passages with the term that are not deleted.</param>
/// <param name="LiveOccurrences">How often the term occurs in them together.</param>
internal readonly record struct PartitionTerm(IndexPartition Partition, TermEntry Entry, int LivePassages, long LiveOccurrences)
{
    /// <summary>The weights that the entry belongs to; null for the terms of the passages themselves.</summary>
    internal PairWeights? Weights { get; init; }

    /// <summary>The postings; passages by their number in the partition, deleted ones included.</summary>
    internal PostingsCursor Postings() => Weights is null ? Partition.Postings(Entry) : Weights.Postings(Entry);
}
