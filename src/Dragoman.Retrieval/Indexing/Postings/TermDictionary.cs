using System.Text;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>The terms of one language of a segment, read where they lie. Thread-safe until the file is closed.</summary>
internal sealed class TermDictionary
{
    private readonly MappedSection _terms, _blocks;

    internal TermDictionary(SegmentFile file, int language, int count)
    {
        _terms = file.Section(SectionKind.Terms, language);
        _blocks = file.Section(SectionKind.TermBlocks, language);
        Count = count;
    }

    /// <summary>Number of terms.</summary>
    internal int Count { get; }

    /// <summary>Finds a term.</summary>
    /// <param name="term">Its UTF-8 bytes.</param>
    /// <param name="entry">What the dictionary says of it.</param>
    internal bool TryFind(ReadOnlySpan<byte> term, out TermEntry entry)
    {
        var (low, high) = (0, BlockCount - 1);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            if (FirstTerm(middle).SequenceCompareTo(term) <= 0) low = middle + 1; else high = middle - 1;
        }
        if (high >= 0)
        {
            var reader = new TermReader(this, high);
            while (reader.TryRead(out entry))
            {
                var order = reader.Term.SequenceCompareTo(term);
                if (order == 0) return true;
                if (order > 0 || (entry.Number + 1) % TermDictionaryWriter.BlockTerms == 0) break;
            }
        }
        entry = default;
        return false;
    }

    /// <summary>The term with a number.</summary>
    internal string TermAt(int number)
    {
        var reader = new TermReader(this, number / TermDictionaryWriter.BlockTerms);
        while (reader.TryRead(out var entry))
        {
            if (entry.Number == number) return Encoding.UTF8.GetString(reader.Term);
        }
        throw _terms.File.Damaged($"it has no term {number}");
    }

    /// <summary>Reads all terms in order.</summary>
    internal TermReader Read() => new(this, 0);

    private int BlockCount => (int)(_blocks.Length / sizeof(long));

    private ReadOnlySpan<byte> Block(int block)
    {
        var start = _blocks.Number<long>(block);
        return _terms.Slice(start, checked((int)((block + 1 < BlockCount ? _blocks.Number<long>(block + 1) : _terms.Length) - start)));
    }

    private ReadOnlySpan<byte> FirstTerm(int block)
    {
        var bytes = Block(block);
        var position = 0;
        if (!VarInt.TryRead(bytes, ref position, out _) || !VarInt.TryRead(bytes, ref position, out var length)) throw _terms.File.Damaged("a term is cut short");
        return bytes.Slice(position, (int)length);
    }

    /// <summary>Reads terms in order.</summary>
    internal sealed class TermReader
    {
        private readonly TermDictionary _dictionary;
        private byte[] _term = new byte[32];
        private int _length, _number, _position;
        private long _offset;

        internal TermReader(TermDictionary dictionary, int block)
        {
            _dictionary = dictionary;
            _number = block * TermDictionaryWriter.BlockTerms;
        }

        /// <summary>The bytes of the term read last; valid until the next call.</summary>
        internal ReadOnlySpan<byte> Term => _term.AsSpan(0, _length);

        /// <summary>Reads the next term.</summary>
        internal bool TryRead(out TermEntry entry)
        {
            entry = default;
            if (_number >= _dictionary.Count) return false;
            var bytes = _dictionary.Block(_number / TermDictionaryWriter.BlockTerms);
            var shared = 0;
            if (_number % TermDictionaryWriter.BlockTerms == 0)
            {
                _position = 0;
                _offset = (long)Number(bytes);
            }
            else
            {
                shared = (int)Number(bytes);
            }
            var rest = (int)Number(bytes);
            if (shared > _length || rest > bytes.Length - _position) throw _dictionary._terms.File.Damaged("a term is cut short");
            if (_term.Length < shared + rest) Array.Resize(ref _term, 2 * (shared + rest));
            bytes.Slice(_position, rest).CopyTo(_term.AsSpan(shared));
            (_length, _position) = (shared + rest, _position + rest);
            var passages = (int)Number(bytes);
            var occurrences = (long)Number(bytes) + passages;
            var size = (int)Number(bytes);
            entry = new TermEntry(_number++, passages, occurrences, _offset, size);
            _offset += size;
            return true;
        }

        private ulong Number(ReadOnlySpan<byte> bytes) => VarInt.TryRead(bytes, ref _position, out var number) ? number : throw _dictionary._terms.File.Damaged("a term is cut short");
    }
}
