using System.Globalization;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Query language by passage language: how well each pair works, and which languages fill the top of the rankings.</summary>
internal static class LanguageSection
{
    private const int MostSystems = 6, DefaultCutoff = 10;

    internal static ReportSection Of(ReportInput input, ReportNumbers numbers, ReportTexts texts)
    {
        const string id = "languages", heading = "Languages";
        if (!texts.HasPassages || !texts.HasQueries)
        {
            var missing = texts.HasPassages ? "queries" : texts.HasQueries ? "passages" : "queries and passages";
            return new ReportSection(id, heading, [new ReportParagraph($"The languages of {missing} are not known; give a collection (--collection) and queries (--queries).")]);
        }
        var pairs = new LanguagePairs(input.Qrels, texts.LanguageOfQuery, texts.LanguageOfPassage);
        if (!pairs.IsWorthShowing)
            return new ReportSection(id, heading, [new ReportParagraph($"All queries are {Name(pairs.QueryLanguages)} and all judged passages {Name(pairs.PassageLanguages)}: there is one pair of languages only.")]);
        if (numbers.Main is null) return new ReportSection(id, heading, [new ReportParagraph("None of the measures is an average that pairs of languages can be compared by.")]);
        return new ReportSection(id, heading, Blocks(input, numbers, pairs));
    }

    private static List<ReportBlock> Blocks(ReportInput input, ReportNumbers numbers, LanguagePairs pairs)
    {
        var measure = numbers.Compared.FirstOrDefault(measure => measure is Ndcg) ?? numbers.Main!;
        var cutoff = measure is Ndcg { Cutoff: { } k } ? k : DefaultCutoff;
        var systems = numbers.Systems.Take(MostSystems).ToList();
        var retrieved = pairs.RetrievedLanguages(systems.Select(system => system.Run));
        var blocks = new List<ReportBlock>
        {
            new ReportParagraph(string.Create(CultureInfo.InvariantCulture,
                $"Above, {measure} when only the passages of one language count, for queries of one language; a judged query whose ranking holds none of them counts as 0. Below, the languages among the first {cutoff} passages of the rankings.")),
        };
        var values = systems.Select(system => pairs.Evaluate(system.Run, measure, input.Evaluation)).ToList();
        var highest = values.SelectMany(map => map.Cast<double?>()).Max() ?? 0;
        foreach (var (i, system) in systems.Index())
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            blocks.Add(new ReportHeading(system.Name));
            blocks.Add(new ReportFigure(HeatMap.Draw("pairs-" + number, $"{measure} of {system.Name} by language",
                ("query language", pairs.QueryLanguages), ("passage language", pairs.PassageLanguages), values[i], highest: highest)));
            blocks.Add(new ReportFigure(HeatMap.Draw("shares-" + number, string.Create(CultureInfo.InvariantCulture, $"Share of the first {cutoff} passages of {system.Name} by language"),
                ("query language", pairs.QueryLanguages), ("passage language", retrieved), pairs.Shares(system.Run, cutoff, retrieved), "0%", 1)));
        }
        if (numbers.Systems.Count > MostSystems)
            blocks.Add(new ReportParagraph(string.Create(CultureInfo.InvariantCulture, $"Shown are the first {MostSystems} of {numbers.Systems.Count} systems; name fewer runs to see the others.")));
        return blocks;
    }

    private static string Name(IReadOnlyList<string> languages) => languages.Count == 0 ? "without language" : languages[0];
}
