using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Collections;

/// <summary>Judgements: query to passage to grade. Immutable and thread-safe; 8 bytes a judgement, and every distinct passage id once.</summary>
public sealed class Qrels
{
    private readonly IdTable _queries;
    private readonly int[] _offsets, _passages, _grades;

    internal Qrels(IdTable queries, IdTable passages, int[] offsets, int[] entries, int[] grades)
    {
        (_queries, Passages) = (queries, passages);
        (_offsets, _passages, _grades) = (offsets, entries, grades);
        QueryIds = [.. Enumerable.Range(0, queries.Count).Select(query => queries[query])];
    }

    /// <summary>Ids of the judged queries, in order of appearance.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>Judgements over all queries.</summary>
    public int JudgementCount => _passages.Length;

    /// <summary>Every judged passage id; the numbers in <see cref="PassagesAt"/> refer to it.</summary>
    public IdTable Passages { get; }

    /// <summary>Position of a query in <see cref="QueryIds"/>; -1 when it was not judged.</summary>
    /// <param name="queryId">The query's id.</param>
    public int IndexOfQuery(string queryId) => _queries.IndexOf(queryId);

    /// <summary>Position of a query in <see cref="QueryIds"/>; -1 when it was not judged.</summary>
    /// <param name="queryId">The query's id in UTF-8.</param>
    public int IndexOfQuery(ReadOnlySpan<byte> queryId) => _queries.IndexOf(queryId);

    /// <summary>The judged passages of a query as numbers into <see cref="Passages"/>, in order of appearance.</summary>
    /// <param name="query">Position in <see cref="QueryIds"/>.</param>
    public ReadOnlySpan<int> PassagesAt(int query) => _passages.AsSpan(_offsets[query].._offsets[query + 1]);

    /// <summary>The grades that go with <see cref="PassagesAt"/>.</summary>
    /// <param name="query">Position in <see cref="QueryIds"/>.</param>
    public ReadOnlySpan<int> GradesAt(int query) => _grades.AsSpan(_offsets[query].._offsets[query + 1]);

    /// <summary>The judgements of a query, in order of appearance; empty when it was not judged.</summary>
    /// <param name="queryId">The query's id.</param>
    public IReadOnlyList<Judgement> Judgements(string queryId)
    {
        var query = IndexOfQuery(queryId);
        if (query < 0) return [];
        var judgements = new Judgement[_offsets[query + 1] - _offsets[query]];
        for (var i = 0; i < judgements.Length; i++) judgements[i] = new Judgement(Passages[_passages[_offsets[query] + i]], _grades[_offsets[query] + i]);
        return judgements;
    }

    /// <summary>The grade of a passage for a query; null when it was not judged. Takes time linear in the query's judgements.</summary>
    /// <param name="queryId">The query's id.</param>
    /// <param name="passageId">The passage's id.</param>
    public int? Grade(string queryId, string passageId)
    {
        var (query, passage) = (IndexOfQuery(queryId), Passages.IndexOf(passageId));
        if (query < 0 || passage < 0) return null;
        var at = PassagesAt(query).IndexOf(passage);
        return at < 0 ? null : GradesAt(query)[at];
    }

    /// <summary>A short name for the judgements themselves, the same for every format and order of lines: the first 16 hexadecimal digits of a SHA-256.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var query in Enumerable.Range(0, QueryIds.Count).OrderBy(query => QueryIds[query], StringComparer.Ordinal))
        {
            var lines = new string[_offsets[query + 1] - _offsets[query]];
            for (var i = 0; i < lines.Length; i++)
                lines[i] = string.Create(CultureInfo.InvariantCulture, $"{QueryIds[query]}\t{Passages[_passages[_offsets[query] + i]]}\t{_grades[_offsets[query] + i]}\n");
            Array.Sort(lines, StringComparer.Ordinal);
            foreach (var line in lines) hash.AppendData(Encoding.UTF8.GetBytes(line));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The same qrels with only some queries and passages. A query that keeps no judgement is left out.</summary>
    /// <param name="keepQuery">Asked once for every query id.</param>
    /// <param name="keepPassage">Asked once for every distinct passage id.</param>
    public Qrels Restrict(Func<string, bool> keepQuery, Func<string, bool> keepPassage)
    {
        var kept = new bool[Passages.Count];
        for (var passage = 0; passage < kept.Length; passage++) kept[passage] = keepPassage(Passages[passage]);
        var builder = new QrelsBuilder();
        for (var query = 0; query < QueryIds.Count; query++)
        {
            if (!keepQuery(QueryIds[query])) continue;
            for (var at = _offsets[query]; at < _offsets[query + 1]; at++)
                if (kept[_passages[at]]) builder.Add(_queries.Utf8(query), Passages.Utf8(_passages[at]), _grades[at]);
        }
        return builder.Build();
    }
}
