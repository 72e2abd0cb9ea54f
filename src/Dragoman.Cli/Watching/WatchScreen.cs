using System.Globalization;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Watching;

/// <summary>What a person sees of training runs, in lines of characters: a line on how each stands, the curves, what alarms.</summary>
/// <param name="look">What can be shown.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchScreen(PlotLook look, TimeProvider time)
{
    private const int PlotWidth = 38, PlotHeight = 8, MostHeight = 14, MostAlarms = 3;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);
    private static readonly string[] First = ["loss", "dev", "mean_cosine", "auc", CollapseLimits.BatchAucName, "gradient", "learning_rate", "effective_rank", "dev more", "accuracy"];

    /// <summary>Draws a screen.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines; null for as many as all curves need.</param>
    /// <param name="page">Which curves, where they do not all fit.</param>
    /// <returns>Lines of at most <paramref name="width"/> cells, at most <paramref name="height"/> of them.</returns>
    internal IReadOnlyList<IReadOnlyList<PlotCell>> Draw(IReadOnlyList<TrainingLogFollower> runs, int width, int? height, int page)
    {
        var lines = new List<IReadOnlyList<PlotCell>>();
        var headers = height is { } most ? Math.Clamp(most / 4, 1, runs.Count) : runs.Count;
        for (var run = 0; run < headers; run++)
        {
            var hidden = run == headers - 1 ? runs.Count - headers : 0;
            lines.Add(TerminalPlot.Fitted($"{(runs.Count > 1 ? $"{(look.Colour ? look.Unicode ? '●' : '*' : PlotCanvas.Letter(run))} " : "")}{Standing(runs[run])}{(hidden > 0 ? $"  (and {hidden} more)" : "")}", width, runs.Count > 1 ? run : PlotCell.None));
            if (Sampled(runs[run].Curves) is { } sampled) lines.Add(TerminalPlot.Fitted(sampled, height is null ? Math.Max(width, sampled.Length) : width, runs.Count > 1 ? run : PlotCell.None));
        }
        var alarms = Alarms(runs, height is null ? int.MaxValue : MostAlarms).Select(alarm => TerminalPlot.Fitted(alarm, height is null ? Math.Max(width, alarm.Length) : width, PlotCell.Limit)).ToList();
        var curves = Curves([.. runs.Select(run => run.Curves)]);
        var columns = Math.Max(1, width / PlotWidth);
        var room = height is null ? int.MaxValue : height.Value - lines.Count - alarms.Count - 1;
        var rows = Math.Clamp((curves.Count + columns - 1) / columns, 1, Math.Max(1, room / PlotHeight));   // one even where there is no curve yet
        var tall = height is null ? PlotHeight + 2 : Math.Min(MostHeight, room / rows);
        if (tall >= TerminalPlot.LeastHeight && width >= TerminalPlot.LeastWidth)
        {
            var pages = Math.Max(1, (curves.Count + rows * columns - 1) / (rows * columns));
            var shown = curves.Skip(page % pages * rows * columns).Take(rows * columns).ToList();
            AddPlots(lines, shown, columns, tall, width);
            if (pages > 1) lines.Add(TerminalPlot.Fitted($"page {page % pages + 1} of {pages} (space: next, q: leave)", width));
        }
        lines.AddRange(alarms);
        return height is { } limit ? [.. lines.Take(limit)] : lines;
    }

    private void AddPlots(List<IReadOnlyList<PlotCell>> lines, List<PlottedCurve> curves, int columns, int tall, int width)
    {
        foreach (var row in curves.Chunk(columns))
        {
            var wide = (width - (columns - 1) * 2) / columns;
            var drawn = row.Select(curve => TerminalPlot.Draw(curve, wide, tall, look)).ToList();
            for (var line = 0; line < tall; line++)
            {
                var cells = new List<PlotCell>();
                foreach (var plot in drawn)
                {
                    if (cells.Count > 0) cells.AddRange(TerminalPlot.Fitted("", 2));
                    cells.AddRange(plot[line]);
                }
                lines.Add(cells);
            }
        }
    }

    /// <summary>How a run stands, in a line.</summary>
    internal string Standing(TrainingLogFollower run)
    {
        var curves = run.Curves;
        var parts = new List<string> { run.Name };
        if (curves.TotalSteps > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"step {curves.Step}/{curves.TotalSteps} ({100.0 * curves.Step / curves.TotalSteps:0}%)"));
        else if (curves.Step > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"step {curves.Step}"));
        else parts.Add("has not begun");
        var silent = time.GetUtcNow() - run.LastWritten;
        if (curves.Failure is not null) parts.Add("FAILED");
        else if (curves.IsFinished) parts.Add("finished");
        else if (silent > Silence) parts.Add($"silent for {Span(silent)}; does it still run?");
        else if (curves.Left is { } left) parts.Add($"{Span(left)} left");
        if (curves.ExamplesPerSecond is { } speed && !curves.IsFinished) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{speed:0} examples/s"));
        // The checkpoints of a finished run are gone.
        if (!curves.IsFinished) parts.Add(curves.CheckpointStep is { } step ? string.Create(CultureInfo.InvariantCulture, $"checkpoint at {step}") : "no checkpoint");
        return string.Join("  ", parts);
    }

    /// <summary>What was drawn for the newest epoch, in a line; null where training draws as usual.</summary>
    private static string? Sampled(TrainingCurves curves)
    {
        if (curves.Sampling.Count == 0) return null;
        var epoch = curves.Sampling.Max(part => part.Epoch);
        var parts = curves.Sampling.Where(part => part.Epoch == epoch).Select(part => string.Create(CultureInfo.InvariantCulture,
            $"{part.Part} {(double.IsNaN(part.Rate) ? $"{part.Groups:0} groups" : $"{part.Rate:0.#%} of {part.Proposals:0} accepted")}{(double.IsNaN(part.ExpectedRate) ? "" : $" (1/M {part.ExpectedRate:0.#%})")}{(part.AboveBoundShare > 0 ? $", {part.AboveBoundShare:0.##%} above M" : "")}"));
        return string.Create(CultureInfo.InvariantCulture, $"  sampling of epoch {epoch}: {string.Join("; ", parts)}");
    }

    private static IEnumerable<string> Alarms(IReadOnlyList<TrainingLogFollower> runs, int most)
    {
        var all = runs.SelectMany(run => run.Curves.StandingAlarms.Select(alarm => (run.Name, alarm.Step, alarm.Text)).Concat(run.Curves.Failure is { } failure ? [(run.Name, run.Curves.Step, failure)] : [])).ToList();
        return all.TakeLast(most).Select(alarm => string.Create(CultureInfo.InvariantCulture, $"! {(runs.Count > 1 ? alarm.Name + ", " : "")}step {alarm.Step}: {alarm.Text}"));
    }

    private static List<PlottedCurve> Curves(IReadOnlyList<TrainingCurves> runs)
    {
        var named = new List<(string Kind, PlottedCurve Curve)>
        {
            ("loss", new PlottedCurve("loss", [.. runs.Select(run => run.Loss)])),
            ("learning_rate", new PlottedCurve("learning rate", [.. runs.Select(run => run.LearningRate)])),
        };
        void Add(Func<TrainingCurves, IReadOnlyList<(string Name, IReadOnlyList<(double Step, double Value)> Points)>> of, string? kind)
        {
            foreach (var name in runs.SelectMany(run => of(run).Select(entry => entry.Name)).Distinct(StringComparer.Ordinal))
                named.Add((kind is null ? name : named.Exists(known => known.Kind == kind) ? kind + " more" : kind, new PlottedCurve(kind is null ? name.Replace('_', ' ') : $"{kind} {name}",
                    [.. runs.Select(run => of(run).FirstOrDefault(entry => entry.Name == name).Points ?? [])], CollapseLimits.Of(name, runs.Max(run => run.LeastEffectiveRank)))));
        }
        Add(run => run.Dev, "dev");
        Add(run => run.Diagnostics, null);
        Add(run => run.Numbers, null);
        return [.. named.Where(curve => curve.Curve.Lines.Any(line => line.Count > 0)).OrderBy(curve => Array.IndexOf(First, curve.Kind) is var place and >= 0 ? place : First.Length).Select(curve => curve.Curve)];
    }

    private static string Span(TimeSpan span) =>
        span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min")
        : span.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s");
}
