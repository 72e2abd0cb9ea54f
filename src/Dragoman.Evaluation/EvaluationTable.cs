using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation;

/// <summary>The values of every judged query, filled by one or more <see cref="QueryScorer"/>s, each from its own thread.</summary>
internal sealed class EvaluationTable
{
    internal EvaluationTable(Qrels qrels, IReadOnlyList<Measure> measures, EvaluationOptions options, LanguageMap? languages)
    {
        var problems = options.Problems().ToList();
        var highest = Enumerable.Range(0, qrels.QueryIds.Count).Select(query => Highest(qrels.GradesAt(query))).DefaultIfEmpty().Max();
        problems.AddRange(measures.Select(measure => measure.ProblemWith(highest)).OfType<string>());
        problems.AddRange(measures.Where(measure => measure.NeedsLanguages && languages is null).Select(measure => $"{measure} needs the passages' languages; name their collection."));
        if (problems.Count > 0) throw new ConfigurationException("evaluation", problems);
        (Qrels, Measures, Options) = (qrels, [.. measures], options);
        Languages = languages;
        Queries = new QueryValues?[qrels.QueryIds.Count];
    }

    internal Qrels Qrels { get; }

    internal Measure[] Measures { get; }

    internal EvaluationOptions Options { get; }

    internal LanguageMap? Languages { get; }

    /// <summary>By number of the query in the qrels; null for one that the run lacks.</summary>
    internal QueryValues?[] Queries { get; }

    /// <summary>Makes the result, with an empty ranking for the queries that the run lacks where they count.</summary>
    /// <param name="run">What the run holds.</param>
    internal EvaluationResult Finish(RunFacts run)
    {
        var inBoth = Queries.Count(query => query is not null);
        if (Options.Complete && inBoth < Queries.Length)
        {
            var scorer = new QueryScorer(this);
            for (var query = 0; query < Queries.Length; query++)
                if (Queries[query] is null) scorer.ScoreEmpty(query);
        }
        var counted = Enumerable.Range(0, Queries.Length).Where(query => Queries[query] is not null).OrderBy(query => Qrels.QueryIds[query], StringComparer.Ordinal).ToList();
        var rows = counted.Select(query => Queries[query]!).ToList();
        return new EvaluationResult
        {
            Measures = Measures,
            QueryIds = [.. counted.Select(query => Qrels.QueryIds[query])],
            ByQuery = [.. rows.Select(row => row.Given)],
            Overall = [.. Measures.Select((measure, i) => Overall(rows, measure, row => row.Given[i]))],
            QueriesOnlyInRun = run.Queries - inBoth,
            QueriesOnlyInQrels = Queries.Length - inBoth,
            ConstantScoreQueries = rows.Count(row => row.IsConstant),
            Ties = [.. Measures.Select((measure, i) => Bound(rows, measure, i))],
            Run = run with
            {
                JudgedShare = rows.Count(row => row.Facts.Retrieved > 0) is var ranked && ranked == 0 ? 0 : rows.Sum(row => row.Facts.JudgedShare) / ranked,
                Relevant = rows.Sum(row => row.Facts.Relevant),
                RelevantRetrieved = rows.Sum(row => row.Facts.RelevantRetrieved),
                SameIdRelevant = rows.Count(row => row.Facts.SameId != SameId.NotRelevant),
                SameIdRetrieved = rows.Count(row => row.Facts.SameId == SameId.Retrieved),
                UnknownPassages = Languages is null ? null : rows.Sum(row => row.Facts.Unknown),
                ConstantQueryIds = [.. counted.Where(query => Queries[query]!.IsConstant).Select(query => Qrels.QueryIds[query])],
            },
        };
    }

    private static TieBound Bound(List<QueryValues> rows, Measure measure, int i)
    {
        var known = measure.RewardsOrder;
        return new TieBound
        {
            Measure = measure,
            Worst = Overall(rows, measure, row => (known ? row.Worst ?? row.Given : row.Given)[i]),
            Best = Overall(rows, measure, row => (known ? row.Best ?? row.Given : row.Given)[i]),
            Queries = known ? rows.Count(row => row.Worst is not null && row.Worst[i] != row.Best![i]) : 0,
            IsKnown = known || rows.All(row => row.Worst is null),
        };
    }

    // What is not defined for a query (NaN) does not count in a mean.
    private static double Overall(List<QueryValues> rows, Measure measure, Func<QueryValues, double> value)
    {
        var (sum, count) = (0.0, 0);
        foreach (var row in rows)
        {
            if (double.IsNaN(value(row))) continue;
            sum += value(row);
            count++;
        }
        return measure.IsCount ? sum : count == 0 ? (rows.Count == 0 ? 0 : double.NaN) : sum / count;
    }

    private static int Highest(ReadOnlySpan<int> grades)
    {
        var highest = 0;
        foreach (var grade in grades) highest = Math.Max(highest, grade);
        return highest;
    }
}
