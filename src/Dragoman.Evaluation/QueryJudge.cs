using System.Runtime.CompilerServices;
using Dragoman.Collections;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Evaluation;

/// <summary>The order of passages whose scores tie.</summary>
internal enum TieOrder
{
    /// <summary>trec_eval's: by passage id, descending.</summary>
    Given,

    /// <summary>Lower grades first.</summary>
    Worst,

    /// <summary>Higher grades first.</summary>
    Best,
}

/// <summary>Looks up the grades of one query's ranking after another, reusing its buffers; a result is valid until the next call.</summary>
internal sealed class QueryJudge(Qrels qrels, EvaluationOptions options, LanguageMap? languages)
{
    private readonly int[] _gradeOf = Filled(qrels.Passages.Count, JudgedRanking.Unjudged);         // of a passage in the query at hand
    private readonly int[] _rankOf = languages is null ? [] : new int[qrels.Passages.Count];
    private int[] _grades = [], _judgedOnly = [], _ideal = [], _order = [], _rankLanguages = [];
    private JudgedPassage[] _judged = [];
    private int _query = -1, _idealCount, _queryLanguage = -1;

    /// <summary>Begins a query.</summary>
    /// <param name="query">The query's number in the qrels.</param>
    internal void Begin(int query)
    {
        if (_query >= 0)
            foreach (var passage in qrels.PassagesAt(_query)) _gradeOf[passage] = JudgedRanking.Unjudged;
        _query = query;
        var passages = qrels.PassagesAt(query);
        var grades = qrels.GradesAt(query);
        for (var i = 0; i < passages.Length; i++) _gradeOf[passages[i]] = grades[i];
        if (_ideal.Length < grades.Length) _ideal = new int[grades.Length * 2];
        _idealCount = 0;
        foreach (var grade in grades)
            if (grade >= 0) _ideal[_idealCount++] = grade;
        var ideal = _ideal.AsSpan(0, _idealCount);
        ideal.Sort();
        ideal.Reverse();
        if (languages is not null) _queryLanguage = languages.OfQuery(qrels.QueryIds[query]);
    }

    /// <summary>Judges a ranking for the query.</summary>
    /// <param name="ranked">The ranking.</param>
    /// <param name="order">The order within ties.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal JudgedRanking Judge(RankedPassages ranked, TieOrder order = TieOrder.Given)
    {
        if (_grades.Length < ranked.Count) (_grades, _judgedOnly, _order) = (new int[ranked.Count * 2], new int[ranked.Count * 2], new int[ranked.Count * 2]);
        for (var i = 0; i < ranked.Count; i++) _grades[i] = ranked.InQrels[i] is >= 0 and var passage ? _gradeOf[passage] : JudgedRanking.Unjudged;
        if (order != TieOrder.Given) Rearrange(ranked, order);
        var depth = Math.Min(ranked.Count, options.Depth ?? int.MaxValue);
        var kept = 0;
        for (var i = 0; i < depth; i++)
            if (_grades[i] >= 0) _judgedOnly[kept++] = _grades[i];
        var judgedOnly = _judgedOnly.AsSpan(0, kept);
        var seen = options.JudgedOnly ? judgedOnly : _grades.AsSpan(0, depth);
        return new JudgedRanking(seen, judgedOnly, _ideal.AsSpan(0, _idealCount), options.RelevanceLevel, languages is null ? default : Languages(ranked, depth));
    }

    private void Rearrange(RankedPassages ranked, TieOrder order)
    {
        for (var start = 0; start < ranked.Count;)
        {
            var end = ranked.TieEnd(start);
            var tied = _grades.AsSpan(start, end - start);
            tied.Sort();
            if (order == TieOrder.Best) tied.Reverse();
            start = end;
        }
    }

    private LanguageView Languages(RankedPassages ranked, int depth)
    {
        var passages = qrels.PassagesAt(_query);
        var grades = qrels.GradesAt(_query);
        if (_rankLanguages.Length < depth) _rankLanguages = new int[depth * 2];
        if (_judged.Length < passages.Length) _judged = new JudgedPassage[passages.Length * 2];
        var rank = 0;
        for (var i = 0; i < depth; i++)
        {
            if (options.JudgedOnly && _grades[i] < 0) continue;
            _rankLanguages[rank++] = ranked.Languages[i];
            if (ranked.InQrels[i] >= 0) _rankOf[ranked.InQrels[i]] = rank;
        }
        for (var i = 0; i < passages.Length; i++)
            _judged[i] = new JudgedPassage(grades[i], _rankOf[passages[i]], languages!.OfPassage(qrels.Passages.Utf8(passages[i])));
        for (var i = 0; i < depth; i++)
            if (ranked.InQrels[i] >= 0) _rankOf[ranked.InQrels[i]] = 0;
        return new LanguageView(_queryLanguage, _rankLanguages.AsSpan(0, rank), _judged.AsSpan(0, passages.Length));
    }

    private static int[] Filled(int count, int value)
    {
        var array = new int[count];
        Array.Fill(array, value);
        return array;
    }
}
