using System.Buffers;
using System.Runtime.InteropServices;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>Gathers the terms of one language, in byte order, and writes them in blocks of 32: in a block every term names what it shares with the one before. Not thread-safe.</summary>
internal sealed class TermDictionaryWriter
{
    /// <summary>Terms in a block.</summary>
    internal const int BlockTerms = 32;

    private readonly ArrayBufferWriter<byte> _terms = new();
    private readonly List<long> _blocks = [];
    private byte[] _previous = [];
    private long _offset;

    /// <summary>Number of terms added.</summary>
    internal int Count { get; private set; }

    /// <summary>Adds the next term.</summary>
    internal void Add(ReadOnlySpan<byte> term, int passages, long occurrences, int postingsBytes)
    {
        var shared = 0;
        if (Count % BlockTerms == 0)
        {
            _blocks.Add(_terms.WrittenCount);
            Write((ulong)_offset);
        }
        else
        {
            shared = term.CommonPrefixLength(_previous);
            Write((ulong)shared);
        }
        Write((ulong)(term.Length - shared));
        _terms.Write(term[shared..]);
        Write((ulong)passages);
        Write((ulong)(occurrences - passages));
        Write((ulong)postingsBytes);
        _offset += postingsBytes;
        _previous = term.ToArray();
        Count++;
    }

    private void Write(ulong number)
    {
        var target = _terms.GetSpan(VarInt.MaxBytes);
        _terms.Advance(VarInt.Write(target, number));
    }

    /// <summary>Writes the terms and the starts of their blocks as sections.</summary>
    internal void WriteTo(SegmentFileWriter writer, int language)
    {
        writer.Begin(SectionKind.Terms, language);
        writer.Write(_terms.WrittenSpan);
        writer.End();
        writer.Write<long>(SectionKind.TermBlocks, CollectionsMarshal.AsSpan(_blocks), language);
    }
}
