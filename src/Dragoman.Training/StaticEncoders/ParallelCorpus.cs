using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Training.StaticEncoders;

/// <summary>
/// Rows of parallel text as token ids in flat arrays: a row is a range of cells, a cell (one text in one language) a range of tokens. Rows of one source lie
/// together in file order, so that neighbours in a document stay neighbours here.
/// </summary>
public sealed class ParallelCorpus
{
    private readonly int[] _tokens;
    private readonly int[] _tokenStart;
    private readonly int[] _rowStart;
    private readonly byte[] _language;
    private readonly ulong[] _textHash;
    private readonly int[] _numberOfRow;

    private ParallelCorpus(Builder builder)
    {
        _tokens = [.. builder.Tokens];
        _tokenStart = [.. builder.TokenStart];
        _rowStart = [.. builder.RowStart];
        _language = [.. builder.Language];
        _textHash = [.. builder.TextHash];
        SourceOfRow = [.. builder.SourceOfRow];
        _numberOfRow = [.. builder.NumberOfRow];
        Languages = [.. builder.Languages];
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _rowStart.Length - 1;

    /// <summary>Number of cells over all rows.</summary>
    public int Cells => _language.Length;

    /// <summary>Number of tokens over all cells.</summary>
    public int TokenCount => _tokens.Length;

    /// <summary>The languages' tags; cells refer to them by position.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Position of each row's source in the list of sources, shape [<see cref="Rows"/>].</summary>
    public IReadOnlyList<int> SourceOfRow { get; }

    /// <summary>A row's number in its source, from 1.</summary>
    /// <param name="row">Row from 0.</param>
    internal int NumberOf(int row) => _numberOfRow[row];

    /// <summary>First cell of a row and number of its cells.</summary>
    /// <param name="row">Row from 0.</param>
    public (int First, int Count) CellsOf(int row) => (_rowStart[row], _rowStart[row + 1] - _rowStart[row]);

    /// <summary>Language of a cell, as position in <see cref="Languages"/>.</summary>
    /// <param name="cell">Cell from 0.</param>
    public int LanguageOf(int cell) => _language[cell];

    /// <summary>Hash of a cell's text after Unicode normalisation and lower-casing: equal texts are duplicates.</summary>
    /// <param name="cell">Cell from 0.</param>
    public ulong TextHashOf(int cell) => _textHash[cell];

    /// <summary>Token ids of a cell.</summary>
    /// <param name="cell">Cell from 0.</param>
    public ReadOnlySpan<int> TokensOf(int cell) => _tokens.AsSpan(_tokenStart[cell], _tokenStart[cell + 1] - _tokenStart[cell]);

    /// <summary>The cell of a row in a language; -1 when the row lacks it.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="language">Position in <see cref="Languages"/>.</param>
    public int CellIn(int row, int language)
    {
        for (var cell = _rowStart[row]; cell < _rowStart[row + 1]; cell++)
        {
            if (_language[cell] == language) return cell;
        }
        return -1;
    }

    /// <summary>How often each token occurs.</summary>
    /// <param name="vocabularySize">Number of token ids.</param>
    public long[] CountTokens(int vocabularySize)
    {
        var counts = new long[vocabularySize];
        foreach (var token in _tokens) counts[token]++;
        return counts;
    }

    /// <summary>Collects rows into a corpus.</summary>
    /// <param name="tokenizer">Makes the ids.</param>
    /// <param name="maxTokens">Longest cell in tokens; the rest is cut off.</param>
    public sealed class Builder(ITokenizer tokenizer, int maxTokens)
    {
        private readonly List<int> _ids = [];
        private readonly Dictionary<string, int> _languageOf = new(StringComparer.Ordinal);

        internal List<int> Tokens { get; } = [];

        internal List<int> TokenStart { get; } = [0];

        internal List<int> RowStart { get; } = [0];

        internal List<byte> Language { get; } = [];

        internal List<ulong> TextHash { get; } = [];

        internal List<int> SourceOfRow { get; } = [];

        internal List<int> NumberOfRow { get; } = [];

        internal List<string> Languages { get; } = [];

        /// <summary>Adds a row; one with fewer than two texts that hold a token is passed over.</summary>
        /// <param name="row">The row.</param>
        /// <param name="source">Position of its source.</param>
        /// <param name="number">The row's number in its source, from 1, for messages.</param>
        public void Add(ParallelRow row, int source, int number = 0)
        {
            var (cells, tokens) = (Language.Count, Tokens.Count);
            foreach (var (language, text) in row.Texts)
            {
                _ids.Clear();
                tokenizer.AppendIds(text, _ids);
                if (_ids.Count == 0) continue;
                Tokens.AddRange(CollectionsMarshal.AsSpan(_ids)[..Math.Min(_ids.Count, maxTokens)]);
                TokenStart.Add(Tokens.Count);
                Language.Add(LanguagePosition(language));
                TextHash.Add(Hash(text));
            }
            if (Language.Count - cells < 2)
            {
                CollectionsMarshal.SetCount(Tokens, tokens);
                CollectionsMarshal.SetCount(Language, cells);
                CollectionsMarshal.SetCount(TextHash, cells);
                CollectionsMarshal.SetCount(TokenStart, cells + 1);
                return;
            }
            RowStart.Add(Language.Count);
            SourceOfRow.Add(source);
            NumberOfRow.Add(number);
        }

        /// <summary>The corpus of all rows added.</summary>
        public ParallelCorpus Build() => new(this);

        private byte LanguagePosition(string language)
        {
            if (!_languageOf.TryGetValue(language, out var position))
            {
                _languageOf[language] = position = Languages.Count;
                Languages.Add(language);
            }
            return checked((byte)position);
        }

        private static ulong Hash(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(TrainingText.Folded(text));
            return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));
        }
    }
}
