using Dragoman.Collections;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Reports;

/// <summary>A run by query language and passage language.</summary>
internal sealed class LanguagePairs
{
    private readonly Qrels _qrels;
    private readonly Func<string, string> _ofQuery, _ofPassage;

    /// <summary>Finds the languages: of the judged queries, and of the judged passages; in ordinal order, the unknown one last.</summary>
    internal LanguagePairs(Qrels qrels, Func<string, string> ofQuery, Func<string, string> ofPassage)
    {
        (_qrels, _ofQuery, _ofPassage) = (qrels, ofQuery, ofPassage);
        QueryLanguages = Order(qrels.QueryIds.Select(ofQuery));
        PassageLanguages = Order(Enumerable.Range(0, qrels.Passages.Count).Select(passage => ofPassage(qrels.Passages[passage])));
    }

    internal IReadOnlyList<string> QueryLanguages { get; }

    internal IReadOnlyList<string> PassageLanguages { get; }

    /// <summary>True when there is more than one pair, and the languages are known.</summary>
    internal bool IsWorthShowing => QueryLanguages.Count * PassageLanguages.Count > 1 && !(QueryLanguages is [LanguageShape.Unknown] && PassageLanguages is [LanguageShape.Unknown]);

    /// <summary>The measure of every pair: queries of one language, run and judgements restricted to passages of one; judged queries without any passage count as 0.</summary>
    /// <returns>Query language, passage language; null where nothing was judged.</returns>
    internal double?[,] Evaluate(Run run, Measure measure, EvaluationOptions options)
    {
        var values = new double?[QueryLanguages.Count, PassageLanguages.Count];
        for (var from = 0; from < QueryLanguages.Count; from++)
        {
            bool Asked(string id) => _ofQuery(id) == QueryLanguages[from];
            var (asked, judged) = (run.Restrict(Asked, _ => true), _qrels.Restrict(Asked, _ => true));
            for (var to = 0; to < PassageLanguages.Count; to++)
            {
                bool Wanted(string id) => _ofPassage(id) == PassageLanguages[to];
                var result = Evaluator.Evaluate(judged.Restrict(_ => true, Wanted), asked.Restrict(Wanted), [measure], options with { Complete = true });
                if (result.QueryIds.Count > 0) values[from, to] = result.Overall[0];
            }
        }
        return values;
    }

    /// <summary>How the first passages of the rankings are shared among languages.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cutoff">How many passages of each ranking to look at.</param>
    /// <param name="languages">The languages of the columns.</param>
    /// <returns>Query language, passage language: a share within [0, 1]; null where the language has no ranking.</returns>
    internal double?[,] Shares(Run run, int cutoff, IReadOnlyList<string> languages)
    {
        var counts = new double[QueryLanguages.Count, languages.Count];
        var totals = new double[QueryLanguages.Count];
        var columns = languages.Index().ToDictionary(language => language.Item, language => language.Index, StringComparer.Ordinal);
        var rows = QueryLanguages.Index().ToDictionary(language => language.Item, language => language.Index, StringComparer.Ordinal);
        for (var query = 0; query < run.QueryIds.Count; query++)
        {
            if (_qrels.IndexOfQuery(run.QueryIds[query]) < 0) continue;
            var row = rows[_ofQuery(run.QueryIds[query])];
            foreach (var passage in run.PassagesAt(query)[..Math.Min(cutoff, run.PassagesAt(query).Length)])
            {
                totals[row]++;
                counts[row, columns[_ofPassage(run.Passages[passage])]]++;
            }
        }
        var shares = new double?[QueryLanguages.Count, languages.Count];
        for (var row = 0; row < QueryLanguages.Count; row++)
            for (var column = 0; column < languages.Count; column++) shares[row, column] = totals[row] == 0 ? null : counts[row, column] / totals[row];
        return shares;
    }

    /// <summary>The languages of the judged passages and of those that the runs retrieve.</summary>
    internal IReadOnlyList<string> RetrievedLanguages(IEnumerable<Run> runs) =>
        Order(PassageLanguages.Concat(runs.SelectMany(run => Enumerable.Range(0, run.Passages.Count).Select(passage => _ofPassage(run.Passages[passage])))));

    private static List<string> Order(IEnumerable<string> languages) =>
        [.. languages.Distinct(StringComparer.Ordinal).OrderBy(language => language == LanguageShape.Unknown).ThenBy(language => language, StringComparer.Ordinal)];
}
