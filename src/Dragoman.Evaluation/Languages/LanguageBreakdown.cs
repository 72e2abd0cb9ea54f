using Dragoman.Collections;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Languages;

/// <summary>The measures of a run for the passages of one language, and for queries in one language where those differ.</summary>
/// <param name="QueryLanguage">BCP 47 tag of the queries; null when they are all in one language or their language is not known.</param>
/// <param name="PassageLanguage">BCP 47 tag of the passages.</param>
/// <param name="Share">Share of the first passages of the full rankings that are in the language, within [0, 1]; see <see cref="LanguageBreakdown.ShareRanks"/>.</param>
/// <param name="Result">The measures, over the queries that have a relevant passage in the language; a query for which none was retrieved counts as 0.</param>
public sealed record LanguageRow(string? QueryLanguage, string PassageLanguage, double Share, EvaluationResult Result);

/// <summary>Measures a run language by language: both sides restricted to the passages of a language, so that they are ranked against one another only.</summary>
public static class LanguageBreakdown
{
    /// <summary>How many ranks <see cref="LanguageRow.Share"/> looks at: 10.</summary>
    public const int ShareRanks = 10;

    /// <summary>Computes measures for every language, or pair of languages, for which there are relevant passages.</summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="run">The run.</param>
    /// <param name="measures">What to compute; those that compare languages are left out.</param>
    /// <param name="options">How; null for the defaults. Queries that the run lacks count as 0 only with <see cref="EvaluationOptions.Complete"/>.</param>
    /// <param name="languages">The languages of passages and queries.</param>
    /// <returns>Rows in ordinal order of query language and passage language.</returns>
    public static IReadOnlyList<LanguageRow> Evaluate(Qrels qrels, Run run, IReadOnlyList<Measure> measures, EvaluationOptions? options, LanguageMap languages)
    {
        options ??= new EvaluationOptions();
        var single = measures.Where(measure => !measure.NeedsLanguages).ToList();
        var counted = qrels.QueryIds.Where(id => options.Complete || run.IndexOfQuery(id) >= 0).ToList();
        var queryLanguages = counted.Select(languages.OfQuery).Distinct().Order().ToList();
        var rows = new List<LanguageRow>();
        foreach (var asked in queryLanguages.Count > 1 ? queryLanguages : [int.MinValue])
        {
            var queries = asked == int.MinValue ? counted : [.. counted.Where(id => languages.OfQuery(id) == asked)];
            for (var language = 0; language < languages.Tags.Count; language++)
            {
                bool InLanguage(string id) => languages.OfPassage(id) == language;
                var relevant = queries.Where(id => qrels.Judgements(id).Any(judgement => judgement.Grade >= options.RelevanceLevel && InLanguage(judgement.PassageId))).ToHashSet(StringComparer.Ordinal);
                if (relevant.Count == 0) continue;
                var result = Evaluator.Evaluate(qrels.Restrict(relevant.Contains, InLanguage), run.Restrict(relevant.Contains, InLanguage), single, options with { Complete = true });
                rows.Add(new LanguageRow(asked == int.MinValue ? null : asked < 0 ? "und" : languages.Tags[asked], languages.Tags[language], Share(run, queries, languages, language), result));
            }
        }
        return [.. rows.OrderBy(row => row.QueryLanguage, StringComparer.Ordinal).ThenBy(row => row.PassageLanguage, StringComparer.Ordinal)];
    }

    private static double Share(Run run, List<string> queries, LanguageMap languages, int language)
    {
        var (inLanguage, all) = (0, 0);
        foreach (var query in queries.Select(run.IndexOfQuery).Where(query => query >= 0))
        {
            var top = run.PassagesAt(query);
            foreach (var passage in top[..Math.Min(ShareRanks, top.Length)])
            {
                all++;
                if (languages.OfPassage(run.Passages.Utf8(passage)) == language) inLanguage++;
            }
        }
        return all == 0 ? 0 : (double)inLanguage / all;
    }
}
