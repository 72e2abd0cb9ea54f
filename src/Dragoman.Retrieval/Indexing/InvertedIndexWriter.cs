using System.Text;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Collects postings, compressed as they come, and writes them sorted by term. Memory grows with the size of the finished postings. Not thread-safe.</summary>
internal sealed class InvertedIndexWriter(string folder)
{
    private readonly Dictionary<string, List<Block>> _blocksOfTerm = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _frequencies = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];

    internal int TermCount => _blocksOfTerm.Count;

    internal long TokenCount { get; private set; }

    /// <summary>Adds the next passage; its ordinal is the number of passages added before.</summary>
    internal void Add(ushort language, IReadOnlyList<string> terms)
    {
        _frequencies.Clear();
        foreach (var term in terms)
        {
            var key = Writable(term);
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_frequencies, key, out _)++;
        }
        foreach (var (term, frequency) in _frequencies) BlockOf(term, language).Add(_lengths.Count, frequency);
        _lengths.Add(terms.Count);
        TokenCount += terms.Count;
    }

    /// <summary>Writes terms, postings and lengths.</summary>
    internal void Finish()
    {
        using var terms = Create(IndexFiles.Terms);
        using var postings = Create(IndexFiles.Postings);
        var sorted = _blocksOfTerm.Keys.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        VarInt.Write(terms, (ulong)sorted.Length);
        foreach (var term in sorted)
        {
            var start = postings.Position;
            WriteBlocks(postings, _blocksOfTerm[term]);
            var bytes = Encoding.UTF8.GetBytes(term);
            VarInt.Write(terms, (ulong)bytes.Length);
            terms.Write(bytes);
            VarInt.Write(terms, (ulong)(postings.Position - start));
        }
        using var lengths = Create(IndexFiles.Lengths);
        foreach (var length in _lengths) VarInt.WriteFixed(lengths, length);
    }

    private static void WriteBlocks(FileStream postings, List<Block> blocks)
    {
        VarInt.Write(postings, (ulong)blocks.Count);
        foreach (var block in blocks)
        {
            VarInt.Write(postings, block.Language);
            VarInt.Write(postings, (ulong)block.PassageCount);
            VarInt.Write(postings, (ulong)block.Bytes.Length);
        }
        foreach (var block in blocks) postings.Write(block.Bytes);
    }

    private Block BlockOf(string term, ushort language)
    {
        if (!_blocksOfTerm.TryGetValue(term, out var blocks)) _blocksOfTerm.Add(term, blocks = new List<Block>(1));
        foreach (var block in blocks)
        {
            if (block.Language == language) return block;
        }
        var added = new Block(language);
        blocks.Add(added);
        return added;
    }

    /// <summary>The term as UTF-8 can hold it: half a surrogate pair becomes U+FFFD.</summary>
    private static string Writable(string term)
    {
        foreach (var unit in term)
        {
            if (char.IsSurrogate(unit)) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(term));
        }
        return term;
    }

    private FileStream Create(string name) => new(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);

    /// <summary>
    /// The postings of one term in one language. A posting is the gap from the ordinal before, doubled, plus one when the term occurs once in the passage;
    /// otherwise the number of occurrences follows.
    /// </summary>
    private sealed class Block(ushort language)
    {
        private byte[] _buffer = new byte[8];
        private int _length;
        private int _previous = -1;

        internal ushort Language => language;

        internal int PassageCount { get; private set; }

        internal ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

        internal void Add(int ordinal, int frequency)
        {
            if (_buffer.Length - _length < 2 * VarInt.MaxBytes) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + 2 * VarInt.MaxBytes));
            var gap = (ulong)(ordinal - _previous);
            _length += VarInt.Write(_buffer.AsSpan(_length), gap << 1 | (frequency == 1 ? 1UL : 0UL));
            if (frequency != 1) _length += VarInt.Write(_buffer.AsSpan(_length), (ulong)frequency);
            _previous = ordinal;
            PassageCount++;
        }
    }
}
