using System.Buffers;
using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// The passages of a generation of an index, by ordinal from 0: segment after segment, in each language after language. Ordinals of deleted passages stay without use, so that they run
/// to <see cref="OrdinalCount"/>. Texts stay on disk until asked for. Thread-safe until the index is disposed.
/// </summary>
public sealed class PassageStore
{
    private readonly IReadOnlyList<LiveSegment> _segments;
    private readonly int[] _firsts;

    internal PassageStore(IReadOnlyList<LiveSegment> segments)
    {
        _segments = segments;
        _firsts = new int[segments.Count + 1];
        for (var segment = 0; segment < segments.Count; segment++) _firsts[segment + 1] = checked(_firsts[segment] + segments[segment].Reader.Passages.Count);
        Count = segments.Sum(segment => segment.LiveCount);
        Partitions = [.. segments.SelectMany((segment, place) => segment.Reader.Description.Languages.Select((_, language) => new IndexPartition(segment, language, _firsts[place])))];
        Languages = [.. Partitions.Where(partition => partition.LiveCount > 0).Select(partition => partition.Tag).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Number of passages, deleted ones not counted.</summary>
    public int Count { get; }

    /// <summary>One more than the largest ordinal.</summary>
    public int OrdinalCount => _firsts[^1];

    /// <summary>BCP 47 tags of the languages with passages, in ordinal order; their places are the language ordinals.</summary>
    public IReadOnlyList<string> Languages { get; }

    internal IReadOnlyList<IndexPartition> Partitions { get; }

    /// <summary>Whether an ordinal is that of a passage that is not deleted.</summary>
    /// <param name="ordinal">The ordinal; any number.</param>
    public bool Contains(int ordinal)
    {
        if ((uint)ordinal >= (uint)OrdinalCount) return false;
        var (segment, passage) = Locate(ordinal);
        return !segment.IsDeleted(passage);
    }

    /// <summary>Reads a passage.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <exception cref="DataFormatException">The store is damaged.</exception>
    public Passage Read(int ordinal)
    {
        var (segment, passage) = Locate(ordinal);
        var (title, text) = segment.Reader.Passages.Texts(passage);
        return new Passage(ReadId(ordinal), title, text, segment.Reader.Description.Languages[segment.Reader.LanguageOf(passage)].Tag);
    }

    /// <summary>Reads only the id of a passage.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <exception cref="DataFormatException">The store is damaged.</exception>
    public string ReadId(int ordinal) => Encoding.UTF8.GetString(Id(ordinal));

    /// <summary>Reads the ids of passages.</summary>
    /// <param name="ordinals">Passage ordinals.</param>
    /// <returns>Their ids, in the same order.</returns>
    /// <exception cref="DataFormatException">The store is damaged.</exception>
    internal string[] ReadIds(ReadOnlySpan<int> ordinals)
    {
        // Passages lie all over the file. The processor fetches what the next step will read while this one goes on.
        var (rented, ids) = (ArrayPool<IdPlace>.Shared.Rent(ordinals.Length), new string[ordinals.Length]);
        var places = rented.AsSpan(0, ordinals.Length);
        for (var place = 0; place < places.Length; place++)
        {
            var (segment, passage) = Locate(ordinals[place]);
            places[place] = new IdPlace(segment.Reader.Passages, passage);
            places[place].Passages.ExpectIdPlace(passage);
        }
        foreach (ref var place in places)
        {
            (place.Start, place.Length) = place.Passages.IdPlace(place.Passage);
            place.Passages.ExpectId(place.Start, place.Length);
        }
        for (var place = 0; place < places.Length; place++) ids[place] = Text(places[place].Passages.IdAt(places[place].Start, places[place].Length));
        ArrayPool<IdPlace>.Shared.Return(rented, clearArray: true);
        return ids;
    }

    /// <summary>Finds a passage by id, by halving in every segment.</summary>
    /// <param name="passageId">The id, compared ordinally.</param>
    /// <param name="ordinal">The passage's ordinal; -1 when there is none.</param>
    /// <returns>Whether there is such a passage, and it is not deleted.</returns>
    public bool TryFind(string passageId, out int ordinal)
    {
        var id = Encoding.UTF8.GetBytes(passageId);
        for (var segment = 0; segment < _segments.Count; segment++)
        {
            var passage = _segments[segment].Reader.Passages.Find(id);
            if (passage < 0 || _segments[segment].IsDeleted(passage)) continue;
            ordinal = _firsts[segment] + passage;
            return true;
        }
        ordinal = -1;
        return false;
    }

    /// <summary>Compares the ids of two passages, ordinally as UTF-16.</summary>
    internal int CompareIds(int left, int right)
    {
        if (_segments.Count == 1) return _segments[0].Reader.Passages.CompareIds(left, right);
        var (first, firstPassage) = Locate(left);
        var (second, secondPassage) = Locate(right);
        return first == second
            ? first.Reader.Passages.CompareIds(firstPassage, secondPassage)
            : PassageIds.Compare(first.Reader.Passages.Id(firstPassage), second.Reader.Passages.Id(secondPassage));
    }

    /// <summary>The partition that a passage is in.</summary>
    internal IndexPartition PartitionOf(int ordinal)
    {
        var (low, high) = (0, Partitions.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (Partitions[middle].FirstOrdinal <= ordinal) low = middle; else high = middle - 1;
        }
        return Partitions[low];
    }

    private ReadOnlySpan<byte> Id(int ordinal)
    {
        var (segment, passage) = Locate(ordinal);
        return segment.Reader.Passages.Id(passage);
    }

    // Ids are ASCII as a rule, and then one pass will do, as the length is known.
    private static string Text(ReadOnlySpan<byte> id) => Ascii.IsValid(id) ? Encoding.Latin1.GetString(id) : Encoding.UTF8.GetString(id);

    private (LiveSegment Segment, int Passage) Locate(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)ordinal, (uint)OrdinalCount, nameof(ordinal));
        var segment = 0;
        while (_firsts[segment + 1] <= ordinal) segment++;
        return (_segments[segment], ordinal - _firsts[segment]);
    }

    /// <summary>Where an id stands.</summary>
    private record struct IdPlace(SegmentPassages Passages, int Passage)
    {
        internal long Start { get; set; }

        internal int Length { get; set; }
    }
}
