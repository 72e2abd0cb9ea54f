using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A segment file opened for reading. Tables and footer are checked on opening, every page when it is first touched. Thread-safe until disposed.</summary>
internal sealed class SegmentFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly uint[] _checksums;
    private readonly bool[] _verified;
    private readonly Dictionary<(int Kind, int Language), SectionPlace> _places = [];
    private readonly long _body;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="segment">The number that it must carry.</param>
    /// <exception cref="DataFormatException">It is missing, cut short, or not that segment.</exception>
    internal SegmentFile(string path, long segment)
    {
        _file = new MappedFile(path);
        try
        {
            var footer = ReadFooter(segment);
            _body = footer.BodyBytes;
            var pages = checked((int)((_body + SegmentFooter.PageBytes - 1) / SegmentFooter.PageBytes));
            var tables = _file.Slice(_body, checked(pages * sizeof(uint) + footer.SectionCount * Unsafe.SizeOf<SectionPlace>()));
            if (Crc32C.Of(tables) != footer.TablesChecksum) throw _file.Damaged("its tables do not match their checksum");
            _checksums = MemoryMarshal.Cast<byte, uint>(tables[..(pages * sizeof(uint))]).ToArray();
            foreach (var place in MemoryMarshal.Cast<byte, SectionPlace>(tables[(pages * sizeof(uint))..])) _places.Add((place.Kind, place.Language), place);
            _verified = new bool[pages];
            Checksum = footer.Checksum;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The footer's checksum, which depends on every byte of the file.</summary>
    internal uint Checksum { get; }

    /// <summary>Size in bytes.</summary>
    internal long Bytes => _file.Length;

    /// <summary>A section.</summary>
    /// <param name="kind">What it holds.</param>
    /// <param name="language">Number of the language it belongs to; -1 for the whole segment.</param>
    internal MappedSection Section(SectionKind kind, int language = -1) =>
        _places.TryGetValue(((int)kind, language), out var place) ? new MappedSection(this, place.Offset, place.Length) : throw _file.Damaged($"it has no section {kind}");

    /// <summary>Bytes of the file, checked. The span must not outlive this object.</summary>
    /// <exception cref="DataFormatException">A page does not match its checksum.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if (length == 0) return [];
        var (first, last) = ((int)((ulong)offset / SegmentFooter.PageBytes), (int)((ulong)(offset + length - 1) / SegmentFooter.PageBytes));
        if (first != last || !_verified[first]) VerifyPages(first, last);
        return _file.Slice(offset, length);
    }

    /// <summary>Checks every page.</summary>
    /// <exception cref="DataFormatException">A page does not match its checksum.</exception>
    internal void VerifyAll()
    {
        for (var page = 0; page < _verified.Length; page++) Verify(page);
    }

    /// <summary>The failure for content that cannot be what the index builder wrote.</summary>
    internal DataFormatException Damaged(string problem) => _file.Damaged(problem);

    private void VerifyPages(int first, int last)
    {
        for (var page = first; page <= last; page++)
        {
            if (!_verified[page]) Verify(page);
        }
    }

    private void Verify(int page)
    {
        var start = (long)page * SegmentFooter.PageBytes;
        var bytes = _file.Slice(start, (int)Math.Min(SegmentFooter.PageBytes, _body - start));
        if (Crc32C.Of(bytes) != _checksums[page]) throw _file.Damaged($"bytes {start} to {start + bytes.Length} do not match their checksum");
        _verified[page] = true;
    }

    private SegmentFooter ReadFooter(long segment)
    {
        var size = Unsafe.SizeOf<SegmentFooter>();
        if (_file.Length < size) throw _file.Damaged($"it has {_file.Length} bytes");
        var footer = MemoryMarshal.Read<SegmentFooter>(_file.Slice(_file.Length - size, size));
        if (footer.Signature != SegmentFooter.Magic || footer.Checksum != footer.OwnChecksum()) throw _file.Damaged("its end is not that of a segment");
        if (footer.Segment != segment) throw _file.Damaged($"it holds segment {footer.Segment}, not {segment}");
        return footer;
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>A part of a segment file.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its size in bytes.</param>
internal readonly record struct MappedSection(SegmentFile File, long Offset, long Length)
{
    /// <summary>Bytes from an offset into the section, checked. The span must not outlive the file.</summary>
    /// <exception cref="DataFormatException">The section ends before, or a page does not match its checksum.</exception>
    internal ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length) throw File.Damaged($"bytes {offset} to {offset + length} of a section of {Length} are wanted");
        return File.Slice(Offset + offset, length);
    }

    /// <summary>The whole section, at most 2 GiB.</summary>
    internal ReadOnlySpan<byte> All => Slice(0, checked((int)Length));

    /// <summary>A number of a section of numbers.</summary>
    internal T Number<T>(long index) where T : unmanaged => MemoryMarshal.Read<T>(Slice(index * Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>()));

    /// <summary>All numbers of a section of numbers.</summary>
    internal ReadOnlySpan<T> Numbers<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(All);
}
