using System.Globalization;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Systems by measures: the table with significance marks, the bars, and the comparisons in full.</summary>
internal static class MeasureSection
{
    internal static ReportSection Of(ReportInput input, ReportNumbers numbers)
    {
        var blocks = new List<ReportBlock> { new ReportWarnings(ReportGuards.Warnings(input, numbers)), Table(numbers) };
        if (numbers.Compared.Count > 0) blocks.Add(new ReportFigure(Bars(numbers)));
        if (numbers.Others.Count > 0 && numbers.Compared.Count > 0)
        {
            blocks.Add(new ReportHeading($"Against {numbers.Baseline.Name}"));
            blocks.Add(Comparisons(input, numbers));
        }
        return new ReportSection("measures", "Measures", blocks);
    }

    private static ReportTable Table(ReportNumbers numbers)
    {
        var best = numbers.Measures.Select(measure => numbers.Compared.Contains(measure) && numbers.Systems.Select(system => system.Overall(measure)).Distinct().Count() > 1 ? numbers.Systems.Max(system => system.Overall(measure)) : (double?)null).ToList();
        var rows = numbers.Systems.Select(system => (IReadOnlyList<ReportCell>)
        [
            system == numbers.Baseline && numbers.Systems.Count > 1 ? $"{system.Name} (baseline)" : system.Name,
            .. numbers.Measures.Select((measure, i) => Cell(numbers, system, measure, best[i])),
        ]);
        var level = Percent(1 - numbers.Alpha);
        var note = numbers.Systems.Count == 1 ? $"{level} intervals show on hover and in the table of the figure below."
            : $"★ best; ▲ ▼ significantly better or worse than {numbers.Baseline.Name}: randomisation test over queries, two-sided, corrected for all comparisons of this report, p ≤ {numbers.Alpha.ToString("0.###", CultureInfo.InvariantCulture)}. " +
              $"{level} intervals show on hover and in the table of the figure below.";
        return new ReportTable(string.Create(CultureInfo.InvariantCulture, $"Mean over {numbers.QueryIds.Count:N0} {(numbers.QueryIds.Count == 1 ? "query" : "queries")}"), ["system", .. numbers.Measures.Select(measure => measure.Name)], [.. rows], 1, note);
    }

    private static ReportCell Cell(ReportNumbers numbers, EvaluatedSystem system, Measure measure, double? best)
    {
        var value = system.Overall(measure);
        var comparison = numbers.Comparison(system, measure);
        var hover = numbers.Interval(system, measure) is { } interval ? $"{Percent(1 - numbers.Alpha)} interval {NumberText.Value(interval.Low)} to {NumberText.Value(interval.High)}" : null;
        if (comparison is not null) hover = (hover is null ? "" : hover + "; ") + $"{NumberText.Signed(comparison.Difference)} against {numbers.Baseline.Name}, corrected p {PValue(comparison.CorrectedPValue)}";
        return new ReportCell(!double.IsFinite(value) ? "not defined" : measure.IsCount ? value.ToString("0", CultureInfo.InvariantCulture) : NumberText.Value(value))
        {
            Hover = hover,
            IsBest = value == best,
            Standing = comparison is not { IsSignificant: true } ? Standing.Open : comparison.Difference > 0 ? Standing.Better : Standing.Worse,
        };
    }

    private static Chart Bars(ReportNumbers numbers)
    {
        var groups = numbers.Compared.Select(measure => new BarGroup(measure.Name, [.. numbers.Systems.Select(system =>
        {
            var interval = numbers.Interval(system, measure);
            return new Bar(system.Name, system.Overall(measure), interval?.Low, interval?.High);
        })]));
        return BarChart.Draw("bars", numbers.QueryIds.Count == 1 ? "Means" : $"Means with {Percent(1 - numbers.Alpha)} intervals", $"{Percent(1 - numbers.Alpha)} interval", [.. groups]);
    }

    private static ReportTable Comparisons(ReportInput input, ReportNumbers numbers)
    {
        var rows = from measure in numbers.Compared
                   from system in numbers.Others
                   let comparison = numbers.Comparison(system, measure)!
                   select (IReadOnlyList<ReportCell>)
                   [
                       measure.Name, system.Name,
                       new ReportCell(NumberText.Signed(comparison.Difference))
                       {
                           Standing = !comparison.IsSignificant ? Standing.Open : comparison.Difference > 0 ? Standing.Better : Standing.Worse,
                       },
                       numbers.QueryIds.Count == 1 ? "" : $"{NumberText.Signed(comparison.Interval.Corrected.Low)} to {NumberText.Signed(comparison.Interval.Corrected.High)}",
                       PValue(comparison.Randomisation.PValue), PValue(comparison.CorrectedPValue),
                       comparison.CorrectedEffectSize is { } effect ? effect.ToString("F2", CultureInfo.InvariantCulture) : "",
                       comparison.MinimalDetectableDifference is { } least ? NumberText.Value(least) : "",
                       string.Create(CultureInfo.InvariantCulture, $"{comparison.Wins} / {comparison.Ties} / {comparison.Losses}"),
                   ];
        var options = input.Comparison;
        var note = string.Create(CultureInfo.InvariantCulture,
            $"{numbers.QueryIds.Count:N0} queries. p: paired randomisation of signs, two-sided, all assignments or {options.Permutations:N0} drawn; corrected: {options.Correction} over all rows. Interval: bootstrap (BCa), {options.Resamples:N0} resamples. ") +
            string.Create(CultureInfo.InvariantCulture, $"Effect: Cohen's d of the paired differences, corrected for few queries. Detectable: the smallest true difference that a t test finds with {Percent(options.Power)} power. Seed {options.Seed}.");
        return new ReportTable($"Difference to {numbers.Baseline.Name}",
            ["measure", "system", "difference", $"{Percent(1 - numbers.Alpha)} interval", "p", "corrected p", "effect", "detectable", "better / equal / worse"], [.. rows], 2, note);
    }

    private static string PValue(double p) => p < 0.0001 ? "< 0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
