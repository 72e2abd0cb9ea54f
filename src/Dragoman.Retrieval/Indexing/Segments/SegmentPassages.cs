using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>Ids and texts of a segment's passages, by their number in the segment. Thread-safe until the file is closed.</summary>
internal sealed class SegmentPassages
{
    private const int ComparisonsPerRank = 8, BytesAtOnce = 1 << 24;
    private readonly MappedSection _idEnds, _ids, _order, _recordEnds, _records;
    private readonly SegmentFile _file;
    private readonly Lock _ranking = new();
    private volatile int[]? _ranks;
    private volatile bool _unrankable;
    private int _comparisons;

    internal SegmentPassages(SegmentFile file, int count)
    {
        _file = file;
        Count = count;
        _idEnds = file.Section(SectionKind.IdEnds);
        _ids = file.Section(SectionKind.Ids);
        _order = file.Section(SectionKind.IdOrder);
        _recordEnds = file.Section(SectionKind.RecordEnds);
        _records = file.Section(SectionKind.Records);
    }

    /// <summary>Number of passages, deleted ones included.</summary>
    internal int Count { get; }

    /// <summary>The id of a passage, UTF-8.</summary>
    internal ReadOnlySpan<byte> Id(int passage) => Item(_idEnds, _ids, passage);

    /// <summary>Has the processor fetch the place of a passage's id.</summary>
    internal void ExpectIdPlace(int passage) => Expect(_idEnds.Slice((long)Math.Max(0, passage - 1) * sizeof(long), sizeof(long)));

    /// <summary>Has the processor fetch the id at a place.</summary>
    internal void ExpectId(long start, int length) => Expect(_ids.Slice(start, length));

    /// <summary>Where the id of a passage stands, for <see cref="IdAt"/>.</summary>
    internal (long Start, int Length) IdPlace(int passage) => Place(_idEnds, passage);

    /// <summary>The id at a place.</summary>
    internal ReadOnlySpan<byte> IdAt(long start, int length) => _ids.Slice(start, length);

    /// <summary>Title and text of a passage.</summary>
    /// <exception cref="DataFormatException">The file is damaged.</exception>
    internal (string Title, string Text) Texts(int passage)
    {
        var record = Record(passage);
        var position = 0;
        if (!VarInt.TryRead(record, ref position, out var title) || title > (ulong)(record.Length - position)) throw _file.Damaged("a title reaches beyond its record");
        return (Encoding.UTF8.GetString(record.Slice(position, (int)title)), Encoding.UTF8.GetString(record[(position + (int)title)..]));
    }

    /// <summary>The record of a passage: length of its title as varint, title, text.</summary>
    internal ReadOnlySpan<byte> Record(int passage) => Item(_recordEnds, _records, passage);

    /// <summary>The passage at a place in ascending order of ids.</summary>
    internal int AtPlace(int place) => _order.Number<int>(place);

    /// <summary>Finds a passage by its id, by halving.</summary>
    /// <returns>Its number; -1 when there is none.</returns>
    internal int Find(ReadOnlySpan<byte> id)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            var passage = AtPlace(middle);
            var order = Id(passage).SequenceCompareTo(id);
            if (order == 0) return passage;
            if (order < 0) low = middle + 1; else high = middle - 1;
        }
        return -1;
    }

    /// <summary>Compares the ids of two passages, ordinally as UTF-16.</summary>
    /// <remarks>
    /// Equal scores are common, and reading two ids for each of them takes a good part of a query's time. So, once that was done for every eighth passage, each passage's place among the ids
    /// is put into memory, 4 bytes each; a program that ends before has neither the work nor the memory.
    /// </remarks>
    internal int CompareIds(int left, int right)
    {
        if (_ranks is { } known) return known[left].CompareTo(known[right]);
        if (!_unrankable && ++_comparisons > Count / ComparisonsPerRank && Rank() is { } ranks) return ranks[left].CompareTo(ranks[right]);
        return PassageIds.Compare(Id(left), Id(right));
    }

    /// <summary>Every passage's place in ascending order of ids; null when that order, which is one of bytes, may be another than that of UTF-16.</summary>
    private int[]? Rank()
    {
        lock (_ranking)
        {
            if (_ranks is not null || _unrankable) return _ranks;
            for (long start = 0; start < _ids.Length; start += BytesAtOnce)
            {
                if (!_ids.Slice(start, (int)Math.Min(BytesAtOnce, _ids.Length - start)).ContainsAnyInRange(PassageIds.FirstUnordered, byte.MaxValue)) continue;
                _unrankable = true;
                return null;
            }
            var ranks = new int[Count];
            for (var place = 0; place < ranks.Length; place++) ranks[AtPlace(place)] = place;
            return _ranks = ranks;
        }
    }

    private ReadOnlySpan<byte> Item(MappedSection ends, MappedSection items, int passage)
    {
        var (start, length) = Place(ends, passage);
        return items.Slice(start, length);
    }

    private (long Start, int Length) Place(MappedSection ends, int passage)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)passage, (uint)Count, nameof(passage));
        if (passage == 0) return (0, checked((int)ends.Number<long>(0)));
        var both = MemoryMarshal.Cast<byte, long>(ends.Slice((passage - 1L) * sizeof(long), 2 * sizeof(long)));
        return (both[0], checked((int)(both[1] - both[0])));
    }

    private static unsafe void Expect(ReadOnlySpan<byte> bytes)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)));
    }
}
