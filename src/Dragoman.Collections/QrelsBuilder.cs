using System.Text;

namespace Dragoman.Collections;

/// <summary>Gathers judgements and makes <see cref="Qrels"/> of them. Not thread-safe.</summary>
public sealed class QrelsBuilder
{
    private readonly GroupedEntries<int> _entries = new();

    /// <summary>Adds a judgement; in any order, for any query.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="passageId">The passage; once for each query.</param>
    /// <param name="grade">Its grade.</param>
    public void Add(string queryId, string passageId, int grade) => Add(Encoding.UTF8.GetBytes(queryId), Encoding.UTF8.GetBytes(passageId), grade);

    /// <summary>Makes the qrels.</summary>
    /// <exception cref="ArgumentException">A passage was added twice for one query.</exception>
    public Qrels Build() => Build(null);

    internal void Add(string queryId, string passageId, int grade, int line) => Add(Encoding.UTF8.GetBytes(queryId), Encoding.UTF8.GetBytes(passageId), grade, line);

    internal void Add(ReadOnlySpan<byte> queryId, ReadOnlySpan<byte> passageId, int grade, int line = 0) =>
        _entries.Add(_entries.Queries.Add(queryId), _entries.Passages.Add(passageId), grade, line);

    internal Qrels Build(string? path)
    {
        var (offsets, passages, grades) = _entries.Group(path);
        return new Qrels(_entries.Queries, _entries.Passages, offsets, passages, grades);
    }
}
