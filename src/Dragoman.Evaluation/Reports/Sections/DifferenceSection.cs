using System.Globalization;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Each system against the baseline, query by query.</summary>
internal static class DifferenceSection
{
    /// <summary>The most systems that are drawn, which bounds the size of the report.</summary>
    internal const int MostSystems = 8;

    internal static ReportSection Of(ReportNumbers numbers)
    {
        const string id = "queries", heading = "Query by query";
        if (numbers.Others.Count == 0) return new ReportSection(id, heading, [new ReportParagraph("There is one system only; give a second run to compare queries.")]);
        if (numbers.Main is not { } measure) return new ReportSection(id, heading, [new ReportParagraph("None of the measures is one that systems can be compared by, query by query.")]);

        var blocks = new List<ReportBlock>
        {
            new ReportParagraph($"{measure} of every query. Points above the diagonal, and bars above zero, are queries at which the system is better than {numbers.Baseline.Name}."),
        };
        foreach (var (i, system) in numbers.Others.Take(MostSystems).Index())
        {
            var points = numbers.Comparison(system, measure)!.ByQuery.Select(Point).ToList();
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            blocks.Add(new ReportHeading($"{system.Name} against {numbers.Baseline.Name}"));
            blocks.Add(new ReportFigure(ScatterPlot.Draw("scatter-" + number, $"{measure} by query: {system.Name} against {numbers.Baseline.Name}", numbers.Baseline.Name, system.Name, points)));
            blocks.Add(new ReportFigure(DifferencePlot.Draw("difference-" + number, $"Difference of {measure} by query: {system.Name} minus {numbers.Baseline.Name}", numbers.Baseline.Name, system.Name, points)));
        }
        if (numbers.Others.Count > MostSystems)
            blocks.Add(new ReportParagraph(string.Create(CultureInfo.InvariantCulture, $"Drawn are the first {MostSystems} of {numbers.Others.Count} systems; name fewer runs to see the others.")));
        return new ReportSection(id, heading, blocks);
    }

    // A difference that is only rounding is none.
    private static PairedPoint Point(QueryDifference query) => new(query.QueryId, query.Baseline, query.Difference == 0 ? query.Baseline : query.System);
}
