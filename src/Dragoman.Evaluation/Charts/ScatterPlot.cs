using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>Each query as a point, the baseline's value against the system's; above the diagonal the system is better. Many queries are gathered into marks sized by their number.</summary>
public static class ScatterPlot
{
    /// <summary>The most queries drawn as points of their own.</summary>
    public const int MostPoints = 1000;

    private const int Cells = 32;
    private const double Left = 58, Top = 30, Side = 400, Bottom = 46, Radius = 4.2;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="baseline">Name of the baseline.</param>
    /// <param name="system">Name of the system.</param>
    /// <param name="points">The queries; those with a value that is not finite are left out.</param>
    public static Chart Draw(string name, string title, string baseline, string system, IReadOnlyList<PairedPoint> points)
    {
        points = [.. points.Where(point => double.IsFinite(point.Baseline) && double.IsFinite(point.System))];
        if (points.Count == 0) return SvgCanvas.Empty(name, title, "The two systems have no query in common.");
        var axis = NiceAxis.Of(points.SelectMany(point => (double[])[point.Baseline, point.System, 0]));
        var canvas = new SvgCanvas(name);
        DrawFrame(canvas, axis, baseline, system);
        if (points.Count <= MostPoints) DrawPoints(canvas, axis, points);
        else DrawCells(canvas, axis, points);
        DrawLegend(canvas, points.Count > MostPoints);
        var gathered = points.Count > MostPoints ? " Neighbouring queries are gathered into one mark, larger for more queries." : "";
        return canvas.ToChart(Top + Side + Bottom, title, $"{system} against {baseline}: {PairedPoint.Count(points)}.{gathered}", PairedPoint.Table(points, baseline, system));
    }

    private static void DrawFrame(SvgCanvas canvas, NiceAxis axis, string baseline, string system)
    {
        foreach (var tick in axis.Ticks)
        {
            canvas.Line(X(axis, tick), Top, X(axis, tick), Top + Side, "grid");
            canvas.Line(Left, Y(axis, tick), Left + Side, Y(axis, tick), "grid");
            canvas.Text(X(axis, tick), Top + Side + 18, axis.Label(tick), "small", SvgCanvas.Anchor.Middle);
            canvas.Text(Left - 8, Y(axis, tick) + 4, axis.Label(tick), "small", SvgCanvas.Anchor.End);
        }
        canvas.Line(Left, Top + Side, Left + Side, Top, "axis");
        canvas.FittedText(Left + Side / 2, Top + Side + 38, $"{baseline} (baseline)", Side, "small", SvgCanvas.Anchor.Middle);
        canvas.FittedText(0, 16, system, Left + Side, "small");
    }

    private static void DrawPoints(SvgCanvas canvas, NiceAxis axis, IReadOnlyList<PairedPoint> points)
    {
        foreach (var place in points.GroupBy(point => (point.Baseline, point.System)))
        {
            var ids = string.Join(", ", place.Take(5).Select(point => point.QueryId)) + (place.Count() > 5 ? FormattableString.Invariant($" and {place.Count() - 5:N0} more") : "");
            var hover = $"{ids}: {NumberText.Value(place.Key.Baseline)} to {NumberText.Value(place.Key.System)}";
            DrawMark(canvas, X(axis, place.Key.Baseline), Y(axis, place.Key.System), Radius + Math.Min(6, Math.Log2(place.Count())), place.Key.System.CompareTo(place.Key.Baseline), hover);
        }
    }

    private static void DrawCells(SvgCanvas canvas, NiceAxis axis, IReadOnlyList<PairedPoint> points)
    {
        var cells = points.GroupBy(point => (X: Cell(axis, point.Baseline), Y: Cell(axis, point.System), Sign: Math.Sign(point.Difference))).ToList();
        double most = cells.Max(cell => cell.Count());
        foreach (var cell in cells.OrderBy(cell => cell.Key))
        {
            var (x, y) = (X(axis, cell.Average(point => point.Baseline)), Y(axis, cell.Average(point => point.System)));
            var radius = 1.5 + Math.Sqrt(cell.Count() / most) * Side / Cells * 0.7;
            DrawMark(canvas, x, y, radius, cell.Key.Sign, string.Create(CultureInfo.InvariantCulture, $"{cell.Count():N0} queries"));
        }
    }

    private static void DrawLegend(SvgCanvas canvas, bool gathered)
    {
        var x = Left + Side + 24;
        foreach (var (sign, text, row) in ((int, string, int)[])[(1, "system better", 0), (0, "equal", 1), (-1, "baseline better", 2)])
        {
            DrawMark(canvas, x, Top + 14 + row * 24, 5, sign, null);
            canvas.Text(x + 14, Top + 18.5 + row * 24, text);
        }
        if (gathered) canvas.Text(x - 6, Top + 96, "larger: more queries", "small");
    }

    private static void DrawMark(SvgCanvas canvas, double x, double y, double radius, int sign, string? hover) =>
        canvas.Mark(x, y, radius, sign > 0 ? MarkShape.Up : sign < 0 ? MarkShape.Down : MarkShape.Circle, sign > 0 ? 0 : sign < 0 ? 1 : 7, hover);

    private static int Cell(NiceAxis axis, double value) => Math.Min(Cells - 1, (int)(axis.ShareOf(value) * Cells));

    private static double X(NiceAxis axis, double value) => Left + axis.ShareOf(value) * Side;

    private static double Y(NiceAxis axis, double value) => Top + Side - axis.ShareOf(value) * Side;
}
