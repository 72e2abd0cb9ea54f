using System.Globalization;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>What training drew in proportion to what is wanted, part by part over the epochs: rates against 1/M, effective sizes, grades, violations, costs.</summary>
internal static class SamplingSection
{
    private const string Xs = "epoch";
    private const int MostStacks = 8;

    /// <summary>Makes the section.</summary>
    /// <param name="training">The runs.</param>
    /// <returns>Null when none of them sampled.</returns>
    internal static ReportSection? Of(IReadOnlyList<TrainingCurves> training)
    {
        var sampled = training.Where(run => run.Sampling.Count > 0).ToList();
        if (sampled.Count == 0) return null;
        var blocks = new List<ReportBlock>
        {
            new ReportParagraph("Passages are proposed and accepted in proportion to target over proposal. A rate far from 1/M says that the proposal is another than the one that was scored; violations, that the bound is too small; a small effective size, that few proposals carry the weight. 'dragoman sampling inspect MODEL' shows every query."),
        };
        if (Warnings(sampled) is { Count: > 0 } warnings) blocks.Insert(0, new ReportWarnings(warnings));
        foreach (var part in sampled.SelectMany(run => run.Sampling.Select(epoch => epoch.Part)).Distinct(StringComparer.Ordinal))
        {
            var runs = sampled.Select(run => (run.Name, Epochs: run.Sampling.Where(epoch => epoch.Part == part).ToList())).Where(run => run.Epochs.Count > 0).ToList();
            blocks.Add(new ReportHeading(char.ToUpperInvariant(part[0]) + part[1..]));
            Add(blocks, $"sampling-{part}-groups", $"Groups after drawing {part}, and what they are worth by their weights", runs, ("groups", epoch => epoch.Groups), ("effective", epoch => epoch.EffectiveGroups));
            Add(blocks, $"sampling-{part}-rate", $"Acceptance rate of {part}, against 1/M", runs, ("rate", epoch => epoch.Rate), ("1/M", epoch => epoch.ExpectedRate));
            Add(blocks, $"sampling-{part}-size", $"Effective size of the proposals over their number, {part}", runs, ("", epoch => epoch.EffectiveShare));
            foreach (var (run, place) in runs.Take(MostStacks).Select((run, place) => (run, place))) AddGrades(blocks, part, run.Name, runs.Count > 1, place, run.Epochs);
            Add(blocks, $"sampling-{part}-above", $"Share of the proposals above the bound, {part}", runs, ("", epoch => epoch.AboveBoundShare));
            Add(blocks, $"sampling-{part}-cost", $"Milliseconds for one accepted, {part}", runs, ("", epoch => 1000 * epoch.SecondsPerAccepted));
        }
        blocks.Add(Table(sampled));
        return new ReportSection("sampling", "Sampling", blocks);
    }

    /// <summary>A chart with lines for every run; nothing where no run has such a number.</summary>
    private static void Add(List<ReportBlock> blocks, string name, string title, List<(string Name, List<SampledEpoch> Epochs)> runs, params (string Name, Func<SampledEpoch, double> Of)[] numbers)
    {
        var lines = from run in runs
                    from number in numbers
                    let points = run.Epochs.Select(epoch => ((double)epoch.Epoch, number.Of(epoch))).ToList()
                    where points.Any(point => double.IsFinite(point.Item2))
                    select new LineSeries(number.Name.Length == 0 ? run.Name : runs.Count == 1 ? number.Name : $"{run.Name}: {number.Name}", points);
        if (lines.ToList() is { Count: > 0 } drawn) blocks.Add(new ReportFigure(LineChart.Draw(Id(name), title, Xs, drawn)));
    }

    private static void AddGrades(List<ReportBlock> blocks, string part, string run, bool several, int place, List<SampledEpoch> epochs)
    {
        var grades = epochs.SelectMany(epoch => epoch.GradesAccepted.Keys).Distinct().Order().ToList();
        if (grades.Count == 0) return;
        var layers = grades.Select(grade => new StackLayer(string.Create(CultureInfo.InvariantCulture, $"grade {grade}"), [.. epochs.Select(epoch => (double)epoch.GradesAccepted.GetValueOrDefault(grade))])).ToList();
        blocks.Add(new ReportFigure(StackChart.Draw(Id($"sampling-{part}-grades-{place}"), $"Grades accepted, {part}{(several ? $": {run}" : "")}", Xs, [.. epochs.Select(epoch => Count(epoch.Epoch))], layers)));
    }

    private static List<string> Warnings(List<TrainingCurves> runs) =>
    [
        .. from run in runs
           from part in run.Sampling.Where(epoch => epoch.AboveBoundShare > 0 && epoch.Scheme == "rejection").GroupBy(epoch => epoch.Part, StringComparer.Ordinal)
           select string.Create(CultureInfo.InvariantCulture, $"{run.Name}, {part.Key}: up to {part.Max(epoch => epoch.AboveBoundShare):0.##%} of an epoch's proposals were above the bound; what is accepted differs from the target. Raise sampling.{part.Key}.bound, or use exact."),
    ];

    private static ReportTable Table(List<TrainingCurves> runs) => new(
        "Sampling by epoch", ["run", "part", "scheme", "epoch", "groups", "proposals", "accepted", "rate", "1/M", "ESS/T", "above M", "ms each"],
        [.. runs.SelectMany(run => run.Sampling.Select(epoch => (IReadOnlyList<ReportCell>)
        [
            run.Name, epoch.Part, epoch.Scheme, Count(epoch.Epoch), Count(epoch.Groups), Count(epoch.Proposals), Count(epoch.Accepted), Share(epoch.Rate), Share(epoch.ExpectedRate), Share(epoch.EffectiveShare),
            Share(epoch.AboveBoundShare), Number(1000 * epoch.SecondsPerAccepted),
        ]))], 3, "1/M: the rate that is to be expected. ESS/T: effective size of the proposals over their number. Each: an accepted one, with the time of scoring proposals and of the target.");

    private static string Count(double count) => double.IsFinite(count) ? count.ToString("N0", CultureInfo.InvariantCulture) : "";

    private static string Share(double share) => double.IsFinite(share) ? share.ToString("0.0000", CultureInfo.InvariantCulture) : "";

    private static string Number(double value) => double.IsFinite(value) ? NumberText.Any(value) : "";

    private static string Id(string name) => new([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')]);
}
