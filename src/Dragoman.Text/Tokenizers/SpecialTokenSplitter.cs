using System.Buffers;

namespace Dragoman.Text.Tokenizers;

/// <summary>Finds special and added tokens spelled out in a text, leftmost and longest first, as transformers' slow tokenizers do before they tokenize the rest.</summary>
internal sealed class SpecialTokenSplitter
{
    private readonly (string Token, int Id)[] _longestFirst;
    private readonly SearchValues<string>? _search;

    internal SpecialTokenSplitter(IReadOnlyDictionary<string, int> tokens)
    {
        _longestFirst = [.. tokens.Where(token => token.Key.Length > 0).Select(token => (token.Key, token.Value)).OrderByDescending(token => token.Key.Length).ThenBy(token => token.Key, StringComparer.Ordinal)];
        _search = _longestFirst.Length == 0 ? null : SearchValues.Create([.. _longestFirst.Select(token => token.Token)], StringComparison.Ordinal);
    }

    /// <summary>Finds the next special token.</summary>
    /// <param name="text">The rest of the text.</param>
    /// <param name="start">Where the token starts; the text's length when there is none.</param>
    /// <param name="token">The token; empty when there is none.</param>
    /// <param name="id">The token's id.</param>
    /// <returns>Whether there is one.</returns>
    internal bool Next(ReadOnlySpan<char> text, out int start, out string token, out int id)
    {
        (start, token, id) = (text.Length, "", -1);
        if (_search is null) return false;
        var found = text.IndexOfAny(_search);
        if (found < 0) return false;
        foreach (var candidate in _longestFirst)
        {
            if (!text[found..].StartsWith(candidate.Token, StringComparison.Ordinal)) continue;
            (start, token, id) = (found, candidate.Token, candidate.Id);
            return true;
        }
        return false;
    }
}
