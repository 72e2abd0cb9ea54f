using System.Text;

namespace Dragoman.Text.Tokenizers.WordPiece;

/// <summary>BERT's tokenizer: words from <see cref="WordSplitter"/>, then the longest matching tokens from the left (transformers' <c>BertTokenizer</c>).</summary>
internal sealed class WordPieceTokenizer : ITokenizer
{
    private const int MaxWordCharacters = 100;

    private readonly WordPieceVocabulary _vocabulary;
    private readonly WordSplitter _splitter;
    private readonly SpecialTokenSplitter _special;
    private readonly IReadOnlyDictionary<string, int> _added;
    private readonly Dictionary<int, string> _addedTokens = [];
    private readonly SequenceLayout _layout;

    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="options">How text is prepared.</param>
    /// <param name="special">Tokens recognised in texts, with ids inside or behind the vocabulary; the five roles are among them.</param>
    /// <param name="roles">Which tokens play the roles.</param>
    /// <param name="maxLength">The model's longest input in tokens, if known.</param>
    internal WordPieceTokenizer(WordPieceVocabulary vocabulary, WordPieceOptions options, IReadOnlyDictionary<string, int> special, SpecialTokenNames roles, int? maxLength)
    {
        (_vocabulary, _splitter, _special, _added, MaxLength) = (vocabulary, new WordSplitter(options), new SpecialTokenSplitter(special), special, maxLength);
        foreach (var (token, id) in special) _addedTokens[id] = token;
        var (classifier, separator) = (special[roles.Classifier], special[roles.Separator]);
        (PadId, UnknownId) = (special[roles.Padding], special[roles.Unknown]);
        _layout = new SequenceLayout([classifier], [separator], [separator], 1);
        VocabularySize = Math.Max(vocabulary.Count, special.Values.Max() + 1);
    }

    public int VocabularySize { get; }

    public int PadId { get; }

    public int UnknownId { get; }

    public int? MaxLength { get; }

    public int? IdOf(string token) => _added.TryGetValue(token, out var id) ? id : _vocabulary.IdOf(token);

    public int SpecialTokens(bool pair) => _layout.SpecialTokens(pair);

    public EncodedText Combine(IReadOnlyList<int> first, IReadOnlyList<int>? second, int? maxLength = null, Truncation truncation = Truncation.LongestFirst) =>
        _layout.Combine(first, second, maxLength, truncation);

    public Tokenization Tokenize(string text)
    {
        var ids = new List<int>();
        AppendIds(text, ids);
        return new Tokenization(ids.ConvertAll(id => _addedTokens.TryGetValue(id, out var token) ? token : _vocabulary.TokenOf(id)), ids);
    }

    public void AppendIds(string text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ids);
        void Receive(ReadOnlySpan<char> word) => AppendWord(word, ids);
        var rest = text.AsSpan();
        while (_special.Next(rest, out var start, out var token, out var id))
        {
            _splitter.Split(rest[..start], Receive);
            ids.Add(id);
            rest = rest[(start + token.Length)..];
        }
        _splitter.Split(rest, Receive);
    }

    private void AppendWord(ReadOnlySpan<char> word, List<int> ids)
    {
        var before = ids.Count;
        if (word.Length > MaxWordCharacters && Characters(word) > MaxWordCharacters)
        {
            ids.Add(UnknownId);
            return;
        }
        for (var start = 0; start < word.Length;)
        {
            var length = _vocabulary.LongestPrefix(word[start..], start > 0, out var id);
            if (length == 0)
            {
                // A word that cannot be covered to its end is unknown as a whole.
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(UnknownId);
                return;
            }
            ids.Add(id);
            start += length;
        }
    }

    private static int Characters(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes()) count++;
        return count;
    }
}
