namespace Dragoman.Retrieval.Indexing;

/// <summary>Reads the postings of a term language by language, leaving out the languages that are not wanted. Use it in a <c>while (reader.TryRead(out var posting))</c> loop.</summary>
public ref struct PostingsReader
{
    private readonly InvertedIndex _index;
    private readonly ReadOnlySpan<bool> _languages;
    private ReadOnlySpan<byte> _headers;
    private ReadOnlySpan<byte> _payload;
    private int _header, _remaining, _position, _end, _passage;
    private int _blocks;

    internal PostingsReader(InvertedIndex index, ReadOnlySpan<byte> bytes, ReadOnlySpan<bool> languages)
    {
        _index = index;
        _languages = languages;
        _headers = bytes;
        _blocks = (int)Number(bytes, ref _header, "postings without a block count");
        var payload = _header;
        for (var block = 0; block < 3 * _blocks; block++) Number(bytes, ref payload, "a block header is cut short");
        _payload = bytes[payload..];
    }

    /// <summary>Number of passages in the wanted languages that hold the term.</summary>
    public readonly int PassageCount
    {
        get
        {
            var (header, count) = (_header, 0L);
            for (var block = 0; block < _blocks; block++)
            {
                var language = Number(_headers, ref header, "a block header is cut short");
                var passages = Number(_headers, ref header, "a block header is cut short");
                Number(_headers, ref header, "a block header is cut short");
                if (IsWanted(language)) count += (long)passages;
            }
            return (int)count;
        }
    }

    /// <summary>Reads the next posting; ordinals rise within a language.</summary>
    /// <param name="posting">The posting.</param>
    /// <returns>False when there are no more.</returns>
    public bool TryRead(out Posting posting)
    {
        while (_remaining == 0)
        {
            if (_blocks == 0)
            {
                posting = default;
                return false;
            }
            NextBlock();
        }
        var coded = Number(_payload, ref _position, "a posting is cut short");
        var frequency = (coded & 1) != 0 ? 1 : Number(_payload, ref _position, "a posting is cut short");
        var passage = _passage + (long)(coded >> 1);
        if (coded < 2 || passage >= _index.PassageCount || frequency is 0 or > int.MaxValue) throw _index.Damaged("a posting names a passage that is not there");
        _passage = (int)passage;
        _remaining--;
        posting = new Posting(_passage, (int)frequency);
        return true;
    }

    private void NextBlock()
    {
        _blocks--;
        var language = Number(_headers, ref _header, "a block header is cut short");
        var passages = Number(_headers, ref _header, "a block header is cut short");
        var bytes = Number(_headers, ref _header, "a block header is cut short");
        if (bytes > (ulong)(_payload.Length - _end)) throw _index.Damaged("a block reaches beyond its term");
        _position = _end;
        _end += (int)bytes;
        if (!IsWanted(language)) return;
        _remaining = (int)passages;
        _passage = -1;
    }

    private readonly bool IsWanted(ulong language) => language < (ulong)_languages.Length && _languages[(int)language];

    private readonly ulong Number(ReadOnlySpan<byte> bytes, ref int position, string problem) =>
        VarInt.TryRead(bytes, ref position, out var value) && value <= long.MaxValue ? value : throw _index.Damaged(problem);
}
