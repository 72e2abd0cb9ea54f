using Dragoman.Collections;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Evaluation;

/// <summary>Whether the passage that has the query's own id is relevant to it, and whether it was retrieved.</summary>
internal enum SameId
{
    /// <summary>There is none, or it is not relevant.</summary>
    NotRelevant,

    /// <summary>It is relevant and was not retrieved.</summary>
    Missed,

    /// <summary>It is relevant and was retrieved.</summary>
    Retrieved,
}

/// <summary>What the guards want to know of a query beside its values.</summary>
internal readonly record struct QueryFacts(int Retrieved, double JudgedShare, int Relevant, int RelevantRetrieved, int Unknown, SameId SameId);

/// <summary>The values of one query: as ranked, and with ties in the worst and best order where there are any.</summary>
internal sealed record QueryValues(double[] Given, double[]? Worst, double[]? Best, bool IsConstant, QueryFacts Facts);

/// <summary>Computes the measures of one query after another. Not thread-safe: one for each thread.</summary>
/// <param name="table">Receives the values.</param>
internal sealed class QueryScorer(EvaluationTable table)
{
    /// <summary>How many ranks the guard looks at for judged passages.</summary>
    internal const int JudgedRanks = 10;

    private readonly QueryJudge _judge = new(table.Qrels, table.Options, table.Measures.Any(measure => measure.NeedsLanguages) ? table.Languages : null);
    private readonly RankedPassages _ranked = new(table.Qrels, table.Languages);

    internal void Score(RunGroup group)
    {
        var query = table.Qrels.IndexOfQuery(group.QueryId);
        if (query < 0) return;
        _ranked.Take(group);
        Score(query);
    }

    internal void Score(Run run, int query)
    {
        _ranked.Take(run, run.IndexOfQuery(table.Qrels.QueryIds[query]));
        Score(query);
    }

    internal void ScoreEmpty(int query)
    {
        _ranked.Clear();
        Score(query);
    }

    private void Score(int query)
    {
        _judge.Begin(query);
        var ranking = _judge.Judge(_ranked);
        var given = Values(ranking);
        var facts = Facts(query, ranking);
        var constant = _ranked.Count > 1 && _ranked.Scores[0] == _ranked.Scores[^1];
        var tied = HasTies();
        table.Queries[query] = new QueryValues(given, tied ? Values(_judge.Judge(_ranked, TieOrder.Worst)) : null, tied ? Values(_judge.Judge(_ranked, TieOrder.Best)) : null, constant, facts);
    }

    private double[] Values(JudgedRanking ranking)
    {
        var values = new double[table.Measures.Length];
        for (var i = 0; i < values.Length; i++) values[i] = table.Measures[i].Of(ranking);
        return values;
    }

    private bool HasTies()
    {
        for (var i = 1; i < _ranked.Count; i++)
            if (_ranked.Scores[i] == _ranked.Scores[i - 1]) return true;
        return false;
    }

    private QueryFacts Facts(int query, JudgedRanking ranking)
    {
        var top = ranking.Top(JudgedRanks);
        var unknown = 0;
        foreach (var language in _ranked.Languages)
            if (language < 0) unknown++;
        var share = top.IsEmpty ? 0 : 1 - ((double)top.Count(JudgedRanking.Unjudged) / top.Length);
        return new QueryFacts(_ranked.Count, share, ranking.Relevant, ranking.RelevantWithin(null), unknown, SameIdOf(query));
    }

    private SameId SameIdOf(int query)
    {
        var passage = table.Qrels.Passages.IndexOf(table.Qrels.QueryIds[query]);
        if (passage < 0) return SameId.NotRelevant;
        var at = table.Qrels.PassagesAt(query).IndexOf(passage);
        if (at < 0 || table.Qrels.GradesAt(query)[at] < table.Options.RelevanceLevel) return SameId.NotRelevant;
        return _ranked.InQrels.Contains(passage) ? SameId.Retrieved : SameId.Missed;
    }
}
