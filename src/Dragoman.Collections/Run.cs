namespace Dragoman.Collections;

/// <summary>
/// Ranked passages for a set of queries. Within a query they are sorted by score descending, ties by passage id descending (byte order), which
/// is the order trec_eval sees. Immutable and thread-safe; 12 bytes an entry, and every distinct passage id once.
/// </summary>
public sealed class Run
{
    private readonly IdTable _queries;
    private readonly int[] _offsets, _passages;
    private readonly double[] _scores;

    internal Run(string tag, IdTable queries, IdTable passages, int[] offsets, int[] entries, double[] scores)
    {
        Tag = tag;
        (_queries, Passages) = (queries, passages);
        (_offsets, _passages, _scores) = (offsets, entries, scores);
        QueryIds = [.. Enumerable.Range(0, queries.Count).Select(query => queries[query])];
        for (var query = 0; query < queries.Count; query++) Sort(query);
    }

    /// <summary>The name of the system, the sixth column of a TREC run.</summary>
    public string Tag { get; }

    /// <summary>Ids of the queries that have passages, in order of appearance.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>Entries over all queries.</summary>
    public int EntryCount => _passages.Length;

    /// <summary>Every passage id that occurs; the numbers in <see cref="PassagesAt"/> refer to it.</summary>
    public IdTable Passages { get; }

    /// <summary>Position of a query in <see cref="QueryIds"/>; -1 when the run has no passage for it.</summary>
    /// <param name="queryId">The query's id.</param>
    public int IndexOfQuery(string queryId) => _queries.IndexOf(queryId);

    /// <summary>The ranking of a query as numbers into <see cref="Passages"/>, best first.</summary>
    /// <param name="query">Position in <see cref="QueryIds"/>.</param>
    public ReadOnlySpan<int> PassagesAt(int query) => _passages.AsSpan(_offsets[query].._offsets[query + 1]);

    /// <summary>The scores that go with <see cref="PassagesAt"/>, descending.</summary>
    /// <param name="query">Position in <see cref="QueryIds"/>.</param>
    public ReadOnlySpan<double> ScoresAt(int query) => _scores.AsSpan(_offsets[query].._offsets[query + 1]);

    /// <summary>The ranking of a query, best first; empty when the run has none.</summary>
    /// <param name="queryId">The query's id.</param>
    public IReadOnlyList<RankedPassage> Ranking(string queryId)
    {
        var query = IndexOfQuery(queryId);
        if (query < 0) return [];
        var ranking = new RankedPassage[_offsets[query + 1] - _offsets[query]];
        for (var i = 0; i < ranking.Length; i++) ranking[i] = new RankedPassage(Passages[_passages[_offsets[query] + i]], _scores[_offsets[query] + i]);
        return ranking;
    }

    /// <summary>The same run with only some passages: those of one language, say. A query that keeps none is left out.</summary>
    /// <param name="keepPassage">Asked once for every distinct passage id.</param>
    public Run Restrict(Func<string, bool> keepPassage) => Restrict(_ => true, keepPassage);

    /// <summary>The same run with only some queries and passages. A query that keeps no passage is left out.</summary>
    /// <param name="keepQuery">Asked once for every query id.</param>
    /// <param name="keepPassage">Asked once for every distinct passage id.</param>
    public Run Restrict(Func<string, bool> keepQuery, Func<string, bool> keepPassage)
    {
        var kept = new bool[Passages.Count];
        for (var passage = 0; passage < kept.Length; passage++) kept[passage] = keepPassage(Passages[passage]);
        var builder = new RunBuilder(Tag);
        for (var query = 0; query < QueryIds.Count; query++)
        {
            if (!keepQuery(QueryIds[query])) continue;
            for (var at = _offsets[query]; at < _offsets[query + 1]; at++)
                if (kept[_passages[at]]) builder.Add(_queries.Utf8(query), Passages.Utf8(_passages[at]), _scores[at]);
        }
        return builder.Build();
    }

    private void Sort(int query)
    {
        var (start, end) = (_offsets[query], _offsets[query + 1]);
        var sorted = true;
        for (var at = start + 1; at < end && sorted; at++) sorted = Before(at - 1, at);
        if (sorted) return;
        var order = new (double Score, int Passage)[end - start];
        for (var at = start; at < end; at++) order[at - start] = (_scores[at], _passages[at]);
        Array.Sort(order, (left, right) => left.Score != right.Score ? right.Score.CompareTo(left.Score) : Passages.Compare(right.Passage, left.Passage));
        for (var at = start; at < end; at++) (_scores[at], _passages[at]) = order[at - start];
    }

    private bool Before(int left, int right) =>
        _scores[left] > _scores[right] || (_scores[left] == _scores[right] && Passages.Compare(_passages[left], _passages[right]) > 0);
}
