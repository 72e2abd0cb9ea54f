using System.Globalization;
using Dragoman.Evaluation.Reports.Sections;

namespace Dragoman.Evaluation.Reports;

/// <summary>Makes the report of training runs alone: curves, diagnostics, alarms.</summary>
public static class TrainingReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="title">The title.</param>
    /// <param name="date">When it is made; printed to the minute in UTC.</param>
    /// <param name="training">The runs, at least one.</param>
    /// <param name="sources">The logs.</param>
    /// <param name="command">The command line that makes it again; null when it was not made by one.</param>
    public static ReportDocument Make(string title, DateTimeOffset date, IReadOnlyList<TrainingCurves> training, IReadOnlyList<ReportSource> sources, string? command)
    {
        ArgumentOutOfRangeException.ThrowIfZero(training.Count);
        var rows = training.Select(run => (IReadOnlyList<ReportCell>)
        [
            run.Name, run.Failure is not null ? "failed" : run.IsFinished ? "finished" : "not finished", Count(run.Step), run.TotalSteps == 0 ? "" : Count(run.TotalSteps), Last(run.Loss), run.Dev.Count == 0 ? "" : $"{run.Dev[0].Measure} {Last(run.Dev[0].Points)}",
            run.Dev.Count == 0 ? "" : run.Dev[0].Points.Where(point => double.IsFinite(point.Value)).Select(point => point.Value).DefaultIfEmpty(double.NaN).Max().ToString("F4", CultureInfo.InvariantCulture),
        ]).ToList();
        var section = TrainingSection.Of(training);
        ReportSection[] sampling = SamplingSection.Of(training) is { } sampled ? [sampled] : [];
        var table = new ReportTable("Runs", ["run", "state", "step", "of", "last loss", "last on dev", "best on dev"], rows, 2);
        List<ReportBlock> origin = [new ReportTable("Logs", ["role", "path", "fingerprint", "size"], [.. sources.Select(source => (IReadOnlyList<ReportCell>)[source.Role, source.Path, source.Fingerprint, source.Size])], 4)];
        if (command is not null) origin.Add(new ReportCode(command));
        return new ReportDocument(title, [string.Create(CultureInfo.InvariantCulture, $"{date.UtcDateTime:yyyy-MM-dd HH:mm} UTC, Dragoman {OriginSection.Version}")],
            [section with { Blocks = [.. section.Blocks.OfType<ReportWarnings>(), table, .. section.Blocks.Where(block => block is not ReportWarnings)] }, .. sampling, new ReportSection("origin", "Where this comes from", origin)]);
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Last(IReadOnlyList<(double Step, double Value)> points) => points.Count == 0 ? "" : Charts.NumberText.Any(points[^1].Value);
}
