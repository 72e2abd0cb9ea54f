using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>Counts of values in equal stretches of a range.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="Counts">Counts from the lowest stretch to the highest; as many for every series of a chart.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<long> Counts);

/// <summary>Histograms over each other, each as shares of its own sum, so that few and many values compare.</summary>
public static class HistogramChart
{
    private const double Left = 64, Right = 20, Top = 34, PlotHeight = 220, Bottom = 46, Legend = 16;
    private const int FewestBins = 20, MostSeries = 4;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="xLabel">What the values are.</param>
    /// <param name="low">Where the first stretch begins.</param>
    /// <param name="high">Where the last ends, above <paramref name="low"/>.</param>
    /// <param name="series">The histograms, at most four of them; empty stretches that all have at an end are left out, as long as twenty are left.</param>
    public static Chart Draw(string name, string title, string xLabel, double low, double high, IReadOnlyList<HistogramSeries> series)
    {
        series = [.. series.Where(one => one.Counts.Sum() > 0).Take(MostSeries)];
        if (series.Count == 0) return SvgCanvas.Empty(name, title, "There is no value to draw.");
        var (bins, width) = (series[0].Counts.Count, (high - low) / series[0].Counts.Count);
        var (first, last) = (Enumerable.Range(0, bins).First(bin => series.Any(one => one.Counts[bin] > 0)), Enumerable.Range(0, bins).Last(bin => series.Any(one => one.Counts[bin] > 0)));
        while (last - first + 1 < Math.Min(bins, FewestBins)) (first, last) = (Math.Max(0, first - 1), Math.Min(bins - 1, last + 1));
        var shares = series.Select(one => (one.Name, Values: one.Counts.Select(count => (double)count / one.Counts.Sum()).ToArray())).ToList();
        var xAxis = NiceAxis.Of([low + first * width, low + (last + 1) * width], 7);
        var yAxis = NiceAxis.Of(shares.SelectMany(one => one.Values).Append(0));
        var canvas = new SvgCanvas(name);
        double X(double value) => Left + xAxis.ShareOf(value) * (SvgCanvas.Width - Left - Right);
        double Y(double value) => Top + PlotHeight - yAxis.ShareOf(value) * PlotHeight;
        foreach (var tick in yAxis.Ticks)
        {
            canvas.Line(Left, Y(tick), SvgCanvas.Width - Right, Y(tick), tick == 0 ? "axis" : "grid");
            canvas.Text(Left - 8, Y(tick) + 4, tick.ToString("0.#%", CultureInfo.InvariantCulture), "small", SvgCanvas.Anchor.End);
        }
        foreach (var tick in xAxis.Ticks) canvas.Text(X(tick), Top + PlotHeight + 18, xAxis.Label(tick), "small", SvgCanvas.Anchor.Middle);
        canvas.Text(Left + (SvgCanvas.Width - Left - Right) / 2, Top + PlotHeight + 38, xLabel, "small", SvgCanvas.Anchor.Middle);
        var from = Left;
        for (var i = 0; i < shares.Count; i++)
        {
            var steps = new List<(double X, double Y)> { (X(low + first * width), Y(0)) };
            for (var bin = first; bin <= last; bin++) steps.AddRange([(X(low + bin * width), Y(shares[i].Values[bin])), (X(low + (bin + 1) * width), Y(shares[i].Values[bin]))]);
            steps.Add((X(low + (last + 1) * width), Y(0)));
            canvas.Area(steps, i);
            canvas.Polyline(steps, i);
            canvas.Polyline([(from, Legend - 4), (from + 28, Legend - 4)], i);
            var room = Math.Max(20, (SvgCanvas.Width - Left) / shares.Count - 60);
            canvas.FittedText(from + 35, Legend, shares[i].Name, room);
            from += Math.Min(room, TextFit.Width(shares[i].Name)) + 60;
        }
        return canvas.ToChart(Top + PlotHeight + Bottom, title, Describe(shares, low, width), Table(series, low, width, first, last, xLabel));
    }

    private static string Describe(List<(string Name, double[] Values)> shares, double low, double width) => "Histograms as shares of each. " + string.Join(' ', shares.Select(one =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Name}: mean about {one.Values.Select((share, bin) => share * (low + (bin + 0.5) * width)).Sum():0.00}, most from {low + Array.IndexOf(one.Values, one.Values.Max()) * width:0.00} to {low + (Array.IndexOf(one.Values, one.Values.Max()) + 1) * width:0.00}.")));

    private static DataTable Table(IReadOnlyList<HistogramSeries> series, double low, double width, int first, int last, string xLabel) => new(
        [$"{xLabel}, from", "to", .. series.Select(one => one.Name)],
        [.. Enumerable.Range(first, last - first + 1).Select(bin => (IReadOnlyList<string>)
        [
            (low + bin * width).ToString("0.000", CultureInfo.InvariantCulture), (low + (bin + 1) * width).ToString("0.000", CultureInfo.InvariantCulture), .. series.Select(one => one.Counts[bin].ToString("N0", CultureInfo.InvariantCulture)),
        ])], 0);
}
