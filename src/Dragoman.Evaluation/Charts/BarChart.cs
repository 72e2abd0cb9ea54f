namespace Dragoman.Evaluation.Charts;

/// <summary>A bar with its interval.</summary>
/// <param name="Label">Whose value it is.</param>
/// <param name="Value">The value, finite.</param>
/// <param name="Low">Lower end of the interval; null for none.</param>
/// <param name="High">Upper end of the interval; null for none.</param>
public sealed record Bar(string Label, double Value, double? Low = null, double? High = null);

/// <summary>Bars that belong together, such as the systems under one measure.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Bars">The bars; the n-th bar of every group looks alike.</param>
public sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);

/// <summary>Horizontal bars in groups, each with its value and an interval; labels of any length, any number of bars.</summary>
public static class BarChart
{
    private const double Row = 22, Thickness = 15, GroupGap = 12, Heading = 24, MostLabel = 190, ValueWidth = 58, Top = 8, AxisHeight = 26;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="interval">What the intervals are, for the description and the table's header: <c>95% interval</c>.</param>
    /// <param name="groups">The bars; values that are not finite are left out.</param>
    public static Chart Draw(string name, string title, string interval, IReadOnlyList<BarGroup> groups)
    {
        groups = [.. groups.Select(group => group with { Bars = [.. group.Bars.Where(bar => double.IsFinite(bar.Value))] }).Where(group => group.Bars.Count > 0)];
        if (groups.Count == 0) return SvgCanvas.Empty(name, title, "There is no value to draw.");
        var bars = groups.SelectMany(group => group.Bars).ToList();
        var axis = NiceAxis.Of(bars.SelectMany(bar => (double[])[0, bar.Value, Finite(bar.Low) ?? bar.Value, Finite(bar.High) ?? bar.Value]));
        var canvas = new SvgCanvas(name);
        var left = Math.Min(MostLabel, bars.Max(bar => TextFit.Width(bar.Label))) + 10;
        var plot = new Plot(axis, left, SvgCanvas.Width - ValueWidth - left);
        var height = Top + groups.Sum(group => Heading + group.Bars.Count * Row) + (groups.Count - 1) * GroupGap;
        DrawGrid(canvas, plot, height);
        var y = Top;
        foreach (var group in groups)
        {
            canvas.FittedText(0, y + 16, group.Name, SvgCanvas.Width, "strong");
            y += Heading;
            for (var i = 0; i < group.Bars.Count; i++, y += Row) DrawBar(canvas, plot, group.Bars[i], i, y);
            y += GroupGap;
        }
        var hasIntervals = bars.Any(bar => Finite(bar.Low) is not null && Finite(bar.High) is not null);
        return canvas.ToChart(height + AxisHeight, title, Describe(groups, interval, hasIntervals), Table(groups, interval, hasIntervals));
    }

    private static void DrawGrid(SvgCanvas canvas, Plot plot, double bottom)
    {
        foreach (var tick in plot.Axis.Ticks)
        {
            canvas.Line(plot.At(tick), Top, plot.At(tick), bottom, tick == 0 ? "axis" : "grid");
            canvas.Text(plot.At(tick), bottom + 18, plot.Axis.Label(tick), "small", SvgCanvas.Anchor.Middle);
        }
    }

    private static void DrawBar(SvgCanvas canvas, Plot plot, Bar bar, int series, double y)
    {
        var middle = y + Row / 2;
        canvas.FittedText(plot.Left - 8, middle + 4.5, bar.Label, plot.Left - 10, "", SvgCanvas.Anchor.End);
        var (from, to) = (plot.At(Math.Min(0, bar.Value)), plot.At(Math.Max(0, bar.Value)));
        canvas.PatternedRectangle(from, middle - Thickness / 2, to - from, Thickness, series, $"{bar.Label}: {NumberText.Value(bar.Value)}{Interval(bar)}");
        var end = to;
        if (Finite(bar.Low) is { } low && Finite(bar.High) is { } high)
        {
            foreach (var style in (string[])["halo", "whisker"])
            {
                canvas.Line(plot.At(low), middle, plot.At(high), middle, style);
                foreach (var limit in (double[])[low, high]) canvas.Line(plot.At(limit), middle - 4, plot.At(limit), middle + 4, style);
            }
            end = Math.Max(end, plot.At(high));
        }
        canvas.Text(Math.Min(end + 7, SvgCanvas.Width - ValueWidth + 6), middle + 4.5, NumberText.Value(bar.Value), "small");
    }

    private static string Describe(IReadOnlyList<BarGroup> groups, string interval, bool hasIntervals)
    {
        var sentences = groups.Take(6).Select(group =>
        {
            var (best, worst) = (group.Bars.MaxBy(bar => bar.Value)!, group.Bars.MinBy(bar => bar.Value)!);
            return group.Bars.Count == 1 ? $"{group.Name}: {best.Label} {NumberText.Value(best.Value)}." : $"{group.Name}: highest {best.Label} {NumberText.Value(best.Value)}, lowest {worst.Label} {NumberText.Value(worst.Value)}.";
        });
        return $"Horizontal bars{(hasIntervals ? $" with {interval}" : "")}. {string.Join(' ', sentences)}";
    }

    private static DataTable Table(IReadOnlyList<BarGroup> groups, string interval, bool hasIntervals)
    {
        var rows = groups.SelectMany(group => group.Bars.Select(bar => (IReadOnlyList<string>)
            [group.Name, bar.Label, NumberText.Value(bar.Value), .. hasIntervals ? [Finite(bar.Low) is { } low ? NumberText.Value(low) : "", Finite(bar.High) is { } high ? NumberText.Value(high) : ""] : Array.Empty<string>()]));
        return new DataTable(["measure", "system", "value", .. hasIntervals ? [$"{interval}, low", $"{interval}, high"] : Array.Empty<string>()], [.. rows], 2);
    }

    private static string Interval(Bar bar) => Finite(bar.Low) is { } low && Finite(bar.High) is { } high ? $" [{NumberText.Value(low)}, {NumberText.Value(high)}]" : "";

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private readonly record struct Plot(NiceAxis Axis, double Left, double Width)
    {
        internal double At(double value) => Left + Axis.ShareOf(value) * Width;
    }
}
