using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>A table of numbers as coloured cells, such as query languages by passage languages; every cell holds its number too.</summary>
public static class HeatMap
{
    /// <summary>The most rows and columns drawn; the table beside the chart has as many rows as tables have.</summary>
    public const int MostLines = 40;

    private const double Cell = 30, Least = 44, Most = 74, MostLabel = 120, Top = 46, LegendHeight = 46;

    /// <summary>Draws the chart.</summary>
    /// <param name="name">See <see cref="Chart.Name"/>.</param>
    /// <param name="title">See <see cref="Chart.Title"/>.</param>
    /// <param name="rows">What the rows are, and their labels.</param>
    /// <param name="columns">What the columns are, and their labels.</param>
    /// <param name="values">Row, column: a value of 0 or more; null or not finite where there is none.</param>
    /// <param name="format">How to print a value, such as <c>F3</c> or <c>0%</c>.</param>
    /// <param name="highest">The value of the strongest colour, so that several maps can be compared; null for a round number above the values.</param>
    public static Chart Draw(string name, string title, (string Name, IReadOnlyList<string> Labels) rows, (string Name, IReadOnlyList<string> Labels) columns, double?[,] values, string format = "F3", double? highest = null)
    {
        var (height, width) = (Math.Min(MostLines, rows.Labels.Count), Math.Min(MostLines, columns.Labels.Count));
        var cells = from row in Enumerable.Range(0, height) from column in Enumerable.Range(0, width) where Value(values, row, column) is not null select (Row: row, Column: column, Value: Value(values, row, column)!.Value);
        var known = cells.ToList();
        if (known.Count == 0) return SvgCanvas.Empty(name, title, "There is no value to draw.");
        var axis = NiceAxis.Of(known.Select(cell => cell.Value).Append(highest ?? 0).Append(0));
        var canvas = new SvgCanvas(name);
        var left = Math.Max(Math.Min(MostLabel, rows.Labels.Take(height).Max(TextFit.Width)) + 12, Math.Min(MostLabel, TextFit.Width(rows.Name)));
        var size = Math.Clamp((SvgCanvas.Width - left) / width, Least, Most);
        canvas.Text(left, 14, $"{columns.Name} →", "small");
        canvas.Text(0, Top - 8, $"{rows.Name} ↓", "small");
        for (var column = 0; column < width; column++) canvas.FittedText(left + (column + 0.5) * size, Top - 8, columns.Labels[column], size - 4, "", SvgCanvas.Anchor.Middle);
        for (var row = 0; row < height; row++)
        {
            canvas.FittedText(left - 10, Top + (row + 0.5) * Cell + 4.5, rows.Labels[row], left - 10, "", SvgCanvas.Anchor.End);
            for (var column = 0; column < width; column++)
                DrawCell(canvas, axis, left + column * size, Top + row * Cell, size, Value(values, row, column), format, $"{rows.Labels[row]} → {columns.Labels[column]}");
        }
        DrawLegend(canvas, axis, left, Top + height * Cell + 16, format);
        var (best, worst) = (known.MaxBy(cell => cell.Value), known.MinBy(cell => cell.Value));
        string Describe((int Row, int Column, double Value) cell) => $"{rows.Labels[cell.Row]} → {columns.Labels[cell.Column]} ({cell.Value.ToString(format, CultureInfo.InvariantCulture)})";
        return canvas.ToChart(Top + height * Cell + LegendHeight, title, $"{rows.Name} by {columns.Name}: highest {Describe(best)}, lowest {Describe(worst)}.",
            Table(rows, columns, values, format), Math.Max(SvgCanvas.Width, left + width * size));
    }

    private static void DrawCell(SvgCanvas canvas, NiceAxis axis, double x, double y, double size, double? value, string format, string place)
    {
        if (value is not { } known)
        {
            canvas.Rectangle(x + 1.5, y + 1.5, size - 3, Cell - 3, "missing", $"{place}: none");
            canvas.Text(x + size / 2, y + Cell / 2 + 4.5, "–", "small", SvgCanvas.Anchor.Middle);
            return;
        }
        var step = Math.Min(ChartTheme.HeatSteps - 1, (int)(axis.ShareOf(known) * ChartTheme.HeatSteps));
        var text = known.ToString(format, CultureInfo.InvariantCulture);
        canvas.Rectangle(x + 1, y + 1, size - 2, Cell - 2, $"h{step}", $"{place}: {text}");
        canvas.Text(x + size / 2, y + Cell / 2 + 4.5, text, $"t{step}", SvgCanvas.Anchor.Middle);
    }

    private static void DrawLegend(SvgCanvas canvas, NiceAxis axis, double left, double y, string format)
    {
        const double step = 26;
        canvas.Text(left - 8, y + 12, axis.Low.ToString(format, CultureInfo.InvariantCulture), "small", SvgCanvas.Anchor.End);
        for (var i = 0; i < ChartTheme.HeatSteps; i++) canvas.Rectangle(left + i * step, y, step - 1, 14, $"h{i}");
        canvas.Text(left + ChartTheme.HeatSteps * step + 6, y + 12, axis.High.ToString(format, CultureInfo.InvariantCulture), "small");
    }

    private static DataTable Table((string Name, IReadOnlyList<string> Labels) rows, (string Name, IReadOnlyList<string> Labels) columns, double?[,] values, string format)
    {
        var shown = Math.Min(rows.Labels.Count, DataTable.MostRows);
        var (width, all) = (Math.Min(columns.Labels.Count, DataTable.MostRows), rows.Labels.Count * columns.Labels.Count);
        var lines = Enumerable.Range(0, shown).Select(row => (IReadOnlyList<string>)
            [rows.Labels[row], .. Enumerable.Range(0, width).Select(column => Value(values, row, column)?.ToString(format, CultureInfo.InvariantCulture) ?? "")]);
        var note = rows.Labels.Count <= MostLines && columns.Labels.Count <= MostLines ? null
            : string.Create(CultureInfo.InvariantCulture, $"The figure shows the first {MostLines} rows and columns of {rows.Labels.Count:N0} and {columns.Labels.Count:N0}; the table at most {DataTable.MostRows:N0} of each.");
        return new DataTable([$"{rows.Name} \\ {columns.Name}", .. columns.Labels.Take(width)], [.. lines], 1, all == 0 ? null : note);
    }

    private static double? Value(double?[,] values, int row, int column) => values[row, column] is { } value && double.IsFinite(value) ? Math.Max(0, value) : null;
}
