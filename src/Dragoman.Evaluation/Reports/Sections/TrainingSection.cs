using System.Globalization;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Training curves: loss, measures on the dev set, learning rate, length of the gradient; all training runs on one chart. Numbers that tell of collapse have a chart each, with their limit.</summary>
internal static class TrainingSection
{
    private const int MostAlarms = 12;

    internal static ReportSection Of(IReadOnlyList<TrainingCurves> training)
    {
        var blocks = new List<ReportBlock>();
        if (Warnings(training) is { Count: > 0 } warnings) blocks.Add(new ReportWarnings(warnings));
        blocks.Add(new ReportFigure(LineChart.Draw("loss", "Training loss", "training step", [.. training.Select(run => new LineSeries(run.Name, run.Loss))])));
        var measures = training.SelectMany(run => run.Dev.Select(measure => measure.Measure)).Distinct(StringComparer.Ordinal).ToList();
        if (measures.Count > 0)
        {
            var lines = from run in training
                        from measure in run.Dev
                        select new LineSeries(Name(training.Count > 1, run.Name, measures.Count > 1, measure.Measure), measure.Points);
            blocks.Add(new ReportFigure(LineChart.Draw("dev", measures.Count == 1 ? $"{measures[0]} on the dev set" : "Measures on the dev set", "training step", [.. lines])));
        }
        if (training.Any(run => run.LearningRate.Count > 0))
            blocks.Add(new ReportFigure(LineChart.Draw("learning-rate", "Learning rate", "training step", [.. training.Select(run => new LineSeries(run.Name, run.LearningRate))])));
        Add(blocks, training, run => run.Numbers.Where(number => number.Name == "gradient"), _ => "Length of the gradient before clipping", _ => null);
        AddDiagnostics(blocks, training);
        return new ReportSection("training", "Training", blocks);
    }

    private static void AddDiagnostics(List<ReportBlock> blocks, IReadOnlyList<TrainingCurves> training)
    {
        IEnumerable<(string Name, IReadOnlyList<(double Step, double Value)> Points)> BatchAuc(TrainingCurves run) => run.Numbers.Where(number => number.Name == CollapseLimits.BatchAucName);
        if (training.All(run => run.Diagnostics.Count == 0 && !BatchAuc(run).Any())) return;
        blocks.Add(new ReportHeading("Whether vectors collapse"));
        blocks.Add(new ReportParagraph("After each epoch, over pairs of dev queries with a passage that answers them; within the training batches after each step. A level alone is no failure; when pairs are no longer told from mismatches it is. 'dragoman diagnose MODEL COLLECTION' looks closer and names causes and cures."));
        var leastRank = training.Max(run => run.LeastEffectiveRank);
        Add(blocks, training, run => run.Diagnostics, name => CollapseLimits.Names.First(known => known.Name == name).Title, name => CollapseLimits.Of(name, leastRank));
        Add(blocks, training, BatchAuc, _ => "AUC within the training batches: pairs above mismatches", _ => CollapseLimits.Auc);
    }

    /// <summary>A chart for each name, with a line for each run and one for the limit.</summary>
    private static void Add(
        List<ReportBlock> blocks, IReadOnlyList<TrainingCurves> training, Func<TrainingCurves, IEnumerable<(string Name, IReadOnlyList<(double Step, double Value)> Points)>> of, Func<string, string> title, Func<string, double?> limit)
    {
        foreach (var name in training.SelectMany(run => of(run).Select(number => number.Name)).Distinct(StringComparer.Ordinal))
        {
            var lines = training.Select(run => new LineSeries(run.Name, of(run).FirstOrDefault(number => number.Name == name).Points ?? [])).Where(line => line.Points.Count > 0).ToList();
            if (limit(name) is { } value && lines.SelectMany(line => line.Points.Select(point => point.X)).ToList() is { Count: > 0 } steps)
                lines.Add(new LineSeries(string.Create(CultureInfo.InvariantCulture, $"alarm {(name == "mean_cosine" ? "above" : "below")} {value:0.##}"), [(steps.Min(), value), (steps.Max(), value)]));
            blocks.Add(new ReportFigure(LineChart.Draw("training-" + Id(name), title(name), "training step", lines)));
        }
    }

    /// <summary>Failures, and the last alarm of each kind with how often it was raised.</summary>
    private static List<string> Warnings(IReadOnlyList<TrainingCurves> training) =>
    [
        .. training.Where(run => run.Failure is not null).Select(run => $"{run.Name} failed: {run.Failure}"),
        .. training.SelectMany(run => run.Alarms.GroupBy(alarm => new string([.. alarm.Text.TakeWhile(letter => !char.IsAsciiDigit(letter))]), StringComparer.Ordinal)
            .Select(kind => string.Create(CultureInfo.InvariantCulture,
                $"{run.Name}, step {kind.Last().Step}{(kind.Count() > 1 ? $" (and {kind.Count() - 1} times before)" : "")}{(run.StandingAlarms.Contains(kind.Last()) ? "" : ", over since")}: {kind.Last().Text}"))).Take(MostAlarms),
    ];

    private static string Id(string name) => new([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')]);

    private static string Name(bool several, string run, bool measures, string measure) => several ? measures ? $"{run}: {measure}" : run : measure;
}
