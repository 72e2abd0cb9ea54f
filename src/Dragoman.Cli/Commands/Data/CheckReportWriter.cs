using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Checks;

namespace Dragoman.Cli.Commands.Data;

/// <summary>Prints what a check found.</summary>
internal static class CheckReportWriter
{
    internal static void WriteTable(CheckReport report)
    {
        var output = Console.Out;
        output.WriteLine($"{Amount.Of(report.Passages, "passage")}, {Amount.Of(report.Queries, "query")}, {Amount.Of(report.Judgements, "judgement")}: {Summary(report)}");
        if (report.Findings.Count == 0) return;
        output.WriteLine();
        TextTable.Print(["severity", "finding", "count", "of"], [.. report.Findings.Select(finding => (string[])[Name(finding.Severity), finding.Code, Number(finding.Count), finding.Of == 0 ? "" : Number(finding.Of)])], 2);
        foreach (var finding in report.Findings)
        {
            output.WriteLine();
            output.WriteLine($"{Name(finding.Severity)}: {finding.Code}");
            output.WriteLine($"  {finding.Message}");
            foreach (var example in finding.Examples) output.WriteLine($"  - {example}");
            if (finding.Examples.Count > 0 && finding.Examples.Count < finding.Count) output.WriteLine($"  - and {Number(finding.Count - finding.Examples.Count)} more");
        }
    }

    internal static void WriteJson(CheckReport report) => Console.Out.WriteLine(new JsonObject
    {
        ["passages"] = report.Passages,
        ["queries"] = report.Queries,
        ["judgements"] = report.Judgements,
        ["findings"] = new JsonArray([.. report.Findings.Select(finding => new JsonObject
        {
            ["severity"] = Name(finding.Severity),
            ["code"] = finding.Code,
            ["count"] = finding.Count,
            ["of"] = finding.Of,
            ["message"] = finding.Message,
            ["examples"] = new JsonArray([.. finding.Examples.Select(example => (JsonNode)example)]),
        })]),
    }.ToJsonString(StageFolder.Indented));

    private static string Summary(CheckReport report)
    {
        if (report.Findings.Count == 0) return "nothing found.";
        var counts = new[] { CheckSeverity.Error, CheckSeverity.Warning, CheckSeverity.Information }
            .Select(severity => (severity, Count: report.Findings.Count(finding => finding.Severity == severity)))
            .Where(entry => entry.Count > 0)
            .Select(entry => $"{entry.Count} {Name(entry.severity)}{(entry.Count > 1 && entry.severity != CheckSeverity.Information ? "s" : "")}");
        return string.Join(", ", counts) + ".";
    }

    private static string Name(CheckSeverity severity) => severity switch { CheckSeverity.Error => "error", CheckSeverity.Warning => "warning", _ => "information" };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
