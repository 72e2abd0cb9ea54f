using System.Globalization;
using System.Text;

namespace Dragoman.Evaluation.Charts;

/// <summary>Draws the elements of a chart; everything else about SVG stays here. Coordinates must be finite.</summary>
/// <param name="name">The chart's name, for ids.</param>
internal sealed class SvgCanvas(string name)
{
    internal const double Width = 640;

    private readonly StringBuilder _body = new("<rect class=\"back\" width=\"100%\" height=\"100%\"/>");
    private readonly SortedSet<int> _patterns = [];

    /// <summary>Where a text's anchor is.</summary>
    internal enum Anchor { Start, Middle, End }

    internal void Line(double x1, double y1, double x2, double y2, string style) =>
        _body.Append(CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>");

    internal void Text(double x, double y, string text, string style = "", Anchor anchor = Anchor.Start, string? whole = null)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\"");
        if (style.Length > 0) _body.Append(CultureInfo.InvariantCulture, $" class=\"{style}\"");
        if (anchor != Anchor.Start) _body.Append(CultureInfo.InvariantCulture, $" text-anchor=\"{(anchor == Anchor.Middle ? "middle" : "end")}\"");
        _body.Append('>').Append(Hover(whole)).Append(MarkupText.Escape(text)).Append("</text>");
    }

    /// <summary>A text, shortened to fit; the whole text shows on hover then.</summary>
    internal void FittedText(double x, double y, string text, double width, string style = "", Anchor anchor = Anchor.Start)
    {
        var shown = TextFit.Shorten(text, width);
        Text(x, y, shown, style, anchor, shown == text ? null : text);
    }

    internal void Rectangle(double x, double y, double width, double height, string style, string? hover = null) =>
        Shape("rect", string.Create(CultureInfo.InvariantCulture, $"class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\""), hover);

    /// <summary>A rectangle in the colour and pattern of a series.</summary>
    internal void PatternedRectangle(double x, double y, double width, double height, int series, string? hover = null)
    {
        _patterns.Add(series);
        Shape("rect", string.Create(CultureInfo.InvariantCulture, $"fill=\"url(#{name}-p{series})\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\""), hover);
    }

    internal void Polyline(IEnumerable<(double X, double Y)> points, int series, bool faint = false)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{(faint ? "faint" : "line")} l{SeriesLook.Colour(series)}\"");
        if (!faint && SeriesLook.Dash(series) is { } dash) _body.Append(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{dash}\"");
        _body.Append(" points=\"").AppendJoin(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}")).Append("\"/>");
    }

    /// <summary>A translucent area in the colour of a series.</summary>
    internal void Area(IEnumerable<(double X, double Y)> points, int series) =>
        _body.Append(CultureInfo.InvariantCulture, $"<polygon class=\"area f{SeriesLook.Colour(series)}\" points=\"").AppendJoin(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}")).Append("\"/>");

    /// <summary>A mark in the shape and colour of a series.</summary>
    internal void Mark(double x, double y, double radius, int series, string? hover = null) => Mark(x, y, radius, SeriesLook.ShapeOf(series), SeriesLook.Colour(series), hover);

    internal void Mark(double x, double y, double radius, MarkShape shape, int colour, string? hover = null)
    {
        var style = $"class=\"mark f{colour}\"";
        if (shape == MarkShape.Circle) Shape("circle", string.Create(CultureInfo.InvariantCulture, $"{style} cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\""), hover);
        else Shape("path", $"{style} d=\"{SeriesLook.Path(shape, x, y, radius)}\"", hover);
    }

    /// <summary>Ends the drawing.</summary>
    internal Chart ToChart(double height, string title, string description, DataTable table, double width = Width)
    {
        var patterns = _patterns.Count == 0 ? "" : $"<defs>{string.Concat(_patterns.Select(series => SeriesLook.Pattern($"{name}-p{series}", series)))}</defs>";
        return new Chart(name, width, height, patterns + _body) { Title = title, Description = description, Table = table };
    }

    /// <summary>A chart that only says that there is nothing to draw.</summary>
    internal static Chart Empty(string name, string title, string reason)
    {
        var canvas = new SvgCanvas(name);
        canvas.Text(Width / 2, 44, reason, "small", Anchor.Middle);
        return canvas.ToChart(80, title, reason, new DataTable(["note"], [[reason]]));
    }

    /// <summary>A coordinate with two decimals.</summary>
    internal static string N(double value) =>
        double.IsFinite(value) ? value.ToString("0.##", CultureInfo.InvariantCulture) : throw new ArgumentOutOfRangeException(nameof(value), value, "A coordinate must be finite.");

    private void Shape(string element, string attributes, string? hover)
    {
        _body.Append('<').Append(element).Append(' ').Append(attributes);
        if (hover is null) _body.Append("/>");
        else _body.Append('>').Append(Hover(hover)).Append("</").Append(element).Append('>');
    }

    private static string Hover(string? text) => text is null ? "" : $"<title>{MarkupText.Escape(text)}</title>";
}
