using System.Globalization;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Watching;

/// <summary>A curve of each run, to be drawn over each other.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Lines">The runs' points; empty for a run that has none.</param>
/// <param name="Limit">A value to mark; null for none.</param>
internal sealed record PlottedCurve(string Title, IReadOnlyList<IReadOnlyList<(double Step, double Value)>> Lines, double? Limit = null);

/// <summary>Draws a curve in characters: title with the last values, the plot with the ends of its axes.</summary>
internal static class TerminalPlot
{
    private const int LabelWidth = 9;

    /// <summary>Lines and columns below which nothing can be drawn.</summary>
    internal const int LeastWidth = 24, LeastHeight = 5;

    /// <summary>Draws.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines.</param>
    /// <param name="look">What can be shown.</param>
    internal static IReadOnlyList<IReadOnlyList<PlotCell>> Draw(PlottedCurve curve, int width, int height, PlotLook look)
    {
        var canvas = new PlotCanvas(width - LabelWidth - 1, height - 2, look, curve.Lines.Count);
        var points = curve.Lines.SelectMany(line => line).Where(point => double.IsFinite(point.Value)).ToList();
        var lines = new List<IReadOnlyList<PlotCell>> { Title(curve, width) };
        if (points.Count == 0)
        {
            lines.AddRange(Enumerable.Range(0, height - 1).Select(row => Fitted(row == (height - 1) / 2 ? "(no value yet)".PadLeft(width / 2 + 7) : "", width)));
            return lines;
        }
        var (first, last) = (points.Min(point => point.Step), points.Max(point => point.Step));
        var columns = curve.Lines.Select(line => Means(line, first, last, canvas.Width)).ToList();
        var known = columns.SelectMany(line => line).Where(double.IsFinite).ToList();
        var (low, high) = Range(known.Min(), known.Max(), curve.Limit);
        int Down(double value) => Math.Clamp((int)Math.Round((high - value) / (high - low) * (canvas.Height - 1)), 0, canvas.Height - 1);
        if (curve.Limit is { } limit && limit >= low && limit <= high)
            for (var x = 0; x < canvas.Width; x += 2) canvas.Set(x, Down(limit), PlotCell.Limit);
        for (var series = 0; series < columns.Count; series++) Line(canvas, columns[series], series, Down);
        for (var row = 0; row < canvas.Rows; row++)
        {
            var label = row == 0 ? Number(high) : row == canvas.Rows - 1 ? Number(low) : "";
            lines.Add([.. Fitted(label.PadLeft(LabelWidth) + (look.Unicode ? "│" : "|"), LabelWidth + 1), .. canvas.Row(row)]);
        }
        var (left, right) = (Steps(first), Steps(last));
        lines.Add(Fitted(new string(' ', LabelWidth + 1) + left + right.PadLeft(Math.Max(0, width - LabelWidth - 1 - left.Length)), width));
        return lines;
    }

    /// <summary>A number in at most eight characters.</summary>
    internal static string Number(double value) => !double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture)
        : value != 0 && Math.Abs(value) is < 0.001 or >= 100_000 ? value.ToString("0.#e0", CultureInfo.InvariantCulture)
        : value.ToString(Math.Abs(value) >= 100 ? "0.#" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>A text as cells, cut or filled up to a width.</summary>
    internal static IReadOnlyList<PlotCell> Fitted(string text, int width, int series = PlotCell.None) =>
        [.. (text.Length > width ? text[..width] : text.PadRight(width)).Select(sign => new PlotCell(sign, series))];

    private static List<PlotCell> Title(PlottedCurve curve, int width)
    {
        var cells = new List<PlotCell>(Fitted(curve.Title, Math.Min(curve.Title.Length, width)));
        for (var series = 0; series < curve.Lines.Count; series++)
        {
            if (curve.Lines[series].Count == 0) continue;
            var value = "  " + Number(curve.Lines[series][^1].Value);
            if (cells.Count + value.Length > width) break;
            cells.AddRange(Fitted(value, value.Length, series));
        }
        if (curve.Limit is { } limit && cells.Count + 16 <= width) cells.AddRange(Fitted($"  limit {Number(limit)}", $"  limit {Number(limit)}".Length, PlotCell.Limit));
        cells.AddRange(Fitted("", width - cells.Count));
        return cells;
    }

    private static void Line(PlotCanvas canvas, double[] values, int series, Func<double, int> down)
    {
        var before = -1;
        for (var x = 0; x < values.Length; x++)
        {
            if (!double.IsFinite(values[x])) continue;
            var y = down(values[x]);
            // What lies between two columns is joined, half in each.
            if (before >= 0) Join(canvas, before, down(values[before]), x, y, series);
            canvas.Set(x, y, series);
            before = x;
        }
    }

    private static void Join(PlotCanvas canvas, int x1, int y1, int x2, int y2, int series)
    {
        var steps = Math.Max(x2 - x1, Math.Abs(y2 - y1));
        for (var step = 1; step < steps; step++) canvas.Set(x1 + (int)Math.Round((x2 - x1) * (double)step / steps), y1 + (int)Math.Round((y2 - y1) * (double)step / steps), series);
    }

    /// <summary>The mean of the values in each column; NaN where there is none.</summary>
    private static double[] Means(IReadOnlyList<(double Step, double Value)> points, double first, double last, int columns)
    {
        var (sums, counts) = (new double[columns], new int[columns]);
        foreach (var (step, value) in points)
        {
            if (!double.IsFinite(value)) continue;
            var column = last == first ? 0 : (int)Math.Round((step - first) / (last - first) * (columns - 1));
            sums[column] += value;
            counts[column]++;
        }
        return [.. sums.Zip(counts, (sum, count) => count == 0 ? double.NaN : sum / count)];
    }

    /// <summary>The ends of the value axis; the limit is inside when it is not far away.</summary>
    private static (double Low, double High) Range(double low, double high, double? limit)
    {
        if (limit is { } value) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high))) return (low, high);
        return low == 0 ? (0, 1) : (low - Math.Abs(low) / 2, high + Math.Abs(high) / 2);
    }

    private static string Steps(double step) => step.ToString("0", CultureInfo.InvariantCulture);
}
