using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>A layer of a <see cref="StackChart"/>.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">Its value in each column, 0 or more; as many as there are columns.</param>
public sealed record StackLayer(string Name, IReadOnlyList<double> Values);

/// <summary>Columns of layers on each other, each column as shares of its own sum, such as the grades of what was taken in each epoch.</summary>
public static class StackChart
{
    private const double Left = 64, Right = 20, PlotHeight = 220, Bottom = 46, LegendRow = 22, MostWidth = 56;
    private const int MostLabels = 16;

    /// <summary>What larger values count as, so that sums are finite.</summary>
    private const double Most = 1e15;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="xLabel">What the columns are.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="layers">The layers, the lowest first. Values that are not above 0 are nothing.</param>
    public static Chart Draw(string name, string title, string xLabel, IReadOnlyList<string> columns, IReadOnlyList<StackLayer> layers)
    {
        layers = [.. layers.Select(layer => layer with { Values = [.. layer.Values.Select(value => value is > 0 and < Most ? value : value >= Most ? Most : 0)] })];
        var sums = Enumerable.Range(0, columns.Count).Select(column => layers.Sum(layer => layer.Values[column])).ToArray();
        if (layers.Count == 0 || sums.All(sum => !(sum > 0))) return SvgCanvas.Empty(name, title, "There is no value to draw.");
        var canvas = new SvgCanvas(name);
        var top = DrawLegend(canvas, layers) + 10;
        double Y(double share) => top + PlotHeight - share * PlotHeight;
        for (var tick = 0; tick <= 4; tick++)
        {
            canvas.Line(Left, Y(tick / 4.0), SvgCanvas.Width - Right, Y(tick / 4.0), tick == 0 ? "axis" : "grid");
            canvas.Text(Left - 8, Y(tick / 4.0) + 4, (tick / 4.0).ToString("0%", CultureInfo.InvariantCulture), "small", SvgCanvas.Anchor.End);
        }
        var step = (SvgCanvas.Width - Left - Right) / columns.Count;
        var width = Math.Min(MostWidth, step * 0.8);
        var every = (columns.Count + MostLabels - 1) / MostLabels;
        for (var column = 0; column < columns.Count; column++)
        {
            var middle = Left + (column + 0.5) * step;
            if (column % every == 0) canvas.FittedText(middle, top + PlotHeight + 18, columns[column], step * every, "small", SvgCanvas.Anchor.Middle);
            if (!(sums[column] > 0)) continue;
            var below = 0.0;
            for (var layer = 0; layer < layers.Count; layer++)
            {
                var share = layers[layer].Values[column] / sums[column];
                if (share > 0) canvas.PatternedRectangle(middle - width / 2, Y(below + share), width, share * PlotHeight, layer, string.Create(CultureInfo.InvariantCulture, $"{layers[layer].Name}, {xLabel} {columns[column]}: {share:0.#%}"));
                below += share;
            }
        }
        canvas.Text(Left + (SvgCanvas.Width - Left - Right) / 2, top + PlotHeight + 38, xLabel, "small", SvgCanvas.Anchor.Middle);
        return canvas.ToChart(top + PlotHeight + Bottom, title, Describe(columns, layers, sums, xLabel), Table(columns, layers, sums, xLabel));
    }

    private static double DrawLegend(SvgCanvas canvas, IReadOnlyList<StackLayer> layers)
    {
        var (x, y) = (Left, 16.0);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            var width = Math.Min(TextFit.Width(layers[layer].Name), 230);
            if (x > Left && x + 30 + width > SvgCanvas.Width) (x, y) = (Left, y + LegendRow);
            canvas.PatternedRectangle(x, y - 11, 18, 13, layer);
            canvas.FittedText(x + 25, y, layers[layer].Name, width + 1);
            x += width + 48;
        }
        return y;
    }

    private static string Describe(IReadOnlyList<string> columns, IReadOnlyList<StackLayer> layers, double[] sums, string xLabel)
    {
        var (first, last) = (Array.FindIndex(sums, sum => sum > 0), Array.FindLastIndex(sums, sum => sum > 0));
        return $"Shares of each {xLabel}. " + string.Join(' ', layers.Select(layer =>
            string.Create(CultureInfo.InvariantCulture, $"{layer.Name}: {layer.Values[first] / sums[first]:0.#%} in {columns[first]}, {layer.Values[last] / sums[last]:0.#%} in {columns[last]}.")));
    }

    private static DataTable Table(IReadOnlyList<string> columns, IReadOnlyList<StackLayer> layers, double[] sums, string xLabel)
    {
        var shown = Enumerable.Range(0, columns.Count).Take(DataTable.MostRows).ToList();
        return new DataTable([xLabel, .. layers.Select(layer => layer.Name), "all"],
            [.. shown.Select(column => (IReadOnlyList<string>)[columns[column], .. layers.Select(layer => NumberText.Any(layer.Values[column])), NumberText.Any(sums[column])])], 1,
            shown.Count < columns.Count ? string.Create(CultureInfo.InvariantCulture, $"The first {shown.Count} of {columns.Count}.") : null);
    }
}
