using Dragoman.Collections.Errors;

namespace Dragoman.Collections;

/// <summary>Gathers (query, passage, value) entries in any order and groups them by query, in order of each query's first appearance.</summary>
/// <typeparam name="T">The value: a score or a grade.</typeparam>
internal sealed class GroupedEntries<T> where T : struct
{
    private Entry[] _entries = new Entry[256];
    private int _count;

    private record struct Entry(int Query, int Passage, int Line, T Value);

    internal IdTable Queries { get; } = new();

    internal IdTable Passages { get; } = new();

    internal void Add(int query, int passage, T value, int line = 0)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, checked(_count * 2));
        _entries[_count++] = new Entry(query, passage, line, value);
    }

    /// <summary>Groups the entries by query; within a query they keep the order of their appearance.</summary>
    /// <param name="path">The file for the message about duplicates; null when the entries come from code.</param>
    internal (int[] Offsets, int[] Passages, T[] Values) Group(string? path)
    {
        var offsets = new int[Queries.Count + 1];
        for (var i = 0; i < _count; i++) offsets[_entries[i].Query + 1]++;
        for (var query = 0; query < Queries.Count; query++) offsets[query + 1] += offsets[query];
        var passages = new int[_count];
        var values = new T[_count];
        var lines = new int[_count];
        var next = offsets[..^1];
        for (var i = 0; i < _count; i++)
        {
            ref readonly var entry = ref _entries[i];
            var at = next[entry.Query]++;
            (passages[at], values[at], lines[at]) = (entry.Passage, entry.Value, entry.Line);
        }
        RequireDistinct(path, offsets, passages, lines);
        return (offsets, passages, values);
    }

    private void RequireDistinct(string? path, int[] offsets, int[] passages, int[] lines)
    {
        var seenIn = new int[Passages.Count];          // query + 1 that had the passage last
        var seenAt = new int[Passages.Count];
        for (var query = 0; query < Queries.Count; query++)
        {
            for (var at = offsets[query]; at < offsets[query + 1]; at++)
            {
                var passage = passages[at];
                if (seenIn[passage] == query + 1) throw Duplicate(path, query, passage, lines[seenAt[passage]], lines[at]);
                (seenIn[passage], seenAt[passage]) = (query + 1, at);
            }
        }
    }

    private Exception Duplicate(string? path, int query, int passage, int first, int second) =>
        path is null
            ? new ArgumentException($"Passage {Passages[passage]} occurs twice for query {Queries[query]}.")
            : new DataFormatException(path, second, $"passage {Passages[passage]} of query {Queries[query]} is already on line {first}; keep one of the two lines.");
}
