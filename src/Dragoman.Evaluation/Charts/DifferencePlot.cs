using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>The differences of all queries between a system and the baseline, largest win to largest loss. Many queries are gathered into bars of neighbours.</summary>
public static class DifferencePlot
{
    /// <summary>The most bars; with more queries each bar is a mean of neighbours in the order.</summary>
    public const int MostBars = 500;

    private const double Left = 58, Top = 12, Height = 240, Bottom = 34;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="baseline">Name of the baseline.</param>
    /// <param name="system">Name of the system.</param>
    /// <param name="points">The queries; those with a value that is not finite are left out.</param>
    public static Chart Draw(string name, string title, string baseline, string system, IReadOnlyList<PairedPoint> points)
    {
        points = [.. points.Where(point => double.IsFinite(point.Difference)).OrderByDescending(point => point.Difference).ThenBy(point => point.QueryId, StringComparer.Ordinal)];
        if (points.Count == 0) return SvgCanvas.Empty(name, title, "The two systems have no query in common.");
        var axis = NiceAxis.Of(points.Select(point => point.Difference).Append(0));
        var canvas = new SvgCanvas(name);
        double Y(double value) => Top + Height - axis.ShareOf(value) * Height;
        foreach (var tick in axis.Ticks)
        {
            canvas.Line(Left, Y(tick), SvgCanvas.Width - 6, Y(tick), tick == 0 ? "axis" : "grid");
            canvas.Text(Left - 8, Y(tick) + 4, axis.Label(tick), "small", SvgCanvas.Anchor.End);
        }
        var bars = Gather(points);
        var step = (SvgCanvas.Width - 6 - Left) / bars.Count;
        var width = Math.Min(28, step * (step > 3 ? 0.8 : 1));
        for (var i = 0; i < bars.Count; i++)
        {
            var (mean, hover) = bars[i];
            var (high, low) = (Y(Math.Max(0, mean)), Y(Math.Min(0, mean)));
            canvas.PatternedRectangle(Left + (i + 0.5) * step - width / 2, Math.Min(high, low - 1), width, Math.Max(1, low - high), mean < 0 ? 1 : mean > 0 ? 0 : 7, hover);
        }
        var order = points.Count > bars.Count ? FormattableString.Invariant($"{points.Count:N0} queries in {bars.Count} bars, from the largest gain to the largest loss")
            : FormattableString.Invariant($"{points.Count:N0} {(points.Count == 1 ? "query" : "queries")}, from the largest gain to the largest loss");
        canvas.Text(Left + (SvgCanvas.Width - 6 - Left) / 2, Top + Height + 24, order, "small", SvgCanvas.Anchor.Middle);
        var description = string.Create(CultureInfo.InvariantCulture,
            $"{system} minus {baseline}, query by query: {PairedPoint.Count(points)}; the largest gain is {NumberText.Signed(points[0].Difference)}, the largest loss {NumberText.Signed(points[^1].Difference)}.");
        return canvas.ToChart(Top + Height + Bottom, title, description, PairedPoint.Table(points, baseline, system));
    }

    private static List<(double Mean, string Hover)> Gather(IReadOnlyList<PairedPoint> points)
    {
        if (points.Count <= MostBars) return [.. points.Select(point => (point.Difference, $"{point.QueryId}: {NumberText.Signed(point.Difference)}"))];
        var bars = new List<(double, string)>();
        for (var bar = 0; bar < MostBars; bar++)
        {
            var (from, to) = ((int)((long)bar * points.Count / MostBars), (int)((long)(bar + 1) * points.Count / MostBars));
            var mean = points.Skip(from).Take(to - from).Average(point => point.Difference);
            bars.Add((mean, string.Create(CultureInfo.InvariantCulture, $"{to - from:N0} queries: {NumberText.Signed(points[from].Difference)} to {NumberText.Signed(points[to - 1].Difference)}")));
        }
        return bars;
    }
}
