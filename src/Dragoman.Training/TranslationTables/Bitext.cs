using Dragoman.Text.Analysis;

namespace Dragoman.Training.TranslationTables;

/// <summary>
/// Pairs of texts that are translations of each other, as numbers of terms. Beside the terms it holds, for every pair of a source and a target position, the number of the two
/// terms' entry: each distinct pair of terms that stand together in some pair of texts is one entry, and a model gives each entry one probability. Memory is 4 bytes a pair of positions.
/// </summary>
internal sealed class Bitext
{
    private readonly List<int> _source = [], _target = [], _entries = [];
    private readonly List<int> _sourceStart = [0], _targetStart = [0];
    private readonly List<int> _entryStart = [0];
    private readonly Dictionary<long, int> _entryOf = [];
    private readonly List<int> _sourceOfEntry = [], _targetOfEntry = [];
    private readonly List<string> _terms = [];

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

    /// <summary>Adds a pair of texts; passed over when a side has no term or more than the limit, or when the longer side has over nine times the terms of the other.</summary>
    /// <param name="source">The source text with its language.</param>
    /// <param name="target">The target text with its language.</param>
    /// <param name="analyzer">Makes the terms; queries and passages must come from the same one.</param>
    /// <param name="maxTerms">The longest text to take, in terms.</param>
    /// <returns>Whether the pair was taken.</returns>
    internal bool Add((string Text, string Language) source, (string Text, string Language) target, IAnalyzer analyzer, int maxTerms)
    {
        const int MostRatio = 9;
        var from = Terms(analyzer, source);
        if (from.Length == 0 || from.Length > maxTerms) return false;
        var to = Terms(analyzer, target);
        if (to.Length == 0 || to.Length > maxTerms || Math.Max(from.Length, to.Length) > MostRatio * Math.Min(from.Length, to.Length)) return false;
        Add(from, to);
        return true;
    }

    /// <summary>Adds a pair of texts given as terms.</summary>
    /// <param name="source">Source terms, at least one.</param>
    /// <param name="target">Target terms, at least one.</param>
    internal void Add(ReadOnlySpan<string> source, ReadOnlySpan<string> target)
    {
        foreach (var term in source) _source.Add(SourceTerms.Add(term));
        foreach (var term in target) _target.Add(TargetTerms.Add(term));
        foreach (var from in _source[_sourceStart[^1]..])
            foreach (var to in _target[_targetStart[^1]..]) _entries.Add(Entry(from, to));
        _sourceStart.Add(_source.Count);
        _targetStart.Add(_target.Count);
        _entryStart.Add(_entries.Count);
        LongestText = Math.Max(LongestText, Math.Max(source.Length, target.Length));
    }

    private string[] Terms(IAnalyzer analyzer, (string Text, string Language) text)
    {
        _terms.Clear();
        analyzer.Analyze(text.Text, text.Language, _terms);
        return [.. _terms];
    }

    private int Entry(int source, int target)
    {
        var key = ((long)source << 32) | (uint)target;
        if (_entryOf.TryGetValue(key, out var entry)) return entry;
        _entryOf[key] = entry = _sourceOfEntry.Count;
        _sourceOfEntry.Add(source);
        _targetOfEntry.Add(target);
        return entry;
    }

    private static ReadOnlySpan<int> Span(List<int> list, int start, int length) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list).Slice(start, length);
}
