namespace Dragoman.Training.TranslationTables;

/// <summary>
/// Pairs of texts that are translations of each other, as numbers of terms. Beside the terms it holds, for every pair of a source and a target position, the number of the two
/// terms' entry: each distinct pair of terms that stand together in some pair of texts is one entry, and a model gives each entry one probability. Memory is 4 bytes a pair of positions.
/// </summary>
internal sealed class Bitext
{
    // 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, section 6.4).
    private const long KeyFactor = unchecked((long)0x9E3779B97F4A7C15);
    private readonly List<int> _source = [], _target = [], _entries = [];
    private readonly List<int> _sourceStart = [0], _targetStart = [0];
    private readonly List<int> _entryStart = [0];
    private readonly Dictionary<long, int> _entryOf = [];
    private readonly List<int> _sourceOfEntry = [], _targetOfEntry = [];

    /// <summary>The source language's terms.</summary>
    internal TermVocabulary SourceTerms { get; } = new();

    /// <summary>The target language's terms.</summary>
    internal TermVocabulary TargetTerms { get; } = new();

    /// <summary>Number of pairs of texts.</summary>
    internal int Count => _sourceStart.Count - 1;

    /// <summary>Number of distinct pairs of terms that stand together.</summary>
    internal int EntryCount => _sourceOfEntry.Count;

    /// <summary>The longest text of any pair, in terms.</summary>
    internal int LongestText { get; private set; }

    /// <summary>The source terms of a pair.</summary>
    /// <param name="pair">From 0 to below <see cref="Count"/>.</param>
    internal ReadOnlySpan<int> Source(int pair) => Span(_source, _sourceStart[pair], _sourceStart[pair + 1] - _sourceStart[pair]);

    /// <summary>The target terms of a pair.</summary>
    /// <param name="pair">From 0 to below <see cref="Count"/>.</param>
    internal ReadOnlySpan<int> Target(int pair) => Span(_target, _targetStart[pair], _targetStart[pair + 1] - _targetStart[pair]);

    /// <summary>The entries of a pair, shape [source terms, target terms], row by row.</summary>
    /// <param name="pair">From 0 to below <see cref="Count"/>.</param>
    internal ReadOnlySpan<int> Entries(int pair) => Span(_entries, _entryStart[pair], _entryStart[pair + 1] - _entryStart[pair]);

    /// <summary>The source term of every entry.</summary>
    internal ReadOnlySpan<int> SourceOfEntry => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sourceOfEntry);

    /// <summary>The target term of every entry.</summary>
    internal ReadOnlySpan<int> TargetOfEntry => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_targetOfEntry);

    /// <summary>Adds a pair of texts.</summary>
    /// <param name="source">Numbers of source terms, at least one.</param>
    /// <param name="target">Numbers of target terms, at least one.</param>
    internal void Add(ReadOnlySpan<int> source, ReadOnlySpan<int> target)
    {
        _source.AddRange(source);
        _target.AddRange(target);
        foreach (var from in source)
            foreach (var to in target) _entries.Add(Entry(from, to));
        _sourceStart.Add(_source.Count);
        _targetStart.Add(_target.Count);
        _entryStart.Add(_entries.Count);
        LongestText = Math.Max(LongestText, Math.Max(source.Length, target.Length));
    }

    private int Entry(int source, int target)
    {
        // .NET hashes a long by the exclusive or of its halves, which would be the same for thousands of pairs of numbers; times an odd number, keys stay distinct and their halves mix.
        var key = unchecked((((long)source << 32) | (uint)target) * KeyFactor);
        if (_entryOf.TryGetValue(key, out var entry)) return entry;
        _entryOf[key] = entry = _sourceOfEntry.Count;
        _sourceOfEntry.Add(source);
        _targetOfEntry.Add(target);
        return entry;
    }

    private static ReadOnlySpan<int> Span(List<int> list, int start, int length) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list).Slice(start, length);
}
