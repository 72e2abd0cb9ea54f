using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>Points of one kind, and where they are on average.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Points">The points.</param>
/// <param name="Centre">Their mean; null for none.</param>
public sealed record PointSeries(string Name, IReadOnlyList<(double X, double Y)> Points, (double X, double Y)? Centre);

/// <summary>Points on a plane whose axes have no meaning but distance: both are drawn to the same scale. Means are large and labelled.</summary>
public static class PointChart
{
    private const double Left = 16, Top = 16, PlotHeight = 400, PlotWidth = 450, LegendRow = 22;
    private const int MostSeries = 16;
    private const double Far = 1e100;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="axes">What the plane is, for the description.</param>
    /// <param name="series">The points; at most 16 series are drawn.</param>
    public static Chart Draw(string name, string title, string axes, IReadOnlyList<PointSeries> series)
    {
        var shown = series.Select(one => new PointSeries(one.Name, [.. one.Points.Where(IsDrawable)], one.Centre is { } centre && IsDrawable(centre) ? centre : null)).Where(one => one.Points.Count > 0).Take(MostSeries).ToList();
        var all = shown.SelectMany(one => one.Centre is { } centre ? one.Points.Append(centre) : one.Points).ToList();
        if (all.Count == 0) return SvgCanvas.Empty(name, title, "There is no point to draw.");
        var (midX, midY) = ((all.Min(point => point.X) + all.Max(point => point.X)) / 2, (all.Min(point => point.Y) + all.Max(point => point.Y)) / 2);
        var scale = Math.Min(PlotWidth / Math.Max(1e-9, all.Max(point => point.X) - all.Min(point => point.X)), PlotHeight / Math.Max(1e-9, all.Max(point => point.Y) - all.Min(point => point.Y))) * 0.94;
        (double X, double Y) At((double X, double Y) point) => (Left + PlotWidth / 2 + (point.X - midX) * scale, Top + PlotHeight / 2 - (point.Y - midY) * scale);
        var canvas = new SvgCanvas(name);
        foreach (var (x1, y1, x2, y2) in ((double, double, double, double)[])[(Left, Top, Left + PlotWidth, Top), (Left, Top + PlotHeight, Left + PlotWidth, Top + PlotHeight), (Left, Top, Left, Top + PlotHeight), (Left + PlotWidth, Top, Left + PlotWidth, Top + PlotHeight)])
            canvas.Line(x1, y1, x2, y2, "grid");
        for (var i = 0; i < shown.Count; i++)
            foreach (var point in shown[i].Points) canvas.Mark(At(point).X, At(point).Y, 2.6, i);
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i].Centre is not { } centre) continue;
            var (x, y) = At(centre);
            canvas.Mark(x, y, 8, i, string.Create(CultureInfo.InvariantCulture, $"mean of {shown[i].Name}: {centre.X:0.000}, {centre.Y:0.000}"));
            canvas.FittedText(x + 11, y + 4, shown[i].Name, SvgCanvas.Width - x - 15, "strong");
        }
        for (var i = 0; i < shown.Count; i++)
        {
            var y = Top + 12 + i * LegendRow;
            canvas.Mark(Left + PlotWidth + 24, y - 4, 5, i);
            canvas.FittedText(Left + PlotWidth + 36, y, shown[i].Name, SvgCanvas.Width - Left - PlotWidth - 40);
        }
        var rows = shown.Select(one => (IReadOnlyList<string>)[one.Name, one.Centre is { } x ? NumberText.Value(x.X) : "none", one.Centre is { } y ? NumberText.Value(y.Y) : "none", one.Points.Count.ToString(CultureInfo.InvariantCulture)]);
        return canvas.ToChart(Math.Max(Top + PlotHeight, Top + 12 + shown.Count * LegendRow) + 16, title,
            $"{axes}; both axes have the same scale. Large marks are means.", new DataTable(["series", "mean, first axis", "mean, second axis", "points shown"], [.. rows], 1, shown.Count < series.Count ? $"The first {shown.Count} of {series.Count} are shown." : null));
    }

    private static bool IsDrawable((double X, double Y) point) => Math.Abs(point.X) < Far && Math.Abs(point.Y) < Far;
}
