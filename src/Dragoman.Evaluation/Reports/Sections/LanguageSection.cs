using System.Globalization;
using Dragoman.Collections;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Query language by passage language: how well each pair works, and which languages fill the top of the rankings.</summary>
internal static class LanguageSection
{
    private const int MostSystems = 6;
    private const string Id = "languages", Heading = "Languages";

    internal static ReportSection Of(ReportInput input, ReportNumbers numbers, ReportTexts texts)
    {
        if (texts.Languages is not { } languages || !texts.HasQueries)
        {
            var missing = texts.HasPassages ? "queries" : texts.HasQueries ? "passages" : "queries and passages";
            return Without($"The languages of {missing} are not known; give a collection (--collection) and queries (--queries).");
        }
        var candidates = numbers.Compared.Where(measure => !measure.NeedsLanguages).ToList();
        if ((candidates.FirstOrDefault(measure => measure is Ndcg) ?? candidates.FirstOrDefault()) is not { } measure)
            return Without("None of the measures is one that pairs of languages can be compared by; add one such as nDCG@10.");
        var systems = numbers.Systems.Take(MostSystems).Select(system => new SystemPairs(
            system.Name, Evaluate(input, system, measure, languages, texts.FirstLanguage), LanguageShares.Of(system.Runs.Select(run => run.Run), numbers.QueryIds, languages))).ToList();
        var pairs = systems.SelectMany(system => system.Values.Keys).Distinct().ToList();
        if (pairs.Count == 0) return Without("No judged query has a relevant passage in the collection.");
        return pairs is [var only] && systems.SelectMany(system => system.Shares.Keys).Distinct().Count() <= 1
            ? Without($"All judged queries are {only.Query} and all relevant passages {only.Passage}: there is one pair of languages only.")
            : new ReportSection(Id, Heading, Blocks(numbers, systems, measure));
    }

    private static List<ReportBlock> Blocks(ReportNumbers numbers, List<SystemPairs> systems, Measure measure)
    {
        var highest = systems.Max(system => system.Values.Values.DefaultIfEmpty().Max());
        var blocks = new List<ReportBlock>
        {
            new ReportParagraph($"First, {measure} for queries of one language when only passages of one language count, over the queries that have a relevant passage there. " +
                string.Create(CultureInfo.InvariantCulture, $"Then, the languages among the first {LanguageBreakdown.ShareRanks} passages of the whole rankings. The colours of {measure} mean the same for all systems.")),
        };
        var (values, shares) = (systems.SelectMany(system => system.Values.Keys).ToList(), systems.SelectMany(system => system.Shares.Keys).ToList());
        foreach (var (i, system) in systems.Index())
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            blocks.Add(new ReportHeading(system.Name));
            blocks.Add(new ReportFigure(Map("pairs-" + number, $"{measure} of {system.Name} by language", values, system.Values, null, "F3", highest)));
            blocks.Add(new ReportFigure(Map("shares-" + number, string.Create(CultureInfo.InvariantCulture, $"Share of the first {LanguageBreakdown.ShareRanks} passages of {system.Name} by language"), shares, system.Shares, 0, "0%", 1)));
        }
        if (numbers.Systems.Count > MostSystems)
            blocks.Add(new ReportParagraph(string.Create(CultureInfo.InvariantCulture, $"Shown are the first {MostSystems} of {numbers.Systems.Count} systems; name fewer runs to see the others.")));
        return blocks;
    }

    private static Chart Map(string name, string title, List<(string Query, string Passage)> pairs, Dictionary<(string Query, string Passage), double> values, double? missing, string format, double highest)
    {
        var (rows, columns) = (Order(pairs.Select(pair => pair.Query)), Order(pairs.Select(pair => pair.Passage)));
        var cells = new double?[rows.Length, columns.Length];
        for (var row = 0; row < rows.Length; row++)
            for (var column = 0; column < columns.Length; column++) cells[row, column] = values.TryGetValue((rows[row], columns[column]), out var value) ? value : missing;
        return HeatMap.Draw(name, title, ("query language", rows), ("passage language", columns), cells, format, highest);
    }

    /// <summary>The measure of every pair, averaged over the system's runs.</summary>
    private static Dictionary<(string Query, string Passage), double> Evaluate(ReportInput input, EvaluatedSystem system, Measure measure, LanguageMap languages, string onlyLanguage) =>
        system.Runs.SelectMany(run => LanguageBreakdown.Evaluate(input.Qrels, run.Run, [measure], input.Evaluation, languages))
            .GroupBy(row => (row.QueryLanguage ?? onlyLanguage, row.PassageLanguage)) // with one language of queries the breakdown does not name it
            .ToDictionary(pair => pair.Key, pair => pair.Average(row => row.Result.Overall[0]));

    private static string[] Order(IEnumerable<string> languages) =>
        [.. languages.Distinct(StringComparer.Ordinal).OrderBy(language => language == LanguageShape.Unknown).ThenBy(language => language, StringComparer.Ordinal)];

    private static ReportSection Without(string reason) => new(Id, Heading, [new ReportParagraph(reason)]);

    /// <summary>A system's measure and shares by query language and passage language.</summary>
    private sealed record SystemPairs(string Name, Dictionary<(string Query, string Passage), double> Values, Dictionary<(string Query, string Passage), double> Shares);
}
