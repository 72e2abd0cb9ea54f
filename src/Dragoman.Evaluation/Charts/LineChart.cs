using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>A line of a <see cref="LineChart"/>.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Its points in order of X; where Y is not finite the line breaks.</param>
public sealed record LineSeries(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// Lines over a common axis, such as the loss over training steps. A long series is drawn as the mean of stretches of equal length, over a faint line through the extremes of
/// each stretch, so that the course shows and peaks stay.
/// </summary>
public static class LineChart
{
    private const double Left = 70, Right = 24, PlotHeight = 260, LegendRow = 22, Bottom = 44;
    private const int Stretches = 100, MarkedPoints = 20, MostSeries = 16;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="xLabel">What the horizontal axis counts.</param>
    /// <param name="series">The lines; at most 16 are drawn, and the note of the table says so.</param>
    public static Chart Draw(string name, string title, string xLabel, IReadOnlyList<LineSeries> series)
    {
        var filled = series.Select(line => new LineSeries(line.Name, [.. line.Points.Where(point => double.IsFinite(point.X))])).Where(line => line.Points.Any(point => double.IsFinite(point.Y))).ToList();
        if (filled.Count == 0) return SvgCanvas.Empty(name, title, "There is no value to draw.");
        var drawn = filled.Take(MostSeries).ToList();
        var xAxis = NiceAxis.Of(drawn.SelectMany(line => line.Points.Select(point => point.X)), 7);
        var yAxis = NiceAxis.Of(drawn.SelectMany(line => line.Points.Select(point => point.Y)));
        var canvas = new SvgCanvas(name);
        var top = DrawLegend(canvas, drawn) + 10;
        (double X, double Y) At((double X, double Y) point) =>
            (Left + xAxis.ShareOf(point.X) * (SvgCanvas.Width - Left - Right), top + PlotHeight - yAxis.ShareOf(point.Y) * PlotHeight);

        foreach (var tick in yAxis.Ticks)
        {
            var y = At((xAxis.Low, tick)).Y;
            canvas.Line(Left, y, SvgCanvas.Width - Right, y, tick == yAxis.Low ? "axis" : "grid");
            canvas.Text(Left - 8, y + 4, yAxis.Label(tick), "small", SvgCanvas.Anchor.End);
        }
        foreach (var tick in xAxis.Ticks) canvas.Text(At((tick, yAxis.Low)).X, top + PlotHeight + 18, xAxis.Label(tick), "small", SvgCanvas.Anchor.Middle);
        canvas.Text(Left + (SvgCanvas.Width - Left - Right) / 2, top + PlotHeight + 38, xLabel, "small", SvgCanvas.Anchor.Middle);
        for (var i = 0; i < drawn.Count; i++) DrawLine(canvas, drawn[i], i, At);
        return canvas.ToChart(top + PlotHeight + Bottom, title, Describe(drawn, xLabel), Table(filled, xLabel));
    }

    private static void DrawLine(SvgCanvas canvas, LineSeries line, int series, Func<(double X, double Y), (double X, double Y)> at)
    {
        foreach (var stretch in Unbroken(line.Points))
        {
            var isLong = stretch.Count > 3 * Stretches;
            if (isLong) canvas.Polyline(Extremes(stretch).Select(at), series, faint: true);
            var drawn = isLong ? Means(stretch) : stretch;
            canvas.Polyline(drawn.Select(at), series);
            var every = Math.Max(1, drawn.Count / MarkedPoints);
            for (var i = 0; i < drawn.Count; i++)
            {
                if (i % every != 0 && i != drawn.Count - 1) continue;
                var (x, y) = at(drawn[i]);
                canvas.Mark(x, y, 3.6, series, string.Create(CultureInfo.InvariantCulture, $"{line.Name}: {NumberText.Any(drawn[i].Y)} at {drawn[i].X:N0}"));
            }
        }
    }

    private static double DrawLegend(SvgCanvas canvas, List<LineSeries> lines)
    {
        var (x, y) = (Left, 16.0);
        for (var i = 0; i < lines.Count; i++)
        {
            var width = Math.Min(TextFit.Width(lines[i].Name), 230);
            if (x > Left && x + 40 + width > SvgCanvas.Width) (x, y) = (Left, y + LegendRow);
            canvas.Polyline([(x, y - 4), (x + 28, y - 4)], i);
            canvas.Mark(x + 14, y - 4, 4, i);
            canvas.FittedText(x + 35, y, lines[i].Name, width + 1);
            x += width + 58;
        }
        return y;
    }

    private static IEnumerable<List<(double X, double Y)>> Unbroken(IReadOnlyList<(double X, double Y)> points)
    {
        var stretch = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y)) stretch.Add(point);
            else if (stretch.Count > 0)
            {
                yield return stretch;
                stretch = [];
            }
        }
        if (stretch.Count > 0) yield return stretch;
    }

    /// <summary>At most first, lowest, highest and last point of each stretch, in order.</summary>
    private static List<(double X, double Y)> Extremes(List<(double X, double Y)> points)
    {
        var kept = new SortedSet<int>();
        foreach (var (from, to) in Parts(points.Count))
        {
            var inside = Enumerable.Range(from, to - from).ToList();
            kept.UnionWith([from, inside.MinBy(i => points[i].Y), inside.MaxBy(i => points[i].Y), to - 1]);
        }
        return [.. kept.Select(i => points[i])];
    }

    private static List<(double X, double Y)> Means(List<(double X, double Y)> points) =>
        [.. Parts(points.Count).Select(part => points.GetRange(part.From, part.To - part.From)).Select(part => (Mean(part.Select(point => point.X)), Mean(part.Select(point => point.Y))))];

    // Divided first, so that no sum of large values overflows.
    private static double Mean(IEnumerable<double> values)
    {
        var all = values.ToList();
        return all.Sum(value => value / all.Count);
    }

    private static IEnumerable<(int From, int To)> Parts(int count) =>
        Enumerable.Range(0, Stretches).Select(part => ((int)((long)part * count / Stretches), (int)((long)(part + 1) * count / Stretches)));

    private static string Describe(List<LineSeries> lines, string xLabel) => $"Lines over {xLabel}{(lines.Any(line => line.Points.Count > 3 * Stretches) ? "; the bold line is the mean of each hundredth, the faint one its extremes" : "")}. " + string.Join(' ', lines.Select(line =>
    {
        var known = line.Points.Where(point => double.IsFinite(point.Y)).ToList();
        return $"{line.Name}: from {NumberText.Any(known[0].Y)} to {NumberText.Any(known[^1].Y)}, lowest {NumberText.Any(known.Min(point => point.Y))}, highest {NumberText.Any(known.Max(point => point.Y))}.";
    }));

    private static DataTable Table(List<LineSeries> lines, string xLabel)
    {
        var each = Math.Max(2, DataTable.MostRows / lines.Count);
        var rows = lines.SelectMany(line => Spread(line.Points, each).Select(point => (IReadOnlyList<string>)[line.Name, point.X.ToString("0.####", CultureInfo.InvariantCulture), NumberText.Any(point.Y)]));
        var notes = new List<string>();
        if (lines.Any(line => line.Points.Count > each)) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{each} evenly spread points of each line."));
        if (lines.Count > MostSeries) notes.Add(string.Create(CultureInfo.InvariantCulture, $"The figure shows the first {MostSeries} of {lines.Count} lines."));
        return new DataTable(["line", xLabel, "value"], [.. rows], 1, notes.Count == 0 ? null : string.Join(' ', notes));
    }

    private static IEnumerable<(double X, double Y)> Spread(IReadOnlyList<(double X, double Y)> points, int most) =>
        points.Count <= most ? points : Enumerable.Range(0, most).Select(i => points[(int)((long)i * (points.Count - 1) / (most - 1))]);
}
