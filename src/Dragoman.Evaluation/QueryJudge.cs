using Dragoman.Collections;

namespace Dragoman.Evaluation;

/// <summary>Looks up the grades of one query's ranking after another, reusing its buffers; the result is valid until the next query.</summary>
internal sealed class QueryJudge
{
    private readonly Qrels _qrels;
    private readonly Run _run;
    private readonly EvaluationOptions _options;
    private readonly int[] _toQrels;         // number of a passage in the run -> its number in the qrels, or -1
    private readonly int[] _gradeOf;         // number of a passage in the qrels -> grade in the query at hand
    private int[] _order = [], _grades = [], _gains = [];

    internal QueryJudge(Qrels qrels, Run run, EvaluationOptions options)
    {
        (_qrels, _run, _options) = (qrels, run, options);
        _toQrels = new int[run.Passages.Count];
        for (var passage = 0; passage < _toQrels.Length; passage++) _toQrels[passage] = qrels.Passages.IndexOf(run.Passages.Utf8(passage));
        _gradeOf = new int[qrels.Passages.Count];
        Array.Fill(_gradeOf, JudgedRanking.Unjudged);
    }

    /// <summary>Judges a query.</summary>
    /// <param name="inQrels">The query's number in the qrels.</param>
    /// <param name="inRun">The query's number in the run; -1 for an empty ranking.</param>
    internal JudgedRanking Judge(int inQrels, int inRun)
    {
        var judged = _qrels.PassagesAt(inQrels);
        var grades = _qrels.GradesAt(inQrels);
        for (var i = 0; i < judged.Length; i++) _gradeOf[judged[i]] = grades[i];
        var depth = inRun < 0 ? 0 : Rank(inRun);
        foreach (var passage in judged) _gradeOf[passage] = JudgedRanking.Unjudged;

        if (_gains.Length < grades.Length) _gains = new int[grades.Length * 2];
        var (gains, relevant, nonRelevant) = (0, 0, 0);
        foreach (var grade in grades)
        {
            if (grade > 0) _gains[gains++] = grade;
            if (grade >= _options.RelevanceLevel) relevant++;
            else if (grade >= 0) nonRelevant++;
        }
        _gains.AsSpan(0, gains).Sort((left, right) => right.CompareTo(left));
        return new JudgedRanking(_grades.AsSpan(0, depth), _gains.AsSpan(0, gains), relevant, nonRelevant, _options.RelevanceLevel);
    }

    private int Rank(int inRun)
    {
        var passages = _run.PassagesAt(inRun);
        var scores = _run.ScoresAt(inRun);
        if (_order.Length < passages.Length) (_order, _grades) = (new int[passages.Length * 2], new int[passages.Length * 2]);
        passages.CopyTo(_order);
        SortFloatTies(scores);
        var depth = Math.Min(passages.Length, _options.Depth ?? int.MaxValue);
        for (var rank = 0; rank < depth; rank++)
        {
            var passage = _toQrels[_order[rank]];
            _grades[rank] = passage < 0 ? JudgedRanking.Unjudged : _gradeOf[passage];
        }
        return depth;
    }

    // A run is in order of its scores as doubles; scores that differ only beyond 32-bit precision tie for trec_eval.
    private void SortFloatTies(ReadOnlySpan<double> scores)
    {
        for (var start = 0; start < scores.Length;)
        {
            var end = start + 1;
            while (end < scores.Length && (float)scores[end] == (float)scores[start]) end++;
            if (end - start > 1 && scores[start] != scores[end - 1]) _order.AsSpan(start, end - start).Sort((left, right) => _run.Passages.Compare(right, left));
            start = end;
        }
    }
}
