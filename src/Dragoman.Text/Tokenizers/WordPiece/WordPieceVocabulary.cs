using System.Globalization;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Text.Tokenizers.WordPiece;

/// <summary>The tokens of a <c>vocab.txt</c>: one a line, ids from 0, continuations written with <c>##</c>.</summary>
internal sealed class WordPieceVocabulary
{
    private const string Continuation = "##";

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal), _continuations = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];

    private WordPieceVocabulary()
    {
    }

    internal int Count => _tokens.Count;

    /// <summary>Length of the longest token in UTF-16 units, its <c>##</c> included.</summary>
    internal int LongestToken { get; private set; }

    /// <summary>Whether ordinary tokens contain upper-case letters, so that text must not be lower-cased.</summary>
    internal bool IsCased { get; private set; }

    internal string TokenOf(int id) => _tokens[id];

    internal int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>Reads a vocabulary; a token that is listed twice has the later id, as in transformers.</summary>
    /// <exception cref="DataFormatException">The file is missing, empty or not UTF-8 text.</exception>
    internal static WordPieceVocabulary Read(string path)
    {
        if (!File.Exists(path)) throw new DataFormatException(path, 0, "the file does not exist; expected a vocabulary with one token a line.");
        var vocabulary = new WordPieceVocabulary();
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            while (reader.ReadLine() is { } token) vocabulary.Add(token);
        }
        catch (DecoderFallbackException failure)
        {
            throw new DataFormatException(path, vocabulary.Count + 1, "this is not UTF-8 text; expected one token a line. Is the file damaged?", failure);
        }
        if (vocabulary.Count == 0) throw new DataFormatException(path, 0, "the vocabulary is empty; expected one token a line. Is the file truncated?");
        return vocabulary;
    }

    /// <summary>The longest token that starts the text.</summary>
    /// <param name="text">What is left of the word.</param>
    /// <param name="continues">Whether something of the word came before.</param>
    /// <param name="id">The token's id.</param>
    /// <returns>How much of the text the token covers in UTF-16 units; 0 when no token starts it.</returns>
    internal int LongestPrefix(ReadOnlySpan<char> text, bool continues, out int id)
    {
        var lookup = (continues ? _continuations : _ids).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(text.Length, LongestToken); length > 0; length--)
        {
            if (lookup.TryGetValue(text[..length], out id)) return length;
        }
        id = -1;
        return 0;
    }

    private void Add(string token)
    {
        var id = _tokens.Count;
        _tokens.Add(token);
        _ids[token] = id;
        LongestToken = Math.Max(LongestToken, token.Length);
        var continues = token.Length > Continuation.Length && token.StartsWith(Continuation, StringComparison.Ordinal);
        if (continues) _continuations[token[Continuation.Length..]] = id;
        var isSpecial = (token.StartsWith('[') && token.EndsWith(']')) || (token.StartsWith('<') && token.EndsWith('>'));
        IsCased |= !isSpecial && token.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter);
    }
}
