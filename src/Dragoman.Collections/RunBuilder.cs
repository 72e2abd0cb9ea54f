using System.Text;

namespace Dragoman.Collections;

/// <summary>Gathers rankings and makes a <see cref="Run"/> of them. Not thread-safe: gather from one thread, or lock.</summary>
/// <param name="tag">The name of the system, without white space.</param>
public sealed class RunBuilder(string tag)
{
    private readonly GroupedEntries<double> _entries = new();
    private int _lastQuery = -1;

    /// <summary>Adds a passage to a query's ranking; in any order, for any query.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="passageId">The passage; once for each query.</param>
    /// <param name="score">Its score, finite; higher is better.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is not finite.</exception>
    public void Add(string queryId, string passageId, double score) => Add(Encoding.UTF8.GetBytes(queryId), Encoding.UTF8.GetBytes(passageId), score);

    /// <summary>Adds a query's ranking.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="ranking">Its passages with finite scores, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite.</exception>
    public void Add(string queryId, IEnumerable<RankedPassage> ranking)
    {
        foreach (var (passageId, score) in ranking) Add(queryId, passageId, score);
    }

    /// <summary>Makes the run.</summary>
    /// <exception cref="ArgumentException">A passage was added twice for one query.</exception>
    public Run Build() => Build(null);

    internal void Add(string queryId, string passageId, double score, int line) => Add(Encoding.UTF8.GetBytes(queryId), Encoding.UTF8.GetBytes(passageId), score, line);

    internal void Add(ReadOnlySpan<byte> queryId, ReadOnlySpan<byte> passageId, double score, int line = 0)
    {
        if (!double.IsFinite(score)) throw new ArgumentOutOfRangeException(nameof(score), score, "A score must be finite.");
        if (_lastQuery < 0 || !_entries.Queries.Utf8(_lastQuery).SequenceEqual(queryId)) _lastQuery = _entries.Queries.Add(queryId);
        _entries.Add(_lastQuery, _entries.Passages.Add(passageId), score, line);
    }

    internal Run Build(string? path)
    {
        var (offsets, passages, scores) = _entries.Group(path);
        return new Run(tag, _entries.Queries, _entries.Passages, offsets, passages, scores);
    }
}
