using System.Globalization;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Demo;

/// <summary>The demo's measures as a report: a table of methods, bars, and a heat map of language pairs for each measure.</summary>
internal static class DemoReport
{
    internal static ReportDocument Make(IReadOnlyList<LanguagePairScores> methods, LanguagePairScores main, DemoCollection collection, string name, string model)
    {
        string[] lead =
        [
            string.Create(CultureInfo.InvariantCulture, $"Collection {name}: {collection.Passages.Count:N0} passages, {collection.Queries.Count:N0} queries in {main.Languages.Count} languages. Encoder {model}."),
            "Every query language is held against the passages of every language; values are means over queries.",
        ];
        var pairs = main.Measures.Select((measure, i) => (ReportBlock)new ReportFigure(HeatMap.Draw(
            string.Create(CultureInfo.InvariantCulture, $"pairs-{i + 1}"), $"{measure} of {main.Method}: query language by passage language",
            ("query language", main.Languages), ("passage language", main.Languages), Cells(main, i), highest: 1)));
        return new ReportDocument("Dragoman demo", lead,
        [
            new ReportSection("methods", "Methods", [Table(methods), new ReportFigure(Bars(methods))]),
            new ReportSection("languages", "Languages", [.. pairs]),
        ]);
    }

    private static ReportTable Table(IReadOnlyList<LanguagePairScores> methods)
    {
        var measures = methods[0].Measures;
        (string Scope, Func<LanguagePairScores, int, double> Value)[] scopes =
            [("across", (method, measure) => method.CrossLanguage(measure)), ("within", (method, measure) => method.SameLanguage(measure))];
        var columns = scopes.SelectMany(scope => measures.Select((measure, i) => (Name: $"{measure} {scope.Scope}", Value: (Func<LanguagePairScores, double>)(method => scope.Value(method, i))))).ToList();
        var rows = methods.Select(method => (IReadOnlyList<ReportCell>)[method.Method, .. columns.Select(column => Cell(column.Value(method), methods.Max(column.Value)))]);
        return new ReportTable("Mean over pairs of languages", ["method", .. columns.Select(column => column.Name)], [.. rows], 1, "Across: query and passage in different languages; within: in the same. ★ best.");
    }

    private static ReportCell Cell(double value, double best) => new(DemoTables.Number(value)) { IsBest = value == best };

    private static Chart Bars(IReadOnlyList<LanguagePairScores> methods) => BarChart.Draw("bars", "Mean over pairs of different languages", "interval",
        [.. methods[0].Measures.Select((measure, i) => new BarGroup(measure.Name, [.. methods.Select(method => new Bar(method.Method, method.CrossLanguage(i)))]))]);

    private static double?[,] Cells(LanguagePairScores scores, int measure)
    {
        var cells = new double?[scores.Languages.Count, scores.Languages.Count];
        for (var query = 0; query < scores.Languages.Count; query++)
            for (var passage = 0; passage < scores.Languages.Count; passage++) cells[query, passage] = scores.Values[measure, query, passage];
        return cells;
    }
}
