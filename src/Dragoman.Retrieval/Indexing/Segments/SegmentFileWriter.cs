using System.Runtime.InteropServices;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>Writes a segment file from front to end: section after section, then the checksums. Not thread-safe.</summary>
/// <param name="stream">Where to write; the caller closes it.</param>
/// <param name="segment">Number of the segment.</param>
internal sealed class SegmentFileWriter(Stream stream, long segment)
{
    private const int Alignment = 64;
    private readonly byte[] _page = new byte[SegmentFooter.PageBytes];
    private readonly List<uint> _checksums = [];
    private readonly List<SectionPlace> _places = [];
    private int _inPage;
    private long _position, _start;
    private (SectionKind Kind, int Language)? _open;

    /// <summary>Bytes written to the open section.</summary>
    internal long SectionBytes => _position - _start;

    /// <summary>Begins a section; the one before it must have ended.</summary>
    /// <param name="kind">What it holds.</param>
    /// <param name="language">Number of the language it belongs to; -1 for the whole segment.</param>
    internal void Begin(SectionKind kind, int language = -1)
    {
        if (_open is not null) throw new InvalidOperationException($"Section {_open} has not ended.");
        var gap = (int)(-_position & (Alignment - 1));
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        Write(zeros[..gap]);
        _start = _position;
        _open = (kind, language);
    }

    /// <summary>Ends the open section.</summary>
    internal void End()
    {
        var (kind, language) = _open ?? throw new InvalidOperationException("No section is open.");
        _places.Add(new SectionPlace(kind, language, _start, SectionBytes));
        _open = null;
    }

    /// <summary>Writes a whole section of numbers.</summary>
    internal void Write<T>(SectionKind kind, ReadOnlySpan<T> numbers, int language = -1) where T : unmanaged
    {
        Begin(kind, language);
        while (!numbers.IsEmpty)
        {
            // Spans of bytes end at 2 GiB.
            var part = numbers[..Math.Min(numbers.Length, 1 << 24)];
            Write(MemoryMarshal.AsBytes(part));
            numbers = numbers[part.Length..];
        }
        End();
    }

    /// <summary>Appends bytes to the open section.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        _position += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, _page.Length - _inPage)];
            part.CopyTo(_page.AsSpan(_inPage));
            _inPage += part.Length;
            bytes = bytes[part.Length..];
            if (_inPage == _page.Length) WritePage();
        }
    }

    /// <summary>Appends a varint to the open section.</summary>
    internal void Write(ulong number)
    {
        Span<byte> buffer = stackalloc byte[VarInt.MaxBytes];
        Write(buffer[..VarInt.Write(buffer, number)]);
    }

    /// <summary>Writes checksums, places and footer.</summary>
    /// <returns>The footer's checksum, which depends on every byte of the file.</returns>
    internal uint Finish()
    {
        var body = _position;
        if (_inPage > 0) WritePage();
        var checksums = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_checksums));
        var places = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_places));
        stream.Write(checksums);
        stream.Write(places);
        var footer = new SegmentFooter
        {
            Signature = SegmentFooter.Magic,
            Segment = segment,
            BodyBytes = body,
            SectionCount = _places.Count,
            TablesChecksum = Crc32C.Of(places, Crc32C.Of(checksums)),
        };
        footer.Checksum = footer.OwnChecksum();
        stream.Write(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref footer, 1)));
        return footer.Checksum;
    }

    private void WritePage()
    {
        _checksums.Add(Crc32C.Of(_page.AsSpan(0, _inPage)));
        stream.Write(_page, 0, _inPage);
        _inPage = 0;
    }
}
