using System.Globalization;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Where the numbers come from: data with fingerprints, effective options, how the runs were made, the command.</summary>
internal static class OriginSection
{
    internal static ReportSection Of(ReportInput input, ReportNumbers numbers)
    {
        var blocks = new List<ReportBlock>();
        if (input.Sources.Count > 0)
        {
            blocks.Add(new ReportTable("Data", ["what", "where", "holds", "SHA-256 (first 16 digits)"],
                [.. input.Sources.Select(source => (IReadOnlyList<ReportCell>)[source.Role, source.Path, source.Size, source.Fingerprint])], 4));
        }
        blocks.Add(new ReportTable("Effective configuration", ["option", "value"], [.. Options(input, numbers).Select(option => (IReadOnlyList<ReportCell>)[option.Name, option.Value])], 2));
        foreach (var (heading, text) in input.Origins)
        {
            blocks.Add(new ReportHeading(heading));
            blocks.Add(new ReportCode(text));
        }
        if (input.Command is { } command)
        {
            blocks.Add(new ReportHeading("Make this report again"));
            blocks.Add(new ReportCode(command));
        }
        return new ReportSection("origin", "Configuration and data", blocks);
    }

    private static IEnumerable<(string Name, string Value)> Options(ReportInput input, ReportNumbers numbers)
    {
        yield return ("Dragoman", Version);
        yield return ("measures", string.Join(' ', input.Measures));
        yield return ("baseline", numbers.Baseline.Name);
        yield return ("relevance level", Number(input.Evaluation.RelevanceLevel));
        yield return ("depth", input.Evaluation.Depth is { } depth ? Number(depth) : "all");
        yield return ("unjudged passages", input.Evaluation.JudgedOnly ? "left out of every ranking" : "not relevant");
        yield return ("queries", input.Evaluation.Complete ? "all judged; one that a run lacks counts as 0" : "judged, and in at least one run; one that a run lacks counts as 0");
        yield return ("alpha", Number(input.Comparison.Alpha));
        yield return ("correction", input.Comparison.Correction.ToString());
        yield return ("permutations", Number(input.Comparison.Permutations));
        yield return ("bootstrap resamples", Number(input.Comparison.Resamples));
        yield return ("power", Number(input.Comparison.Power));
        yield return ("seed", Number(input.Comparison.Seed));
    }

    internal static string Version => typeof(OriginSection).Assembly.GetName().Version!.ToString(3);

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
