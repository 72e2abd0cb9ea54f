using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Terms and postings of a generation of an index: an inverted index for every language of every segment. Thread-safe until the index is disposed.</summary>
public sealed class InvertedIndex
{
    private readonly PassageStore _passages;

    internal InvertedIndex(PassageStore passages) => _passages = passages;

    /// <summary>Statistics of the passages in some languages, as an index of only those passages would have them; deleted passages do not count.</summary>
    /// <param name="languages">One flag per language ordinal.</param>
    public ICollectionStatistics Statistics(bool[] languages) => new CollectionStatistics(Partitions(languages));

    /// <summary>The postings of a term in some languages, ordinals ascending; deleted passages are left out.</summary>
    /// <param name="term">The term, as the analyzer gave it.</param>
    /// <param name="languages">One flag per language ordinal.</param>
    /// <exception cref="DataFormatException">The postings are damaged.</exception>
    public IEnumerable<Posting> Postings(string term, bool[] languages)
    {
        foreach (var partition in Partitions(languages))
        {
            if (!partition.TryFind(TermForm.Of(term), out var found)) continue;
            for (var cursor = partition.Postings(found.Entry); cursor.Passage != PostingsCursor.End; cursor.Next())
            {
                if (!partition.IsDeleted(cursor.Passage)) yield return new Posting(partition.FirstOrdinal + cursor.Passage, cursor.Value);
            }
        }
    }

    /// <summary>Number of terms of a passage.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    public int Length(int ordinal)
    {
        var partition = _passages.PartitionOf(ordinal);
        return partition.Lengths[ordinal - partition.FirstOrdinal];
    }

    /// <summary>The distinct terms of a passage with how often they occur, in byte order of the terms.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <exception cref="DataFormatException">The index is damaged.</exception>
    public IReadOnlyList<KeyValuePair<string, int>> TermsOf(int ordinal)
    {
        var partition = _passages.PartitionOf(ordinal);
        var terms = new List<KeyValuePair<string, int>>();
        var reader = partition.TermsOf(ordinal - partition.FirstOrdinal);
        while (reader.TryRead(out var term, out var frequency)) terms.Add(new(partition.TermAt(term), frequency));
        return terms;
    }

    /// <summary>The parts of the index in some languages.</summary>
    internal IndexPartition[] Partitions(bool[] languages)
    {
        var wanted = new HashSet<string>(_passages.Languages.Where((_, ordinal) => languages[ordinal]), StringComparer.Ordinal);
        return [.. _passages.Partitions.Where(partition => partition.LiveCount > 0 && wanted.Contains(partition.Tag))];
    }
}
