using Dragoman.Collections;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Evaluation.Reports;

/// <summary>How the first passages of rankings are shared among languages, whether or not these have relevant passages.</summary>
internal static class LanguageShares
{
    /// <summary>Counts the languages.</summary>
    /// <param name="runs">The runs of a system.</param>
    /// <param name="queryIds">The queries that count.</param>
    /// <param name="languages">The languages.</param>
    /// <returns>Query language and passage language (<c>und</c> where they are not known) to the share, within [0, 1]; shares of a query language sum to 1.</returns>
    internal static Dictionary<(string Query, string Passage), double> Of(IEnumerable<Run> runs, IReadOnlyList<string> queryIds, LanguageMap languages)
    {
        var counts = new Dictionary<(string Query, string Passage), double>();
        var totals = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            foreach (var id in queryIds)
            {
                if (run.IndexOfQuery(id) is var query && query < 0) continue;
                var asked = Tag(languages, languages.OfQuery(id));
                var top = run.PassagesAt(query);
                foreach (var passage in top[..Math.Min(LanguageBreakdown.ShareRanks, top.Length)])
                {
                    var found = Tag(languages, languages.OfPassage(run.Passages.Utf8(passage)));
                    counts[(asked, found)] = counts.GetValueOrDefault((asked, found)) + 1;
                    totals[asked] = totals.GetValueOrDefault(asked) + 1;
                }
            }
        }
        return counts.ToDictionary(pair => pair.Key, pair => pair.Value / totals[pair.Key.Query]);
    }

    private static string Tag(LanguageMap languages, int number) => number < 0 ? LanguageShape.Unknown : languages.Tags[number];
}
