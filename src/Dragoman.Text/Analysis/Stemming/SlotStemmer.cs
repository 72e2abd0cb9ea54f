namespace Dragoman.Text.Analysis.Stemming;

/// <summary>A light stemmer: cuts at most one suffix a slot, the outermost slot first and the longest suffix of it, as long as enough letters are left.</summary>
internal sealed class SlotStemmer : IStemmer
{
    private readonly int _minimum;
    private readonly string[] _prefixes;
    private readonly SuffixTable[] _slots;

    /// <summary>Creates a stemmer.</summary>
    /// <param name="minimum">Letters that must be left, in UTF-16 units.</param>
    /// <param name="slots">The suffixes of each slot, separated by spaces.</param>
    internal SlotStemmer(int minimum, params string[] slots)
        : this(minimum, "", slots)
    {
    }

    /// <summary>Creates a stemmer that cuts a prefix first.</summary>
    /// <param name="minimum">Letters that must be left, in UTF-16 units.</param>
    /// <param name="prefixes">Prefixes separated by spaces, of which the longest is cut.</param>
    /// <param name="slots">The suffixes of each slot, separated by spaces.</param>
    internal SlotStemmer(int minimum, string prefixes, string[] slots)
    {
        _minimum = minimum;
        _prefixes = [.. prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).OrderByDescending(prefix => prefix.Length)];
        _slots = [.. slots.Select(slot => new SuffixTable(slot))];
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var stem = word.AsSpan();
        foreach (var prefix in _prefixes)
        {
            if (!stem.StartsWith(prefix) || stem.Length - prefix.Length < _minimum) continue;
            stem = stem[prefix.Length..];
            break;
        }
        foreach (var slot in _slots)
        {
            // A suffix must leave enough letters; the longest that does is cut.
            var spare = stem.Length - _minimum;
            if (spare > 0) stem = stem[..^slot.Longest(stem[^spare..], out _)];
        }
        return stem.ToString();
    }
}
