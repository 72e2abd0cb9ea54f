using System.Runtime.InteropServices;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The parts of a segment file.</summary>
internal enum SectionKind
{
    /// <summary>Counts, languages, and the form of the vectors.</summary>
    Description = 1,

    /// <summary>End of every passage's id, int64 each.</summary>
    IdEnds = 2,

    /// <summary>Ids as UTF-8, one after the other.</summary>
    Ids = 3,

    /// <summary>Passage numbers in ascending order of their ids, int32 each.</summary>
    IdOrder = 4,

    /// <summary>End of every passage's record, int64 each.</summary>
    RecordEnds = 5,

    /// <summary>Title and text of every passage: length of the title as varint, title, text.</summary>
    Records = 6,

    /// <summary>Number of terms of every passage, int32 each.</summary>
    Lengths = 7,

    /// <summary>End of every passage's terms, int64 each.</summary>
    ForwardEnds = 8,

    /// <summary>Terms of every passage with how often they occur.</summary>
    Forward = 9,

    /// <summary>Vectors, one row a passage.</summary>
    Vectors = 10,

    /// <summary>Terms of one language in byte order, with the place of their postings.</summary>
    Terms = 11,

    /// <summary>Start of every block of terms, int64 each.</summary>
    TermBlocks = 12,

    /// <summary>Postings of one language.</summary>
    Postings = 13,

    /// <summary>Where the terms of one language stand in the passages: block by block as the postings. Only in an index with positions.</summary>
    Positions = 20,

    /// <summary>Size of every term's positions, varints in dictionary order.</summary>
    PositionSizes = 21,

    /// <summary>For every 32 terms, the start of their positions and the start of their sizes, int64 each.</summary>
    PositionPlaces = 22,

    /// <summary>Vectors in a finer form, one row a passage. Only where the best are scored again.</summary>
    FineVectors = 30,

    /// <summary>Neighbours of every passage of one language on the ground, int32 each, filled up with -1.</summary>
    GroundLinks = 31,

    /// <summary>Passages of one language that are on higher levels too, ascending, int32 each.</summary>
    HighPassages = 32,

    /// <summary>For each of them, the number of higher levels of it and all before, int32 each.</summary>
    HighEnds = 33,

    /// <summary>Their neighbours there, level by level, int32 each, filled up with -1.</summary>
    HighLinks = 34,

    /// <summary>For every passage of one language, the next with the very same vector, int32 each; -1 when there is none.</summary>
    Twins = 35,
}

/// <summary>Where a part of a segment file lies.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct SectionPlace(SectionKind kind, int language, long offset, long length)
{
    internal readonly int Kind = (int)kind;
    internal readonly int Language = language;
    internal readonly long Offset = offset;
    internal readonly long Length = length;
}

/// <summary>
/// The end of a segment file. Before it come the sections, each at a multiple of 64 bytes, then the CRC-32C of every page of them, then their places. All numbers are
/// little-endian.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SegmentFooter
{
    /// <summary><c>DRGMSEG</c> and the version of the layout.</summary>
    internal const ulong Magic = 0x02_47_45_53_4D_47_52_44;

    /// <summary>Bytes under one checksum: 64 KiB.</summary>
    internal const int PageBytes = 1 << 16;

    internal ulong Signature;

    /// <summary>Number of the segment in its index, so that a file cannot stand for another one.</summary>
    internal long Segment;

    /// <summary>Bytes of the sections.</summary>
    internal long BodyBytes;

    internal int SectionCount;

    /// <summary>CRC-32C of the page checksums and the places.</summary>
    internal uint TablesChecksum;

    /// <summary>CRC-32C of the footer before this field.</summary>
    internal uint Checksum;

    internal readonly uint OwnChecksum()
    {
        var copy = this;
        return Crc32C.Of(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref copy, 1))[..^sizeof(uint)]);
    }
}
