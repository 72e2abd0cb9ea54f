using System.Collections.Frozen;

namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Suffixes in groups, of which the longest that a word ends in is found. Immutable.</summary>
internal sealed class SuffixTable
{
    private readonly FrozenDictionary<string, int> _groups;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest, _shortest;

    /// <summary>Creates a table.</summary>
    /// <param name="groups">Suffixes separated by spaces; each string is a group, numbered from 0.</param>
    internal SuffixTable(params string[] groups)
    {
        _groups = groups.SelectMany((suffixes, group) => suffixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(suffix => KeyValuePair.Create(suffix, group)))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
        (_longest, _shortest) = (_groups.Keys.Max(suffix => suffix.Length), _groups.Keys.Min(suffix => suffix.Length));
    }

    /// <summary>The longest suffix of a text.</summary>
    /// <param name="text">The text; the suffix may be all of it.</param>
    /// <param name="group">The suffix's group, or -1.</param>
    /// <returns>The suffix's length, 0 when there is none.</returns>
    internal int Longest(ReadOnlySpan<char> text, out int group)
    {
        for (var length = Math.Min(_longest, text.Length); length >= _shortest; length--)
            if (_lookup.TryGetValue(text[^length..], out group)) return length;
        group = -1;
        return 0;
    }
}
