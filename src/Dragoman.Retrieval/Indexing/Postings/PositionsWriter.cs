using System.Buffers;
using System.Runtime.InteropServices;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>
/// Writes where terms stand in the passages of one language, term after term in dictionary order and posting after posting. The positions of 128 postings, the same as those of a block of
/// postings, make a block: gaps, 128 at a time bit-packed, the rest as varints. A term of several blocks has the ends of all but the last behind them. Sections apart from the postings, so that
/// nothing of them is read unless positions are asked for. Not thread-safe.
/// </summary>
internal sealed class PositionsWriter
{
    /// <summary>Terms under one entry of <see cref="SectionKind.PositionPlaces"/>.</summary>
    internal const int GroupTerms = 32;

    private readonly SegmentFileWriter _writer;
    private readonly int _language;
    private readonly List<uint> _gaps = [];
    private readonly List<long> _ends = [], _places = [];
    private readonly ArrayBufferWriter<byte> _sizes = new();
    private readonly byte[] _chunk = new byte[BitPacking.Bytes(8 * sizeof(uint))];
    private long _start;
    private int _terms, _postings;

    /// <summary>Begins the positions of a language.</summary>
    internal PositionsWriter(SegmentFileWriter writer, int language)
    {
        (_writer, _language) = (writer, language);
        writer.Begin(SectionKind.Positions, language);
    }

    /// <summary>Adds the positions of the term's next posting.</summary>
    /// <param name="positions">Positions, ascending; as many as the posting's value says.</param>
    internal void Add(ReadOnlySpan<int> positions)
    {
        if (_postings == BitPacking.Block)
        {
            WriteBlock();
            _ends.Add(_writer.SectionBytes - _start);
        }
        _postings++;
        var previous = 0;
        foreach (var position in positions)
        {
            _gaps.Add((uint)(position - previous));
            previous = position;
        }
    }

    /// <summary>Ends a term.</summary>
    internal void EndTerm()
    {
        if (_terms++ % GroupTerms == 0)
        {
            _places.Add(_start);
            _places.Add(_sizes.WrittenCount);
        }
        WriteBlock();
        _writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ends)));
        _ends.Clear();
        _sizes.Advance(VarInt.Write(_sizes.GetSpan(VarInt.MaxBytes), (ulong)(_writer.SectionBytes - _start)));
        _start = _writer.SectionBytes;
    }

    /// <summary>Ends the language.</summary>
    internal void End()
    {
        _writer.End();
        _writer.Begin(SectionKind.PositionSizes, _language);
        _writer.Write(_sizes.WrittenSpan);
        _writer.End();
        _writer.Write<long>(SectionKind.PositionPlaces, CollectionsMarshal.AsSpan(_places), _language);
    }

    private void WriteBlock()
    {
        var gaps = CollectionsMarshal.AsSpan(_gaps);
        for (; gaps.Length >= BitPacking.Block; gaps = gaps[BitPacking.Block..])
        {
            var bits = BitPacking.BitsFor(gaps[..BitPacking.Block]);
            BitPacking.Pack(gaps[..BitPacking.Block], bits, _chunk);
            _writer.Write([(byte)bits]);
            _writer.Write(_chunk.AsSpan(0, BitPacking.Bytes(bits)));
        }
        foreach (var gap in gaps) _writer.Write((ulong)gap);
        _gaps.Clear();
        _postings = 0;
    }
}
